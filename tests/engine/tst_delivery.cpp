#include "engine/core/random.hpp"
#include "engine/network/connectivity.hpp"
#include "engine/network/delivery.hpp"
#include "tests/support/listed_synapses.hpp"
#include "tests/support/random_spikes.hpp"

#include <QTest>

#include <vector>

using namespace engine;
using network::Delivery;
using network::Storage;
using test_support::ListedSynapses;
using test_support::Synapses;

namespace {

constexpr std::uint32_t sources = 300;
constexpr std::uint32_t targets = 200;
constexpr core::Step end = 40;

/// weight times what arrives in step k of the spikes stamped (k - before, k + 1 - delay].
std::vector<double> arriving(Delivery& delivery, const network::SpikeRing& ring, core::Step k,
    network::Stamps stamps, double weight)
{
    network::BatchArrivals arrivals;
    arrivals.begin(1, targets);
    network::Scratch scratch;
    delivery.gather(ring, {k, k + 1, stamps.from, k + 1 - stamps.to}, arrivals, scratch);
    std::vector<double> sum(targets, 0.0);
    if (arrivals[0].form != network::Form::nothing) {
        const network::Term term {arrivals[0], weight};
        network::add_up({&term, 1}, sum.data(), targets);
    }
    return sum;
}

/// Random synapses, some pairs several times, targets in no order.
Synapses random_synapses(bool weights, bool delays)
{
    core::Random random(17);
    Synapses s;
    for (int i = 0; i < 3000; ++i) {
        s.source.push_back(static_cast<std::uint32_t>(random.below(sources)));
        s.target.push_back(static_cast<std::uint16_t>(random.below(targets)));
        if (weights) {
            s.weight.push_back(static_cast<float>(random.uniform() - 0.3));
        }
        if (delays) {
            s.delay.push_back(static_cast<std::uint16_t>(1 + random.below(9)));
        }
    }
    return s;
}

network::SpikeRing random_spikes() { return test_support::random_spikes(sources, 0.1, end); }

/// Arrivals at the end of step k by the definition: every spike, every synapse, in the order
/// (emission step, source, place).
std::vector<double> by_definition(const Synapses& synapses, const network::SpikeRing& ring,
    core::Step k, core::Step common_delay, double weight)
{
    std::vector<double> sum(targets, 0.0);
    for (core::Step stamp = 1; stamp <= end; ++stamp) {
        for (const std::uint32_t source : ring.at(stamp)) {
            for (std::size_t i = 0; i < synapses.size(); ++i) {
                const core::Step delay = synapses.delay.empty() ? common_delay : synapses.delay[i];
                if (synapses.source[i] == source && stamp + delay == k + 1) {
                    sum[synapses.target[i]] += synapses.weight.empty() ? 1.0 : synapses.weight[i];
                }
            }
        }
    }
    for (double& s : sum) {
        s *= weight;
    }
    return sum;
}

} // namespace

class TestDelivery : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void every_storage_delivers_what_the_definition_says_data()
    {
        QTest::addColumn<int>("storage");
        QTest::addColumn<bool>("weights");
        QTest::addColumn<bool>("delays");
        QTest::addRow("counted lists") << int(Storage::counted_lists) << false << false;
        QTest::addRow("weighted lists") << int(Storage::weighted_lists) << true << false;
        QTest::addRow("delayed lists") << int(Storage::delayed_lists) << true << true;
        QTest::addRow("delayed, one weight") << int(Storage::delayed_lists) << false << true;
    }
    void every_storage_delivers_what_the_definition_says()
    {
        QFETCH(int, storage);
        QFETCH(bool, weights);
        QFETCH(bool, delays);
        constexpr core::Step delay = 4;
        constexpr double weight = -1.7;
        const Synapses synapses = random_synapses(weights, delays);
        ListedSynapses stream(sources, targets, synapses);
        const network::SpikeRing ring = random_spikes();
        config::Projection projection;
        projection.rule = config::FixedIndegree {1};
        if (weights) {
            projection.weight = config::Draw {};
        }
        network::ProjectionSite site;
        site.projection = &projection;
        site.sources = sources;
        site.targets = targets;
        const auto delivery
            = network::make_delivery(static_cast<Storage>(storage), site, {0, targets}, stream);
        QCOMPARE(delivery->synapses(), std::uint64_t {3000});
        for (core::Step k = 0; k < end; ++k) {
            delivery->send(ring, k - 1, k);
            const auto sum = arriving(*delivery, ring, k, {k - delay, k + 1 - delay}, weight);
            QVERIFY(sum == by_definition(synapses, ring, k, delay, weight));
        }
    }

    void a_dense_matrix_is_the_same_as_lists()
    {
        Synapses synapses;
        core::Random random(3);
        for (std::uint32_t t = 0; t < targets; ++t) {
            for (std::uint32_t s = 0; s < sources; ++s) {
                synapses.source.push_back(s);
                synapses.target.push_back(static_cast<std::uint16_t>(t));
                synapses.weight.push_back(static_cast<float>(random.uniform()));
            }
        }
        config::Projection projection;
        network::ProjectionSite site;
        site.projection = &projection;
        site.sources = sources;
        site.targets = targets;
        ListedSynapses stream(sources, targets, synapses);
        const auto dense = network::make_delivery(Storage::dense_rows, site, {0, targets}, stream);
        const auto lists
            = network::make_delivery(Storage::weighted_lists, site, {0, targets}, stream);
        const network::SpikeRing ring = random_spikes();
        const auto x = arriving(*dense, ring, 9, {3, 8}, 0.3);
        const auto y = arriving(*lists, ring, 9, {3, 8}, 0.3);
        QVERIFY(x == y);
        QVERIFY(x[0] > 0.0);
    }

    void counts_beyond_16_bits_are_kept()
    {
        // One source with 300 synapses onto one target, 400 steps at once: 120000 arrivals.
        Synapses synapses;
        synapses.source.assign(300, 0);
        synapses.target.assign(300, 7);
        ListedSynapses stream(1, targets, synapses);
        config::Projection projection;
        projection.rule = config::FixedIndegree {1};
        network::ProjectionSite site;
        site.projection = &projection;
        site.sources = 1;
        site.targets = targets;
        const auto delivery
            = network::make_delivery(Storage::counted_lists, site, {0, targets}, stream);
        network::SpikeRing ring;
        ring.keep(401);
        for (core::Step stamp = 1; stamp <= 400; ++stamp) {
            ring.begin_step(stamp).push_back(0);
        }
        const auto sum = arriving(*delivery, ring, 400, {0, 400}, 0.5);
        QCOMPARE(sum[7], 60000.0);
        QCOMPARE(sum[6], 0.0);
    }

    void all_to_all_needs_only_the_number_of_spikes()
    {
        config::Projection projection;
        projection.rule = config::AllToAll {};
        projection.allow_autapses = false; // source and target: population 0
        network::ProjectionSite site;
        site.projection = &projection;
        site.sources = sources;
        site.targets = sources;
        const auto delivery = network::make_all_to_all(site, {100, targets});
        network::SpikeRing ring;
        ring.keep(3);
        ring.begin_step(1) = {5, 100, 150, 299};
        ring.begin_step(2) = {150};
        const auto sum = arriving(*delivery, ring, 5, {0, 2}, 2.0);
        QCOMPARE(sum[0], 8.0); // neuron 100: five spikes, one its own
        QCOMPARE(sum[50], 6.0); // neuron 150: two of them its own
        QCOMPARE(sum[51], 10.0);
        QCOMPARE(delivery->bytes(), std::size_t {0});
    }

    void what_is_on_its_way_can_be_moved()
    {
        const Synapses synapses = random_synapses(true, true);
        ListedSynapses stream(sources, targets, synapses);
        config::Projection projection;
        projection.rule = config::FixedIndegree {1};
        projection.weight = config::Draw {};
        network::ProjectionSite site;
        site.projection = &projection;
        site.sources = sources;
        site.targets = targets;
        const auto make = [&] {
            return network::make_delivery(Storage::delayed_lists, site, {0, targets}, stream);
        };
        const auto first = make();
        const auto second = make();
        const network::SpikeRing ring = random_spikes();
        for (core::Step k = 0; k < 20; ++k) {
            first->send(ring, k - 1, k);
            arriving(*first, ring, k, {}, 1.0);
        }
        first->send(ring, 19, 20);
        second->set_pending(first->pending(), 20);
        for (core::Step k = 20; k < 29; ++k) {
            const auto x = arriving(*first, ring, k, {}, 1.0);
            QVERIFY(x == arriving(*second, ring, k, {}, 1.0));
        }
    }
};

QTEST_APPLESS_MAIN(TestDelivery)
#include "tst_delivery.moc"
