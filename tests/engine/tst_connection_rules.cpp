#include "engine/config/draw.hpp"
#include "engine/core/dispatch.hpp"
#include "engine/network/connectivity.hpp"
#include "tests/support/listed_synapses.hpp"
#include "tests/support/repetitions.hpp"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

// Random projections, made as the engine makes them, against the rules' definitions.

using namespace engine;
using network::ProjectionSite;
using network::TargetRange;

namespace {

struct Synapse {
    std::uint32_t source = 0;
    std::uint32_t target = 0;
    double weight = 0.0;
    std::uint16_t delay = 0;
    friend bool operator==(const Synapse&, const Synapse&) = default;
};
using Network = std::vector<Synapse>;

/// What counts: the synapses of each pair of neurons in their order.
Network in_order(Network synapses)
{
    std::stable_sort(synapses.begin(), synapses.end(), [](const Synapse& x, const Synapse& y) {
        return std::tie(x.target, x.source) < std::tie(y.target, y.source);
    });
    return synapses;
}

struct Case {
    config::Projection projection;
    ProjectionSite site;

    ProjectionSite at() const
    {
        ProjectionSite s = site;
        s.projection = &projection;
        return s;
    }
    bool drawn(const std::optional<config::Distributed>& value) const
    {
        return value && std::holds_alternative<config::Draw>(*value);
    }
};

config::Draw random_draw(core::Random& random)
{
    config::Draw draw;
    draw.law = static_cast<config::Draw::Law>(random.below(4));
    draw.a = 0.5 + random.uniform();
    draw.b = 1.0 + random.uniform();
    draw.scale = 1.0 + random.uniform();
    if (draw.law == config::Draw::Law::normal && random.below(2) == 0) {
        draw.min = draw.a - 0.3;
        draw.max = draw.a + 1.0;
    }
    return draw;
}

config::Rule random_rule(core::Random& random, const Case& c)
{
    const bool multapses = c.projection.allow_multapses;
    const bool own = c.site.targets == c.site.sources && c.projection.source == c.projection.target
        && !c.projection.allow_autapses;
    const std::uint64_t sources = c.site.sources - (own ? 1 : 0);
    const std::uint64_t targets = c.site.targets - (own ? 1 : 0);
    const auto number = [&](std::uint64_t pairs) { // at most as many as there can be
        return pairs == 0 ? 0 : random.below(multapses ? 3 * pairs : pairs + 1);
    };
    switch (random.below(6)) {
    case 0:
        return config::AllToAll {};
    case 1:
        return config::FixedIndegree {number(sources)};
    case 2:
        return config::FixedOutdegree {number(targets)};
    case 3:
        return config::FixedTotalNumber {number(targets * c.site.sources)};
    case 4: {
        auto list = std::make_shared<config::ConnectionList>();
        for (std::uint64_t i = random.below(5000); i > 0; --i) {
            list->source.push_back(static_cast<std::uint32_t>(random.below(c.site.sources)));
            list->target.push_back(static_cast<std::uint32_t>(random.below(c.site.targets)));
            list->weight.push_back(random.uniform());
            list->delay_ms.push_back(0.1 + 3.0 * random.uniform());
        }
        return config::Explicit {std::move(list)};
    }
    default:
        return config::PairwiseBernoulli {random.below(4) == 0 ? 1.0 : random.uniform()};
    }
}

Case random_case(std::uint64_t seed)
{
    core::Random random(seed);
    Case c;
    const bool recurrent = random.below(2) == 0;
    c.site.sources = 1 + static_cast<std::uint32_t>(random.below(150));
    c.site.targets = recurrent ? c.site.sources : 1 + static_cast<std::uint32_t>(random.below(150));
    c.site.target_name = "T";
    c.site.seed = random.next();
    c.projection.key = "p";
    c.projection.target = recurrent ? 0 : 1;
    c.projection.allow_autapses = random.below(2) == 0;
    c.projection.allow_multapses = random.below(2) == 0;
    c.projection.rule = random_rule(random, c);
    c.projection.weight = 1.0;
    c.projection.delay_ms = 1.0;
    if (!std::holds_alternative<config::Explicit>(c.projection.rule)) {
        if (random.below(2) == 0) {
            c.projection.weight = random_draw(random);
        }
        if (random.below(2) == 0) {
            c.projection.delay_ms = random_draw(random);
        }
    }
    return c;
}

/// As the engine makes it, in ranges of `range_size` targets.
Network made(const Case& c, std::uint32_t range_size, int threads)
{
    std::vector<TargetRange> ranges;
    for (std::uint32_t first = 0; first < c.site.targets; first += range_size) {
        ranges.push_back({first, std::min(range_size, c.site.targets - first)});
    }
    network::WorkerPool pool(threads);
    network::BuildProgress progress;
    const auto connectivity = network::make_connectivity(c.at(), ranges, pool, progress);
    std::vector<Network> parts(ranges.size());
    pool.run(ranges.size(), [&](std::size_t r, int) {
        const auto stream = connectivity->stream(r);
        std::size_t pairs = 0;
        stream->for_each(network::Columns::pairs, 0.5, [&](const network::SynapseBatch& batch) {
            pairs += batch.weight.empty() && batch.delay.empty() ? batch.size() : 0;
        });
        const test_support::Synapses synapses = test_support::listed(*stream);
        for (std::size_t i = 0; i < synapses.size() && pairs == synapses.size(); ++i) {
            parts[r].push_back({synapses.source[i], ranges[r].first + synapses.target[i],
                synapses.weight.empty() ? 0.0 : synapses.weight[i],
                synapses.delay.empty() ? std::uint16_t {0} : synapses.delay[i]});
        }
    });
    Network out;
    for (const Network& part : parts) {
        out.insert(out.end(), part.begin(), part.end());
    }
    return in_order(std::move(out));
}

/// The rules as they are defined: a row has its own stream of numbers for its neurons, one for its
/// weights and one for its delays.
class Definition {
public:
    explicit Definition(const Case& c)
        : case_(c)
        , own_(c.at().without_autapses())
    {
    }
    Network operator()(const config::AllToAll&)
    {
        for (std::uint32_t target = 0; target < case_.site.targets; ++target) {
            Pairs row;
            for (std::uint32_t source = 0; source < case_.site.sources; ++source) {
                if (!own_ || source != target) {
                    row.emplace_back(source, target);
                }
            }
            add(target, row);
        }
        return in_order(out_);
    }
    Network operator()(const config::FixedIndegree& rule)
    {
        for (std::uint32_t target = 0; target < case_.site.targets; ++target) {
            Pairs row;
            for (const std::uint64_t x : numbers(target, case_.site.sources, rule.indegree)) {
                row.emplace_back(other(x, target), target);
            }
            add(target, row);
        }
        return in_order(out_);
    }
    Network operator()(const config::FixedOutdegree& rule)
    {
        for (std::uint32_t source = 0; source < case_.site.sources; ++source) {
            Pairs row;
            for (const std::uint64_t x : numbers(source, case_.site.targets, rule.outdegree)) {
                row.emplace_back(source, other(x, source));
            }
            add(source, row);
        }
        return in_order(out_);
    }
    Network operator()(const config::FixedTotalNumber& rule)
    {
        constexpr std::uint64_t row_length = 4096;
        const std::uint64_t per_source = case_.site.targets - (own_ ? 1 : 0);
        std::vector<std::uint64_t> distinct;
        if (!case_.projection.allow_multapses) {
            distinct = floyd(0, per_source * case_.site.sources, rule.N);
        }
        for (std::uint64_t first = 0; first < rule.N; first += row_length) {
            Pairs row;
            core::Random random(key_.member(first / row_length));
            for (std::uint64_t i = first; i < std::min(rule.N, first + row_length); ++i) {
                const std::uint64_t pair = distinct.empty()
                    ? random.below(per_source * case_.site.sources)
                    : distinct[i];
                const auto source = static_cast<std::uint32_t>(pair / per_source);
                row.emplace_back(source, other(pair % per_source, source));
            }
            add(first / row_length, row);
        }
        return in_order(out_);
    }
    Network operator()(const config::Explicit& rule)
    {
        for (std::size_t i = 0; i < rule.list->source.size(); ++i) {
            out_.push_back({rule.list->source[i], rule.list->target[i], rule.list->weight[i],
                steps(rule.list->delay_ms[i])});
        }
        return in_order(out_);
    }
    /// No more than what can be said without the engine's way of drawing.
    Network operator()(const config::PairwiseBernoulli&) { return made(case_, 1000, 1); }
    Network operator()(const config::OneToOne&) { return {}; }

private:
    using Pairs = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

    std::uint32_t other(std::uint64_t x, std::uint32_t neuron) const
    {
        return static_cast<std::uint32_t>(x + (own_ && x >= neuron ? 1 : 0));
    }
    std::vector<std::uint64_t> floyd(std::uint64_t row, std::uint64_t n, std::uint64_t count) const
    {
        core::Random random(key_.member(row));
        std::set<std::uint64_t> taken;
        std::vector<std::uint64_t> out;
        for (std::uint64_t last = n - count; last < n; ++last) {
            const std::uint64_t x = random.below(last + 1);
            out.push_back(taken.count(x) == 0 ? x : last);
            taken.insert(out.back());
        }
        return out;
    }
    std::vector<std::uint64_t> numbers(
        std::uint64_t row, std::uint64_t neurons, std::uint64_t count) const
    {
        const std::uint64_t available = neurons - (own_ ? 1 : 0);
        if (!case_.projection.allow_multapses) {
            return floyd(row, available, count);
        }
        core::Random random(key_.member(row));
        std::vector<std::uint64_t> out(count);
        std::generate(out.begin(), out.end(), [&] { return random.below(available); });
        return out;
    }
    std::uint16_t steps(double delay_ms) const
    {
        return static_cast<std::uint16_t>(network::delay_steps(delay_ms, case_.site.grid));
    }
    void add(std::uint64_t row, const Pairs& pairs)
    {
        const auto stream = [&](core::Purpose purpose) {
            return core::Random(core::StreamKey(case_.site.seed, purpose, "T", "p").member(row));
        };
        core::Random weights = stream(core::Purpose::weight);
        core::Random delays = stream(core::Purpose::delay);
        for (const auto& pair : pairs) {
            Synapse synapse {pair.first, pair.second, 0.0, 0};
            if (case_.drawn(case_.projection.weight)) {
                config::Draw draw = std::get<config::Draw>(*case_.projection.weight);
                draw.scale = 1.0;
                synapse.weight = static_cast<float>(config::draw_one(draw, weights));
            }
            if (case_.drawn(case_.projection.delay_ms)) {
                synapse.delay = steps(
                    config::draw_one(std::get<config::Draw>(*case_.projection.delay_ms), delays));
            }
            out_.push_back(synapse);
        }
    }

    const Case& case_;
    bool own_;
    core::StreamKey key_ {case_.site.seed, core::Purpose::connectivity, "T", "p"};
    Network out_;
};

} // namespace

class TestConnectionRules : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { core::use_instructions(core::best_instructions()); }

    void rules_make_what_they_are_defined_to_make()
    {
        std::map<std::size_t, int> tried;
        for (int i = 0; i < test_support::repetitions(400); ++i) {
            const Case c = random_case(static_cast<std::uint64_t>(i));
            QVERIFY(network::check_rule(c.at()).empty());
            const Network expected = std::visit(Definition(c), c.projection.rule);
            ++tried[c.projection.rule.index()];
            for (const core::Instructions set : {core::Instructions::baseline,
                     core::Instructions::avx2, core::Instructions::avx512}) {
                core::use_instructions(set);
                const auto range_size = static_cast<std::uint32_t>(1 + i % 97);
                const Network network = made(c, range_size, 1 + i % 4);
                QVERIFY2(network == expected,
                    qPrintable(QString("case %1, rule %2: %3 synapses, %4 expected")
                                   .arg(i)
                                   .arg(c.projection.rule.index())
                                   .arg(network.size())
                                   .arg(expected.size())));
            }
        }
        QCOMPARE(tried.size(), std::size_t {6});
    }

    void long_rows_are_cut_into_batches_without_a_seam()
    {
        for (const config::Rule& rule : std::vector<config::Rule> {config::FixedIndegree {3000},
                 config::FixedOutdegree {3000}, config::FixedTotalNumber {20000}}) {
            Case c = random_case(2);
            c.site.sources = c.site.targets = 61;
            c.projection.source = c.projection.target = 0;
            c.projection.allow_multapses = true;
            c.projection.rule = rule;
            core::Random random(5);
            c.projection.weight = random_draw(random);
            c.projection.delay_ms = random_draw(random);
            const Network expected = std::visit(Definition(c), c.projection.rule);
            QVERIFY(made(c, 1000, 1) == expected);
            QVERIFY(made(c, 17, 3) == expected);
        }
    }

    void sources_are_drawn_evenly_and_pairs_repeat_by_chance()
    {
        Case c;
        c.projection.key = "p";
        c.projection.weight = 1.0;
        c.projection.delay_ms = 1.0;
        c.projection.target = 1;
        c.site.sources = 1000;
        c.site.targets = 800;
        c.site.target_name = "T";
        c.projection.rule = config::FixedIndegree {500};
        const Network network = made(c, 512, 2);
        std::vector<double> by_source(1000, 0.0);
        std::set<std::pair<std::uint32_t, std::uint32_t>> pairs;
        for (const Synapse& synapse : network) {
            by_source[synapse.source] += 1.0;
            pairs.emplace(synapse.source, synapse.target);
        }
        double chi_square = 0.0; // 999 degrees of freedom, sd sqrt(2 * 999) = 44.7
        for (const double count : by_source) {
            chi_square += (count - 400.0) * (count - 400.0) / 400.0;
        }
        QVERIFY2(std::abs(chi_square - 999.0) < 5 * 44.7, qPrintable(QString::number(chi_square)));
        // A pair stays without a synapse with probability q = (1 - 1/1000)^500. The number of pairs
        // that have one is 1000 (1 - q) a target on average, with a variance below 1000 q (1 - q).
        const double q = std::pow(1.0 - 1e-3, 500.0);
        const double mean = 800.0 * 1000.0 * (1.0 - q);
        const double sd = std::sqrt(800.0 * 1000.0 * q * (1.0 - q));
        QVERIFY(std::abs(static_cast<double>(pairs.size()) - mean) < 5 * sd);
    }

    void progress_grows_to_the_end_and_cancelling_ends_the_work_data()
    {
        QTest::addColumn<int>("rule");
        QTest::addRow("fixed_indegree") << 0;
        QTest::addRow("fixed_outdegree") << 1;
        QTest::addRow("fixed_total_number") << 2;
        QTest::addRow("pairwise_bernoulli") << 3;
    }
    void progress_grows_to_the_end_and_cancelling_ends_the_work()
    {
        QFETCH(int, rule);
        const std::vector<config::Rule> rules {config::FixedIndegree {500},
            config::FixedOutdegree {500}, config::FixedTotalNumber {1000000},
            config::PairwiseBernoulli {0.25}};
        Case c = random_case(1);
        c.site.sources = c.site.targets = 2000;
        c.projection.source = c.projection.target = 0;
        c.projection.allow_multapses = true;
        c.projection.rule = rules[static_cast<std::size_t>(rule)];
        const double expected = network::expected_synapses(c.at());
        core::Progress progress;
        network::BuildProgress built(&progress, expected);
        network::WorkerPool pool(2);
        const auto connectivity
            = network::make_connectivity(c.at(), {{0, 1000}, {1000, 1000}}, pool, built);
        const auto first = connectivity->stream(0);
        const auto second = connectivity->stream(1);
        double before = 0.0;
        double largest_step = 0.0;
        first->for_each(network::Columns::pairs, 0.5, [](const network::SynapseBatch&) {});
        first->for_each(network::Columns::all, 0.5, [](const network::SynapseBatch&) {});
        second->for_each(network::Columns::pairs, 0.5, [](const network::SynapseBatch&) {});
        before = progress.fraction();
        second->for_each(network::Columns::all, 0.5, [&](const network::SynapseBatch&) {
            largest_step = std::max(largest_step, progress.fraction() - before);
            before = progress.fraction();
        });
        QVERIFY(largest_step > 0.0 && largest_step < 0.1);
        QVERIFY2(std::abs(progress.fraction() - 1.0) < 0.01,
            qPrintable(QString::number(progress.fraction())));

        std::size_t taken = 0;
        const auto cancel = [&](const network::SynapseBatch& batch) {
            progress.cancel();
            taken += batch.size();
        };
        QVERIFY_EXCEPTION_THROWN(
            second->for_each(network::Columns::all, 0.5, cancel), core::Cancelled);
        QVERIFY(taken <= 70000);
    }
};

QTEST_APPLESS_MAIN(TestConnectionRules)
#include "tst_connection_rules.moc"
