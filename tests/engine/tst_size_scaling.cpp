// A network made larger or smaller: what of it is kept, against mean-field theory.

#include "engine/config/size_scaling.hpp"
#include "engine/simulation.hpp"
#include "engine/theory/brunel_experiment.hpp"
#include "engine/theory/stability.hpp"
#include "engine/value_changes.hpp"
#include "tests/support/live.hpp"
#include "tests/support/shipped.hpp"

#include <QtTest>

#include <cmath>

using namespace engine;
using config::PresetDocument;
using config::ScaledSize;
using config::SizeKept;

namespace {

constexpr double rate_per_ms = 0.03; // at which inputs are compared

PresetDocument scaled(const PresetDocument& document, double factor, SizeKept kept)
{
    ScaledSize result = config::scaled_size(document, factor, kept);
    if (!result.document) {
        throw core::InputError(result.errors);
    }
    return *result.document;
}

theory::BrunelParams params(const PresetDocument& document)
{
    const theory::BrunelShape shape = theory::brunel_shape(document.experiment());
    if (!shape.params) {
        throw std::runtime_error("no theory: " + shape.reason);
    }
    return *shape.params;
}

theory::Input input(const PresetDocument& document)
{
    return theory::input_at(rate_per_ms, params(document));
}

void compare(double x, double y)
{
    QVERIFY2(std::abs(x - y) <= 1e-9 * std::abs(y), qPrintable(QString("%1 %2").arg(x).arg(y)));
}

double number(const PresetDocument& document, const char* path)
{
    return test_support::number_at(document, path);
}

/// Two populations with this rule between them.
std::string with_rule(const std::string& rule)
{
    return R"({"format": "spikescope-preset", "version": 1, "id": "n", "title": "N",
  "simulation": {"dt": 0.1, "duration": 100},
  "populations": [{"name": "A", "size": 100, "model": "iaf_psc_delta"},
                  {"name": "B", "size": 40, "model": "iaf_psc_delta"}],
  "projections": [{"source": "A", "target": "B", "label": "AB", "rule": )"
        + rule
        + (rule.find("explicit") == std::string::npos ? R"(, "weight": 0.2, "delay": 1)" : "")
        + R"(}],
  "record": {"traces": []}})";
}

} // namespace

class TestSizeScaling : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void the_input_keeps_what_was_asked_for_data();
    void the_input_keeps_what_was_asked_for();
    void variables_carry_the_size_and_go_on_acting();
    void expressions_are_multiplied_where_no_variable_carries_them();
    void every_rule_gets_the_in_degree_asked_for_data();
    void every_rule_gets_the_in_degree_asked_for();
    void values_lead_from_one_to_the_other_step_by_step();
    void back_to_the_size_is_back_to_the_numbers();
    void what_cannot_be_scaled_is_said_data();
    void what_cannot_be_scaled_is_said();
    void a_smaller_network_fires_as_theory_says();
};

void TestSizeScaling::the_input_keeps_what_was_asked_for_data()
{
    QTest::addColumn<int>("kept");
    QTest::addColumn<double>("factor");
    for (const double factor : {0.2, 0.5, 2.0}) {
        QTest::addRow("in-degree, x %g", factor) << static_cast<int>(SizeKept::indegree) << factor;
        QTest::addRow("mean, x %g", factor) << static_cast<int>(SizeKept::mean) << factor;
        QTest::addRow("fluctuation, x %g", factor)
            << static_cast<int>(SizeKept::fluctuation) << factor;
    }
}

void TestSizeScaling::the_input_keeps_what_was_asked_for()
{
    QFETCH(int, kept);
    QFETCH(double, factor);
    const PresetDocument whole = test_support::shipped("brunel-ai-small");
    const PresetDocument part = scaled(whole, factor, static_cast<SizeKept>(kept));
    QCOMPARE(static_cast<double>(part.experiment().populations[0].size), 5000 * factor);
    QCOMPARE(static_cast<double>(part.experiment().populations[1].size), 1250 * factor);
    const theory::Input before = input(whole);
    const theory::Input after = input(part);
    switch (static_cast<SizeKept>(kept)) {
    case SizeKept::indegree:
        QCOMPARE(params(part), params(whole));
        break;
    case SizeKept::mean:
        compare(after.mu, before.mu);
        compare(after.sigma, before.sigma / std::sqrt(factor));
        compare(params(part).C_E, factor * params(whole).C_E);
        break;
    case SizeKept::fluctuation:
        compare(after.sigma, before.sigma);
        compare(after.mu, before.mu * std::sqrt(factor));
        compare(params(part).C_E, factor * params(whole).C_E);
        break;
    }
}

void TestSizeScaling::variables_carry_the_size_and_go_on_acting()
{
    const PresetDocument whole = test_support::shipped("brunel-ai-small");
    const PresetDocument half = scaled(whole, 0.5, SizeKept::mean);
    QCOMPARE(number(half, "N_E"), 2500.0);
    QCOMPARE(number(half, "C_E"), 500.0);
    QCOMPARE(number(half, "J"), 0.2);
    QCOMPARE(number(half, "g"), 5.0);
    QCOMPARE(number(half, "eta"), 2.0);
    // No expression was touched.
    PresetDocument back = half;
    for (const char* name : {"N_E", "C_E", "J"}) {
        back = *back.set(name, number(whole, name)).document;
    }
    QCOMPARE(back.experiment(), whole.experiment());
    const PresetDocument stronger = *half.set("g", 6.0).document;
    compare(params(stronger).g, 6.0);
}

void TestSizeScaling::expressions_are_multiplied_where_no_variable_carries_them()
{
    // K is the in-degree of one projection and the size of a population: it carries neither alone.
    const PresetDocument whole = test_support::preset(R"({
  "format": "spikescope-preset", "version": 1, "id": "n", "title": "N",
  "variables": {"K": {"value": 40}, "w": {"value": 0.2}, "r": {"value": 800}},
  "simulation": {"dt": 0.1, "duration": 100},
  "populations": [{"name": "A", "size": "2 * K", "model": "iaf_psc_delta"}],
  "projections": [{"source": "A", "target": "A", "label": "AA",
    "rule": {"rule": "fixed_indegree", "indegree": "K"}, "weight": {"normal": [1, 0.1], "scale": "w"}, "delay": 1}],
  "stimuli": [{"type": "poisson", "target": "A", "rate": "r + 200", "weight": 0.1}],
  "record": {"traces": []}})");
    const PresetDocument half = scaled(whole, 0.5, SizeKept::indegree);
    QCOMPARE(half.experiment().populations[0].size, std::size_t {40});
    const auto indegree = [](const PresetDocument& document) {
        return std::get<config::FixedIndegree>(document.experiment().projections[0].rule).indegree;
    };
    QCOMPARE(indegree(half), std::uint64_t {40});
    QCOMPARE(half.set("K", 20.0).document->experiment().populations[0].size, std::size_t {20});

    const PresetDocument thin = scaled(whole, 0.25, SizeKept::mean);
    QCOMPARE(indegree(thin), std::uint64_t {10}); // K carries both here
    QCOMPARE(number(thin, "K"), 10.0);
    QCOMPARE(number(thin, "w"), 0.8);
    QCOMPARE(number(thin, "stimuli/0/rate"), 250.0);
    QCOMPARE(number(thin, "stimuli/0/weight"), 0.4);
    // The variable in the rate goes on acting.
    QCOMPARE(number(*thin.set("r", 0.0).document, "stimuli/0/rate"), 50.0);
}

void TestSizeScaling::every_rule_gets_the_in_degree_asked_for_data()
{
    QTest::addColumn<QString>("rule");
    QTest::newRow("in-degree") << R"({"rule": "fixed_indegree", "indegree": 20})";
    QTest::newRow("out-degree") << R"({"rule": "fixed_outdegree", "outdegree": 8})";
    QTest::newRow("number") << R"({"rule": "fixed_total_number", "N": 800})";
    QTest::newRow("probability") << R"({"rule": "pairwise_bernoulli", "p": 0.2})";
}

void TestSizeScaling::every_rule_gets_the_in_degree_asked_for()
{
    QFETCH(QString, rule);
    const PresetDocument whole = test_support::preset(with_rule(rule.toStdString()));
    // Each has 800 synapses onto 40 neurons; a probability means them on average.
    const auto indegree = [](const PresetDocument& document) {
        const Simulation simulation(document, {});
        return static_cast<double>(simulation.synapses())
            / static_cast<double>(document.experiment().populations[1].size);
    };
    const double tolerance = rule.contains("bernoulli") ? 2.0 : 0.0; // 3 sd of the mean of 20
    QVERIFY(std::abs(indegree(whole) - 20.0) <= tolerance);
    const PresetDocument same = scaled(whole, 0.5, SizeKept::indegree);
    QVERIFY2(std::abs(indegree(same) - 20.0) <= 1.5 * tolerance,
        qPrintable(QString::number(indegree(same))));
    QCOMPARE(number(same, "projections/AB/weight"), 0.2);
    const PresetDocument fewer = scaled(whole, 0.5, SizeKept::mean);
    QVERIFY2(std::abs(indegree(fewer) - 10.0) <= 1.5 * tolerance,
        qPrintable(QString::number(indegree(fewer))));
    QCOMPARE(number(fewer, "projections/AB/weight"), 0.4);
}

void TestSizeScaling::values_lead_from_one_to_the_other_step_by_step()
{
    // Without multapses the in-degree has to go first where the network shrinks, and last where it
    // grows.
    const PresetDocument whole = test_support::preset(
        with_rule(R"({"rule": "fixed_indegree", "indegree": 90, "allow_multapses": false})"));
    for (const double factor : {0.3, 3.0}) {
        const ScaledSize part = config::scaled_size(whole, factor, SizeKept::mean);
        QVERIFY2(part.document.has_value(), core::text(part.errors).c_str());
        const config::SetResult steps = with_values(whole, part.values);
        QVERIFY2(steps.document.has_value(), core::text(steps.diagnostics).c_str());
        QCOMPARE(steps.document->text(), part.document->text());
    }
}

void TestSizeScaling::back_to_the_size_is_back_to_the_numbers()
{
    const PresetDocument whole = test_support::shipped("net-pymonnto");
    const ScaledSize same = config::scaled_size(whole, 1.0, SizeKept::mean);
    QVERIFY(same.values.empty());
    QCOMPARE(same.document->text(), whole.text());
    const PresetDocument half = scaled(whole, 0.5, SizeKept::mean);
    QCOMPARE(half.experiment().populations[0].size, std::size_t {400});
    QCOMPARE(number(half, "w_E"), 1.0);
    QCOMPARE(number(half, "w_I"), 2.0);
}

void TestSizeScaling::what_cannot_be_scaled_is_said_data()
{
    QTest::addColumn<QString>("rule");
    QTest::addColumn<double>("factor");
    QTest::addColumn<QString>("where");
    QTest::addColumn<QString>("what");
    QTest::newRow("all to all") << R"({"rule": "all_to_all"})" << 0.5 << "projections/AB/rule"
                                << "all_to_all";
    QTest::newRow("a probability above 1")
        << R"({"rule": "pairwise_bernoulli", "p": 0.6})" << 0.5 << "projections/AB/rule/p"
        << "1.2";
    QTest::newRow("more inputs than neurons")
        << R"({"rule": "fixed_indegree", "indegree": 60, "allow_multapses": false})" << 0.5
        << "populations/A/size"
        << "60";
    QTest::newRow("a list")
        << R"({"rule": "explicit", "connections": [[0, 0, 0.2, 1], [1, 2, 0.2, 1]]})" << 2.0
        << "projections/AB/rule"
        << "list";
    QTest::newRow("no size") << R"({"rule": "fixed_indegree", "indegree": 6})" << 0.0 << "size"
                             << "0 times";
}

void TestSizeScaling::what_cannot_be_scaled_is_said()
{
    QFETCH(QString, rule);
    QFETCH(double, factor);
    QFETCH(QString, where);
    QFETCH(QString, what);
    const PresetDocument whole = test_support::preset(with_rule(rule.toStdString()));
    const ScaledSize part = config::scaled_size(whole, factor, SizeKept::indegree);
    QVERIFY(!part.document);
    QVERIFY(core::has_errors(part.errors));
    const QString text = QString::fromStdString(core::text(part.errors));
    QVERIFY2(text.contains(what), qPrintable(text));
    QVERIFY2(text.contains(where) || text.contains("indegree"), qPrintable(text));
    QVERIFY(!part.errors.front().expected.empty());
}

void TestSizeScaling::a_smaller_network_fires_as_theory_says()
{
    // A fifth of the neurons with the same inputs: theory knows nothing of the size.
    PresetDocument part = scaled(test_support::shipped("brunel-ai-small"), 0.3, SizeKept::indegree);
    const double theory = theory::solve(params(part)).back().rate_Hz;
    constexpr double warmup_ms = 200.0;
    constexpr double end_ms = 700.0;
    part = *part.set("simulation/duration", end_ms).document;
    Simulation simulation(part, {});
    simulation.advance(simulation.end());
    const core::TimeGrid& grid = simulation.grid();
    const auto spikes = simulation.history()->spikes(grid.steps(warmup_ms), grid.steps(end_ms));
    const double measured = 1000.0 * static_cast<double>(spikes.size())
        / (static_cast<double>(simulation.neurons()) * (end_ms - warmup_ms));
    // Mean-field theory is within a few per cent of networks with such in-degrees.
    QVERIFY2(std::abs(measured - theory) < 0.1 * theory,
        qPrintable(QString("%1 Hz, theory %2 Hz").arg(measured).arg(theory)));
}

QTEST_GUILESS_MAIN(TestSizeScaling)
#include "tst_size_scaling.moc"
