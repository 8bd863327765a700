#include "engine/network/connectivity.hpp"
#include "tests/support/listed_synapses.hpp"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <utility>
#include <vector>

using namespace engine;
using network::ProjectionSite;
using network::TargetRange;
using test_support::Synapses;

namespace {

using Pairs = std::vector<std::pair<std::uint32_t, std::uint32_t>>; // source, target

struct Case {
    config::Projection projection;
    ProjectionSite site;
    Case(config::Rule rule, std::uint32_t sources, std::uint32_t targets, bool recurrent = false)
    {
        projection.rule = std::move(rule);
        projection.key = "p";
        projection.source = 0;
        projection.target = recurrent ? 0 : 1;
        projection.weight = 1.0;
        projection.delay_ms = 1.0;
        site.sources = sources;
        site.targets = targets;
        site.target_name = "T";
        site.index = 3;
    }
    ProjectionSite at() const
    {
        ProjectionSite s = site;
        s.projection = &projection;
        return s;
    }
    /// All synapses, made in ranges of the given size.
    Pairs pairs(std::uint32_t range_size = 1000000) const
    {
        std::vector<TargetRange> ranges;
        for (std::uint32_t first = 0; first < site.targets; first += range_size) {
            ranges.push_back({first, std::min(range_size, site.targets - first)});
        }
        network::WorkerPool pool(2);
        network::BuildProgress progress;
        const auto connectivity = network::make_connectivity(at(), ranges, pool, progress);
        Pairs out;
        for (std::size_t r = 0; r < ranges.size(); ++r) {
            const Synapses synapses = test_support::listed(*connectivity->stream(r));
            for (std::size_t i = 0; i < synapses.size(); ++i) {
                out.emplace_back(synapses.source[i], ranges[r].first + synapses.target[i]);
            }
        }
        return out;
    }
};

bool has_autapse(const Pairs& pairs)
{
    return std::any_of(
        pairs.begin(), pairs.end(), [](const auto& pair) { return pair.first == pair.second; });
}

bool all_distinct(const Pairs& pairs)
{
    return std::set(pairs.begin(), pairs.end()).size() == pairs.size();
}

std::map<std::uint32_t, int> counts_by(const Pairs& pairs, bool source)
{
    std::map<std::uint32_t, int> counts;
    for (const auto& pair : pairs) {
        ++counts[source ? pair.first : pair.second];
    }
    return counts;
}

} // namespace

class TestConnectivity : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void every_target_has_its_indegree_and_sources_are_drawn_evenly()
    {
        const Pairs pairs = Case(config::FixedIndegree {400}, 50, 1000).pairs();
        for (const auto& [target, count] : counts_by(pairs, false)) {
            QCOMPARE(count, 400);
        }
        // Each source is drawn 8000 times on average, sd sqrt(8000 * 0.98) = 88.5.
        for (const auto& [source, count] : counts_by(pairs, true)) {
            QVERIFY(std::abs(count - 8000) < 6 * 89);
        }
    }

    void every_source_has_its_outdegree()
    {
        const Pairs pairs = Case(config::FixedOutdegree {30}, 200, 100).pairs(32);
        for (const auto& [source, count] : counts_by(pairs, true)) {
            QCOMPARE(count, 30);
        }
        QCOMPARE(pairs.size(), std::size_t {6000});
    }

    void a_total_number_is_exact()
    {
        for (const std::uint64_t N : {0U, 1U, 4096U, 10001U}) {
            QCOMPARE(Case(config::FixedTotalNumber {N}, 77, 130).pairs(64).size(), N);
        }
    }

    void pairs_exist_with_their_probability()
    {
        // 10^6 pairs at p = 0.03: 30000, sd 170.6.
        const Pairs pairs = Case(config::PairwiseBernoulli {0.03}, 1000, 1000).pairs();
        QVERIFY(std::abs(static_cast<double>(pairs.size()) - 30000.0) < 5 * 170.6);
        QVERIFY(all_distinct(pairs));
        QCOMPARE(Case(config::PairwiseBernoulli {0.0}, 50, 50).pairs().size(), std::size_t {0});
        QCOMPARE(Case(config::PairwiseBernoulli {1.0}, 50, 50).pairs().size(), std::size_t {2500});
    }

    void flags_are_kept_data()
    {
        QTest::addColumn<int>("rule");
        QTest::addRow("fixed_indegree") << 0;
        QTest::addRow("fixed_outdegree") << 1;
        QTest::addRow("fixed_total_number") << 2;
        QTest::addRow("pairwise_bernoulli") << 3;
        QTest::addRow("all_to_all") << 4;
        QTest::addRow("one_to_one") << 5;
    }
    void flags_are_kept()
    {
        QFETCH(int, rule);
        const std::vector<config::Rule> rules {config::FixedIndegree {19},
            config::FixedOutdegree {19}, config::FixedTotalNumber {380},
            config::PairwiseBernoulli {0.9}, config::AllToAll {}, config::OneToOne {}};
        Case c(rules[static_cast<std::size_t>(rule)], 20, 20, true);
        c.projection.allow_autapses = false;
        c.projection.allow_multapses = false;
        QVERIFY(network::check_rule(c.at()).empty());
        const Pairs pairs = c.pairs(7);
        QVERIFY(!has_autapse(pairs));
        QVERIFY(all_distinct(pairs));
        if (rule <= 2 || rule == 4) {
            QCOMPARE(pairs.size(), std::size_t {380}); // every pair that is allowed
        }
    }

    void equal_indices_of_two_populations_are_no_autapse()
    {
        Case c(config::AllToAll {}, 5, 5);
        c.projection.allow_autapses = false;
        QCOMPARE(c.pairs().size(), std::size_t {25});
    }

    void ranges_change_nothing_data() { flags_are_kept_data(); }
    void ranges_change_nothing()
    {
        QFETCH(int, rule);
        const std::vector<config::Rule> rules {config::FixedIndegree {9},
            config::FixedOutdegree {9}, config::FixedTotalNumber {900},
            config::PairwiseBernoulli {0.2}, config::AllToAll {}, config::OneToOne {}};
        const Case c(rules[static_cast<std::size_t>(rule)], 60, 60, true);
        Pairs whole = c.pairs();
        Pairs parts = c.pairs(13);
        std::stable_sort(whole.begin(), whole.end());
        std::stable_sort(parts.begin(), parts.end());
        QVERIFY(!whole.empty());
        QCOMPARE(parts, whole);
    }

    void another_seed_makes_another_network()
    {
        Case c(config::FixedIndegree {9}, 60, 60);
        const Pairs first = c.pairs();
        QCOMPARE(c.pairs(), first);
        c.site.seed = 2;
        QVERIFY(c.pairs() != first);
    }

    void what_cannot_be_says_where_data()
    {
        QTest::addColumn<int>("which");
        QTest::addColumn<QString>("pointer");
        QTest::addRow("indegree") << 0 << "/projections/3/rule/indegree";
        QTest::addRow("outdegree") << 1 << "/projections/3/rule/outdegree";
        QTest::addRow("total number") << 2 << "/projections/3/rule/N";
        QTest::addRow("one to one") << 3 << "/projections/3/rule";
    }
    void what_cannot_be_says_where()
    {
        QFETCH(int, which);
        QFETCH(QString, pointer);
        const std::vector<config::Rule> rules {config::FixedIndegree {11},
            config::FixedOutdegree {21}, config::FixedTotalNumber {201}, config::OneToOne {}};
        Case c(rules[static_cast<std::size_t>(which)], 10, 20);
        c.projection.allow_multapses = false;
        const auto errors = network::check_rule(c.at());
        QCOMPARE(errors.size(), std::size_t {1});
        QCOMPARE(QString::fromStdString(errors[0].pointer), pointer);
        QVERIFY(!errors[0].found.empty() && !errors[0].expected.empty());
    }

    void drawn_weights_and_delays_follow_their_law()
    {
        Case c(config::FixedIndegree {100}, 50, 500);
        config::Draw weight;
        weight.a = 1.0;
        weight.b = 3.0;
        weight.scale = 7.0; // is not part of the relative weight
        config::Draw delay;
        delay.a = 1.0;
        delay.b = 2.0;
        c.projection.weight = weight;
        c.projection.delay_ms = delay;
        network::WorkerPool pool(2);
        network::BuildProgress progress;
        const auto connectivity = network::make_connectivity(c.at(), {{0, 500}}, pool, progress);
        const Synapses synapses = test_support::listed(*connectivity->stream(0));
        QCOMPARE(synapses.weight.size(), std::size_t {50000});
        double mean = 0.0;
        for (std::size_t i = 0; i < synapses.size(); ++i) {
            QVERIFY(synapses.weight[i] >= 1.0 && synapses.weight[i] <= 3.0);
            QCOMPARE(
                synapses.weight[i], static_cast<double>(static_cast<float>(synapses.weight[i])));
            QVERIFY(synapses.delay[i] >= 10 && synapses.delay[i] <= 20);
            mean += synapses.weight[i] / 50000.0;
        }
        QVERIFY(std::abs(mean - 2.0) < 5 * 0.577 / std::sqrt(50000.0));
    }
};

QTEST_APPLESS_MAIN(TestConnectivity)
#include "tst_connectivity.moc"
