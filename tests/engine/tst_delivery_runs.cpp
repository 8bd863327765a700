#include "engine/core/dispatch.hpp"
#include "engine/core/random.hpp"
#include "engine/network/delivery.hpp"
#include "tests/support/listed_synapses.hpp"

#include <QTest>

#include <algorithm>
#include <memory>
#include <vector>

// Every way to store a projection against the definition, in runs: batches of all lengths, few and
// many spikes, a delay that changes at any time.

using namespace engine;
using network::Storage;
using test_support::ListedSynapses;
using test_support::Synapses;

namespace {

constexpr core::Step steps = 120;
constexpr core::Step longest = 20; // delay

struct Case {
    Storage storage = Storage::counted_lists;
    std::uint32_t sources = 1;
    std::uint32_t targets = 1;
    int synapses = 0; ///< 0: one for each pair
    double activity = 0.0; ///< fraction of the sources that fires in a step
};

/// Random pairs, many of them several times, in no order.
Synapses random_synapses(const Case& c, core::Random& random)
{
    Synapses s;
    const auto add = [&](std::uint64_t source, std::uint64_t target) {
        s.source.push_back(static_cast<std::uint32_t>(source));
        s.target.push_back(static_cast<std::uint16_t>(target));
        if (c.storage != Storage::counted_lists) {
            s.weight.push_back(static_cast<float>(random.normal()));
        }
    };
    for (int i = 0; i < c.synapses; ++i) {
        // Some targets get most.
        const double where = random.uniform() * random.uniform();
        add(random.below(c.sources), static_cast<std::uint64_t>(where * c.targets));
    }
    for (std::uint32_t target = 0; c.synapses == 0 && target < c.targets; ++target) {
        for (std::uint32_t source = 0; source < c.sources; ++source) {
            add(source, target);
        }
    }
    return s;
}

network::SpikeRing random_spikes(const Case& c, core::Random& random)
{
    network::SpikeRing ring;
    ring.keep(steps + 1);
    for (core::Step stamp = 1; stamp <= steps; ++stamp) {
        auto& spikes = ring.begin_step(stamp);
        const bool silent = random.below(5) == 0;
        for (std::uint32_t n = 0; n < c.sources && !silent; ++n) {
            if (random.uniform() < c.activity) {
                spikes.push_back(n);
            }
        }
    }
    return ring;
}

/// The delay in force in each step, changed now and then.
std::vector<core::Step> random_delays(core::Random& random)
{
    std::vector<core::Step> delays(steps);
    core::Step delay = 1 + static_cast<core::Step>(random.below(longest));
    for (core::Step& d : delays) {
        if (random.below(10) == 0) {
            delay = 1 + static_cast<core::Step>(random.below(longest));
        }
        d = delay;
    }
    return delays;
}

/// What arrives at the end of each step: a spike as soon as it has been on its way for the delay
/// that is then in force, added up in the order (emission step, source, place).
std::vector<std::vector<double>> by_definition(const Case& c, const Synapses& synapses,
    const network::SpikeRing& ring, const std::vector<core::Step>& delays)
{
    std::vector<std::vector<std::size_t>> lists(c.sources);
    for (std::size_t i = 0; i < synapses.size(); ++i) {
        lists[synapses.source[i]].push_back(i);
    }
    std::vector<std::vector<double>> arrived(steps, std::vector<double>(c.targets, 0.0));
    std::vector<bool> delivered(steps + 1, false);
    for (core::Step k = 0; k < steps; ++k) {
        for (core::Step stamp = 1; stamp <= k; ++stamp) {
            const auto s = static_cast<std::size_t>(stamp);
            if (delivered[s] || stamp + delays[static_cast<std::size_t>(k)] > k + 1) {
                continue;
            }
            delivered[s] = true;
            for (const std::uint32_t source : ring.at(stamp)) {
                for (const std::size_t i : lists[source]) {
                    arrived[static_cast<std::size_t>(k)][synapses.target[i]]
                        += synapses.weight.empty() ? 1.0 : synapses.weight[i];
                }
            }
        }
    }
    return arrived;
}

/// The same as a network goes about it: in batches that a change of the delay cuts.
std::vector<std::vector<double>> delivered(const Case& c, network::Delivery& delivery,
    const network::SpikeRing& ring, const std::vector<core::Step>& delays, core::Random& random)
{
    std::vector<std::vector<double>> arrived(steps, std::vector<double>(c.targets, 0.0));
    network::BatchArrivals arrivals;
    network::Scratch scratch;
    core::Step cursor = 0;
    for (core::Step begin = 0; begin < steps;) {
        const core::Step delay = delays[static_cast<std::size_t>(begin)];
        const core::Step most = 1 + static_cast<core::Step>(random.below(16));
        core::Step end = begin + 1;
        while (end < std::min(steps, begin + std::min(delay, most))
            && delays[static_cast<std::size_t>(end)] == delay) {
            ++end;
        }
        const network::StampWindows windows(begin, end, cursor, delay);
        arrivals.begin(windows.steps(), c.targets);
        delivery.gather(ring, windows, arrivals, scratch);
        for (std::size_t i = 0; i < windows.steps(); ++i) {
            if (arrivals[i].form != network::Form::nothing) {
                const network::Term term {arrivals[i], 1.0};
                network::add_up(
                    {&term, 1}, arrived[static_cast<std::size_t>(begin) + i].data(), c.targets);
            }
        }
        cursor = windows.cursor_after();
        begin = end;
    }
    return arrived;
}

/// The same where each synapse has its own delay: adds what the spikes of these stamps bring.
void add_by_own_delays(const Case& c, const Synapses& synapses, const network::SpikeRing& ring,
    const network::Stamps& stamps, std::vector<std::vector<double>>& arrived)
{
    std::vector<std::vector<std::size_t>> lists(c.sources);
    for (std::size_t i = 0; i < synapses.size(); ++i) {
        lists[synapses.source[i]].push_back(i);
    }
    for (core::Step stamp = stamps.from + 1; stamp <= stamps.to; ++stamp) {
        for (const std::uint32_t source : ring.at(stamp)) {
            for (const std::size_t i : lists[source]) {
                const core::Step k = stamp + synapses.delay[i] - 1;
                if (k < steps) {
                    arrived[static_cast<std::size_t>(k)][synapses.target[i]]
                        += synapses.weight.empty() ? 1.0 : synapses.weight[i];
                }
            }
        }
    }
}

/// The synapses with drawn delays of another scale.
Synapses scaled(Synapses synapses, double scale, int shortest)
{
    for (std::uint16_t& delay : synapses.delay) {
        delay = static_cast<std::uint16_t>(std::max(shortest, static_cast<int>(delay * scale)));
    }
    return synapses;
}

} // namespace

class TestDeliveryRuns : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void every_spike_arrives_once_and_in_its_step_data()
    {
        QTest::addColumn<Case>("c");
        const auto counted = Storage::counted_lists;
        QTest::addRow("counts, few spikes") << Case {counted, 300, 200, 3000, 0.05};
        QTest::addRow("counts, many spikes") << Case {counted, 300, 70, 9000, 0.9};
        QTest::addRow("counts beyond a byte at some") << Case {counted, 400, 500, 40000, 0.7};
        QTest::addRow("counts, long row of short lists") << Case {counted, 900, 3000, 6000, 0.9};
        QTest::addRow("counts, many synapses of a pair") << Case {counted, 3, 2, 3000, 0.7};
        QTest::addRow("counts, one target") << Case {counted, 50, 1, 400, 0.5};
        QTest::addRow("counts, every pair") << Case {counted, 50, 30, 0, 0.5};
        const auto weighted = Storage::weighted_lists;
        QTest::addRow("weights, few spikes") << Case {weighted, 300, 200, 3000, 0.05};
        QTest::addRow("weights, many spikes") << Case {weighted, 100, 70, 9000, 0.9};
        QTest::addRow("weights, one target") << Case {weighted, 50, 1, 400, 0.5};
        const auto dense = Storage::dense_rows;
        QTest::addRow("rows, few spikes") << Case {dense, 100, 67, 0, 0.05};
        QTest::addRow("rows, many spikes") << Case {dense, 60, 131, 0, 0.9};
        QTest::addRow("rows, several registers long") << Case {dense, 40, 200, 0, 0.2};
        QTest::addRow("rows, whole registers") << Case {dense, 40, 128, 0, 0.1};
        QTest::addRow("rows, one target") << Case {dense, 60, 1, 0, 0.5};
    }
    void every_spike_arrives_once_and_in_its_step()
    {
        QFETCH(Case, c);
        config::Projection projection;
        projection.rule = config::FixedIndegree {1};
        network::ProjectionSite site;
        site.projection = &projection;
        site.sources = c.sources;
        site.targets = c.targets;
        for (std::uint64_t seed = 1; seed <= 4; ++seed) {
            core::Random random(seed);
            const Synapses synapses = random_synapses(c, random);
            const network::SpikeRing ring = random_spikes(c, random);
            const std::vector<core::Step> delays = random_delays(random);
            const auto expected = by_definition(c, synapses, ring, delays);
            for (const auto twin : {core::Instructions::baseline, core::Instructions::avx2,
                     core::best_instructions()}) {
                core::use_instructions(twin);
                ListedSynapses stream(c.sources, c.targets, synapses);
                const auto delivery
                    = network::make_delivery(c.storage, site, {0, c.targets}, stream);
                QCOMPARE(delivery->synapses(), std::uint64_t {synapses.size()});
                QVERIFY(delivered(c, *delivery, ring, delays, random) == expected);
            }
            core::use_instructions(core::best_instructions());
        }
    }

    void a_spike_takes_the_delays_in_force_when_it_leaves_data()
    {
        QTest::addColumn<Case>("c");
        QTest::addColumn<bool>("weights");
        QTest::addColumn<bool>("listed");
        QTest::addColumn<int>("shortest");
        QTest::addColumn<int>("longest");
        const auto delayed = Storage::delayed_lists;
        QTest::addRow("drawn weights")
            << Case {delayed, 200, 300, 6000, 0.3} << true << false << 3 << 20;
        QTest::addRow("one weight")
            << Case {delayed, 200, 300, 6000, 0.3} << false << false << 1 << 9;
        QTest::addRow("one weight, few synapses of a target")
            << Case {delayed, 200, 300, 900, 0.3} << false << false << 2 << 30;
        QTest::addRow("one weight, more steps under way than are kept as counts")
            << Case {delayed, 200, 900, 9000, 0.3} << false << false << 1 << 1100;
        QTest::addRow("listed weights")
            << Case {delayed, 50, 300, 600, 0.5} << true << true << 1 << 60;
        QTest::addRow("far more delays than synapses of a source")
            << Case {delayed, 200, 900, 1500, 0.9} << true << false << 16 << 90;
        QTest::addRow("many synapses of a pair")
            << Case {delayed, 3, 2, 2000, 0.7} << true << false << 5 << 7;
        QTest::addRow("one target, one delay")
            << Case {delayed, 30, 1, 200, 0.7} << true << false << 4 << 4;
    }
    void a_spike_takes_the_delays_in_force_when_it_leaves()
    {
        QFETCH(Case, c);
        QFETCH(bool, weights);
        QFETCH(bool, listed);
        QFETCH(int, shortest);
        QFETCH(int, longest);
        config::Projection projection;
        projection.rule = config::FixedIndegree {1};
        if (listed) {
            projection.rule = config::Explicit {};
        } else if (weights) {
            projection.weight = config::Draw {};
        }
        network::ProjectionSite site;
        site.projection = &projection;
        site.sources = c.sources;
        site.targets = c.targets;
        for (std::uint64_t seed = 1; seed <= 4; ++seed) {
            core::Random random(seed);
            Synapses drawn = random_synapses(c, random);
            for (std::size_t i = 0; i < drawn.size(); ++i) {
                drawn.delay.push_back(static_cast<std::uint16_t>(shortest
                    + static_cast<int>(
                        random.below(static_cast<std::uint64_t>(longest - shortest + 1)))));
            }
            if (!weights) {
                drawn.weight.clear();
            }
            const network::SpikeRing ring = random_spikes(c, random);
            Synapses synapses = drawn;
            const auto make = [&] {
                ListedSynapses stream(c.sources, c.targets, synapses);
                return network::make_delivery(c.storage, site, {0, c.targets}, stream);
            };
            auto delivery = make();
            std::vector<std::vector<double>> arrived(steps, std::vector<double>(c.targets, 0.0));
            std::vector<std::vector<double>> expected = arrived;
            network::BatchArrivals arrivals;
            network::Scratch scratch;
            core::Step cursor = 0;
            core::Step changed = 0;
            for (core::Step begin = 0; begin < steps;) {
                const core::Step end = std::min(steps,
                    begin + 1
                        + static_cast<core::Step>(
                            random.below(static_cast<std::uint64_t>(std::min(shortest, 16)))));
                delivery->send(ring, cursor, begin);
                cursor = begin;
                if (random.below(8) == 0) {
                    add_by_own_delays(c, synapses, ring, {changed, begin}, expected);
                    changed = begin;
                    synapses = scaled(drawn, 2.0 * random.uniform(), shortest);
                    auto other = make();
                    other->set_pending(delivery->pending(), begin);
                    delivery = std::move(other);
                }
                arrivals.begin(static_cast<std::size_t>(end - begin), c.targets);
                delivery->gather(ring, {begin, end, 0, 1}, arrivals, scratch);
                for (core::Step k = begin; k < end; ++k) {
                    const auto& row = arrivals[static_cast<std::size_t>(k - begin)];
                    if (row.form != network::Form::nothing) {
                        const network::Term term {row, 1.0};
                        network::add_up(
                            {&term, 1}, arrived[static_cast<std::size_t>(k)].data(), c.targets);
                    }
                }
                begin = end;
            }
            add_by_own_delays(c, synapses, ring, {changed, steps}, expected);
            QVERIFY(arrived == expected);
        }
    }
};

QTEST_APPLESS_MAIN(TestDeliveryRuns)
#include "tst_delivery_runs.moc"
