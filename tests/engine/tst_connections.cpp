// Counts of synapses, weights, delays and degrees, held to theory and to what a running network
// has.

#include "engine/analysis/connections.hpp"
#include "engine/network/layout.hpp"
#include "engine/simulation.hpp"
#include "engine/theory/degrees.hpp"
#include "tests/support/preset_text.hpp"

#include <QTest>

#include <cmath>
#include <numeric>

using namespace engine;
using analysis::ProjectionConnections;
using analysis::ValueHistogram;
using theory::DegreeLaw;

namespace {

constexpr double N_E = 400.0;
constexpr double N_I = 100.0;

/// E projects to I by `rule`; a rule on E alone with `recurrent`.
config::PresetDocument joined_by(const std::string& rule, bool recurrent = false,
    const std::string& weight = "0.5", const std::string& delay = "1.5")
{
    return support::preset(R"({"dt": 0.1, "duration": 20, "seed": 7})",
        R"("variables": {"J": {"value": 0.5}},
        "populations": [{"name": "E", "size": 400, "model": "iaf_psc_delta"},
                        {"name": "I", "size": 100, "model": "iaf_psc_delta"}],
        "projections": [{"source": "E", "target": ")"
            + std::string(recurrent ? "E" : "I") + R"(", "rule": )" + rule + R"(, "weight": )"
            + weight + R"(, "delay": )" + delay + "}]");
}

struct Moments {
    double mean = 0.0;
    double variance = 0.0;
};

Moments moments(const std::vector<std::uint32_t>& degrees)
{
    const auto n = static_cast<double>(degrees.size());
    Moments out;
    out.mean = std::accumulate(degrees.begin(), degrees.end(), 0.0) / n;
    for (const std::uint32_t degree : degrees) {
        out.variance += (degree - out.mean) * (degree - out.mean) / (n - 1.0);
    }
    return out;
}

} // namespace

class TestConnections : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void degrees_follow_the_law_of_the_rule_data();
    void degrees_follow_the_law_of_the_rule();
    void laws_add_up();
    void there_are_as_many_synapses_as_in_the_running_network();
    void drawn_weights_fill_their_interval();
    void drawn_delays_lie_on_the_grid();
    void one_weight_for_all_is_not_counted();
    void only_the_scale_of_weights_may_differ();
    void bins_widen_to_what_the_values_need();
    void it_can_be_given_up();
};

void TestConnections::degrees_follow_the_law_of_the_rule_data()
{
    QTest::addColumn<std::string>("rule");
    QTest::addColumn<bool>("recurrent");
    const auto row = [](const char* name, const char* rule, bool recurrent) {
        QTest::newRow(name) << std::string(rule) << recurrent;
    };
    row("all to all", R"({"rule": "all_to_all"})", false);
    row("all to all but oneself", R"({"rule": "all_to_all", "allow_autapses": false})", true);
    row("one to one", R"({"rule": "one_to_one"})", true);
    row("fixed indegree", R"({"rule": "fixed_indegree", "indegree": 60})", false);
    row("fixed indegree of distinct others",
        R"({"rule": "fixed_indegree", "indegree": 60, "allow_autapses": false, "allow_multapses": false})",
        true);
    row("fixed outdegree", R"({"rule": "fixed_outdegree", "outdegree": 20})", false);
    row("fixed outdegree to distinct others",
        R"({"rule": "fixed_outdegree", "outdegree": 90, "allow_multapses": false})", false);
    row("Bernoulli", R"({"rule": "pairwise_bernoulli", "p": 0.2})", false);
    row("Bernoulli, not oneself",
        R"({"rule": "pairwise_bernoulli", "p": 0.2, "allow_autapses": false})", true);
    row("a total number", R"({"rule": "fixed_total_number", "N": 12000})", false);
    row("a total number of distinct pairs",
        R"({"rule": "fixed_total_number", "N": 30000, "allow_multapses": false})", false);
}

void TestConnections::degrees_follow_the_law_of_the_rule()
{
    QFETCH(const std::string, rule);
    QFETCH(const bool, recurrent);
    const config::PresetDocument document = joined_by(rule, recurrent);
    const config::Projection& projection = document.experiment().projections[0];
    const ProjectionConnections found = analysis::count_connections(document.experiment(), 0);
    const auto targets = static_cast<std::uint64_t>(recurrent ? N_E : N_I);
    QCOMPARE(found.in_degrees.size(), std::size_t {targets});
    QCOMPARE(found.out_degrees.size(), static_cast<std::size_t>(N_E));
    const auto check = [&](const DegreeLaw& law, const std::vector<std::uint32_t>& degrees) {
        QCOMPARE(
            std::accumulate(degrees.begin(), degrees.end(), std::uint64_t {0}), found.synapses);
        const Moments measured = moments(degrees);
        const double n = static_cast<double>(degrees.size());
        if (law.kind == DegreeLaw::Kind::fixed) {
            for (const std::uint32_t degree : degrees) {
                QCOMPARE(std::uint64_t {degree}, law.trials);
            }
            return;
        }
        // Five standard errors, neurons taken as independent; the fourth moment is that of a
        // normal law.
        const double variance = law.variance();
        QVERIFY(variance > 1.0);
        QVERIFY2(std::abs(measured.mean - law.mean()) < 5.0 * std::sqrt(variance / n) + 1e-9,
            qPrintable(QString::number(measured.mean)));
        QVERIFY2(std::abs(measured.variance / variance - 1.0) < 5.0 * std::sqrt(2.0 / n),
            qPrintable(QString::number(measured.variance) + " for " + QString::number(variance)));
    };
    const auto sources = static_cast<std::uint64_t>(N_E);
    check(*theory::in_degree_law(projection, sources, targets), found.in_degrees);
    check(*theory::out_degree_law(projection, sources, targets), found.out_degrees);
}

void TestConnections::laws_add_up()
{
    DegreeLaw binomial;
    binomial.kind = DegreeLaw::Kind::binomial;
    binomial.trials = 80;
    binomial.p = 0.3;
    DegreeLaw hypergeometric;
    hypergeometric.kind = DegreeLaw::Kind::hypergeometric;
    hypergeometric.trials = 300;
    hypergeometric.own = 50;
    hypergeometric.pairs = 1000;
    for (const DegreeLaw& law : {binomial, hypergeometric}) {
        double sum = 0.0;
        double mean = 0.0;
        double squares = 0.0;
        for (std::uint64_t k = 0; k <= law.trials; ++k) {
            const double p = law.probability(k);
            sum += p;
            mean += p * static_cast<double>(k);
            squares += p * static_cast<double>(k * k);
        }
        QVERIFY(std::abs(sum - 1.0) < 1e-9);
        QVERIFY(std::abs(mean - law.mean()) < 1e-7);
        QVERIFY(std::abs(squares - mean * mean - law.variance()) < 1e-6);
    }
    const config::PresetDocument listed = support::preset(R"({"dt": 0.1, "duration": 5})",
        R"("populations": [{"name": "n", "size": 4, "model": "iaf_psc_delta"}],
        "projections": [{"source": "n", "target": "n", "rule": {"rule": "explicit", "connections":
          [[0, 1, 0.25, 1], [0, 1, -1.5, 2]]}}])");
    QVERIFY(!theory::in_degree_law(listed.experiment().projections[0], 4, 4));
    const ProjectionConnections found = analysis::count_connections(listed.experiment(), 0);
    QVERIFY(found.in_degrees == (std::vector<std::uint32_t> {0, 2, 0, 0}));
    QVERIFY(found.out_degrees == (std::vector<std::uint32_t> {2, 0, 0, 0}));
    QCOMPARE(found.weights.min(), -1.5);
    QCOMPARE(found.weights.max(), 0.25);
    QCOMPARE(found.delays.at(10), std::uint64_t {1});
    QCOMPARE(found.delays.at(20), std::uint64_t {1});
}

void TestConnections::there_are_as_many_synapses_as_in_the_running_network()
{
    for (const char* rule : {R"({"rule": "pairwise_bernoulli", "p": 0.13})",
             R"({"rule": "all_to_all"})", R"({"rule": "fixed_total_number", "N": 777})"}) {
        const config::PresetDocument document = joined_by(rule, true);
        const Simulation simulation(document, {});
        QCOMPARE(
            analysis::count_connections(document.experiment(), 0).synapses, simulation.synapses());
    }
}

void TestConnections::drawn_weights_fill_their_interval()
{
    const config::PresetDocument document = joined_by(
        R"({"rule": "all_to_all"})", false, R"({"uniform": [0.5, 1.5], "scale": "-J"})");
    const ValueHistogram weights = analysis::count_connections(document.experiment(), 0).weights;
    QCOMPARE(weights.total(), static_cast<std::uint64_t>(N_E * N_I));
    QVERIFY(weights.min() >= 0.5 && weights.min() < 0.501);
    QVERIFY(weights.max() <= 1.5 && weights.max() > 1.499);
    QVERIFY(std::abs(weights.mean() - 1.0) < 5.0 / std::sqrt(12.0 * N_E * N_I));
    const ValueHistogram::Bins bins = weights.bins(32);
    QCOMPARE(bins.counts.size(), std::size_t {32}); // of 1/32: the law is even over them
    QCOMPARE(bins.lower, 0.5);
    const double expected = N_E * N_I / 32.0;
    for (const std::uint64_t count : bins.counts) {
        QVERIFY(std::abs(static_cast<double>(count) - expected) < 5.0 * std::sqrt(expected));
    }
    QCOMPARE(network::weight_factor(document.experiment().projections[0]), -0.5);
}

void TestConnections::drawn_delays_lie_on_the_grid()
{
    const config::PresetDocument document
        = joined_by(R"({"rule": "all_to_all"})", false, "0.5", R"({"uniform": [0.5, 1.5]})");
    const std::vector<std::uint64_t> delays
        = analysis::count_connections(document.experiment(), 0).delays;
    QCOMPARE(delays.size(), std::size_t {16}); // steps of 0.1 ms: 5 to 15
    QCOMPARE(std::accumulate(delays.begin(), delays.end(), std::uint64_t {0}),
        static_cast<std::uint64_t>(N_E * N_I));
    for (std::size_t k = 0; k < delays.size(); ++k) {
        const double share = k < 5 ? 0.0 : k == 5 || k == 15 ? 0.05 : 0.1; // rounded to the grid
        const double expected = share * N_E * N_I;
        QVERIFY2(std::abs(static_cast<double>(delays[k]) - expected) <= 5.0 * std::sqrt(expected),
            qPrintable(QString::number(k)));
    }
}

void TestConnections::one_weight_for_all_is_not_counted()
{
    const ProjectionConnections found
        = analysis::count_connections(joined_by(R"({"rule": "all_to_all"})").experiment(), 0);
    QCOMPARE(found.weights.total(), std::uint64_t {0});
    QVERIFY(found.delays.empty());
}

void TestConnections::only_the_scale_of_weights_may_differ()
{
    const config::PresetDocument document = joined_by(R"({"rule": "pairwise_bernoulli", "p": 0.2})",
        false, R"({"uniform": [0.5, 1.5], "scale": "J"})");
    const auto same = [&](const char* path, const core::Value& value) {
        const config::SetResult set = document.set(path, value);
        return set.document
            && analysis::same_connections(document.experiment(), set.document->experiment());
    };
    QVERIFY(same("J", 2.0));
    QVERIFY(same("projections/0/delay", 2.5));
    QVERIFY(same("populations/E/params/tau_m", 12.0));
    QVERIFY(!same("projections/0/rule/p", 0.3));
    QVERIFY(!same("simulation/seed", 8.0));
    QVERIFY(!same("populations/I/size", 101.0));
    QVERIFY(!same("projections/0/weight", 1.0)); // no longer drawn
}

void TestConnections::bins_widen_to_what_the_values_need()
{
    ValueHistogram values;
    QVERIFY(values.bins(10).counts.empty());
    values.add(-0.3);
    QVERIFY(values.single());
    QCOMPARE(values.bins(10).counts, (std::vector<std::uint64_t> {1}));
    ValueHistogram backwards;
    for (int i = 0; i <= 1000; ++i) {
        values.add(i * 0.25);
        backwards.add((1000 - i) * 0.25);
    }
    backwards.add(-0.3);
    const ValueHistogram::Bins bins = values.bins(1024);
    QCOMPARE(bins.width, 0.25); // 1000 of them and two before 0
    QCOMPARE(bins.lower, -0.5);
    QCOMPARE(bins.counts.front(), std::uint64_t {1});
    QCOMPARE(bins.counts.at(1), std::uint64_t {0});
    QCOMPARE(bins.counts.at(2), std::uint64_t {1});
    QCOMPARE(backwards.bins(1024).counts, bins.counts); // in any order
    const ValueHistogram::Bins few = values.bins(10);
    QVERIFY(few.counts.size() <= 10);
    QCOMPARE(std::accumulate(few.counts.begin(), few.counts.end(), std::uint64_t {0}),
        std::uint64_t {1002});
}

void TestConnections::it_can_be_given_up()
{
    core::Progress progress;
    progress.cancel();
    QVERIFY_EXCEPTION_THROWN(analysis::count_connections(
                                 joined_by(R"({"rule": "all_to_all"})").experiment(), 0, &progress),
        core::Cancelled);
}

QTEST_GUILESS_MAIN(TestConnections)
#include "tst_connections.moc"
