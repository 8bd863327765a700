// What a live run shows of the promises of its preset.

#include "engine/checks/evaluator.hpp"
#include "engine/runner/live_checks.hpp"
#include "engine/simulation.hpp"
#include "tests/support/check_report.hpp"
#include "tests/support/live.hpp"

#include <QTest>

#include <memory>

using namespace engine;
using runner::LiveChecks;
using test_support::about;
using test_support::Live;
using test_support::network_text;
using test_support::neuron_text;
using test_support::preset;

namespace {

const std::string repeats = R"(, "at_end": "repeat", "speed": "max")";
const std::string goes_on = R"(, "at_end": "continue", "speed": "max")";

/// The text of a preset with these checks.
std::string promising(std::string text, const std::string& checks)
{
    return text.insert(text.rfind('}'), R"(, "checks": [)" + checks + "]");
}

const std::string rates = R"({"quantity": "spike_count", "population": "n", "min": 1},
    {"quantity": "rate", "population": "n", "from": 20, "to": 80, "min": 0})";

SimulationOptions as_in_a_window()
{
    SimulationOptions options;
    options.honour_at_end = true;
    return options;
}

/// The report of a run without a window over its whole duration.
checks::Report headless(const config::PresetDocument& document)
{
    Simulation simulation(document, {});
    const auto evaluator = std::make_shared<checks::Evaluator>(document.experiment());
    simulation.observe(evaluator);
    simulation.advance(simulation.end());
    return evaluator->report();
}

} // namespace

class TestLiveChecks : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_sweep_is_judged_as_a_run_without_a_window()
    {
        const auto document = preset(promising(neuron_text(100, repeats), rates));
        Simulation simulation(document, as_in_a_window());
        LiveChecks checks(simulation, document);
        for (int i = 0; i < 10; ++i) {
            simulation.advance(100);
        }
        const LiveReport report = checks.report();
        QVERIFY(report.over);
        QVERIFY(!report.mixed);
        QVERIFY(report.differences.empty());
        QCOMPARE(report.to_ms, 100.0);
        QVERIFY(report.report.complete());
        QCOMPARE(about(report.report), about(headless(document)));
        QVERIFY(report.pattern);
    }

    void the_last_complete_sweep_is_shown_while_the_next_one_runs()
    {
        const auto document = preset(promising(neuron_text(100, repeats), rates));
        Simulation simulation(document, as_in_a_window());
        LiveChecks checks(simulation, document);
        simulation.advance(500);
        QVERIFY(!checks.report().over); // none is complete: the present one
        QCOMPARE(checks.report().seen_ms, 50.0);
        simulation.advance(500);
        const LiveReport whole = checks.report();
        simulation.restart();
        checks.sweep_begun();
        simulation.advance(300);
        const LiveReport later = checks.report();
        QVERIFY(later.over);
        QCOMPARE(about(later.report), about(whole.report));
        QCOMPARE(later.seen_ms, 30.0);
        QCOMPARE(later.needed_ms, std::optional(100.0));
    }

    void a_change_in_a_sweep_tells_in_the_next_one()
    {
        const auto document = preset(promising(neuron_text(100, repeats), rates));
        Simulation simulation(document, as_in_a_window());
        LiveChecks checks(simulation, document);
        simulation.advance(500);
        QVERIFY(simulation.set("drive", 0.0).errors.empty());
        checks.values_changed();
        simulation.advance(500);
        const LiveReport both = checks.report();
        QVERIFY(both.over && both.mixed);
        QCOMPARE(both.differences.size(), std::size_t {1});
        QCOMPARE(both.differences[0].path, std::string("drive"));
        QCOMPARE(std::get<double>(both.differences[0].preset), 500.0);
        QCOMPARE(std::get<double>(both.differences[0].present), 0.0);
        simulation.restart();
        checks.sweep_begun();
        simulation.advance(1000);
        const LiveReport changed = checks.report();
        QVERIFY(changed.over && !changed.mixed);
        QVERIFY(!changed.report.passed()); // without current no spike
        QCOMPARE(about(changed.report), about(headless(simulation.document())));
    }

    void a_network_is_measured_again_and_again()
    {
        const auto document = preset(promising(network_text(200, goes_on),
            R"({"quantity": "rate", "population": "E", "from": 50, "to": 150, "min": 0})"));
        Simulation simulation(document, as_in_a_window());
        LiveChecks checks(simulation, document);
        simulation.advance(1000);
        QVERIFY(!checks.report().over);
        QCOMPARE(checks.report().needed_ms, std::optional(150.0));
        simulation.advance(500);
        const LiveReport first = checks.report();
        QVERIFY(first.over);
        QCOMPARE(about(first.report), about(headless(document)));
        QCOMPARE(first.to_ms, 150.0);
        QCOMPARE(first.seen_ms, 0.0); // the next one has begun
        simulation.advance(1000);
        QCOMPARE(checks.report().to_ms, 150.0);
        QCOMPARE(checks.report().seen_ms, 100.0);
        simulation.advance(500);
        const LiveReport second = checks.report();
        QVERIFY(second.over);
        QCOMPARE(second.from_ms, 150.0);
        QCOMPARE(second.report.results[0].from_ms, 200.0); // windows move along
        QCOMPARE(second.report.results[0].to_ms, std::optional(300.0));
    }

    void a_changed_network_is_measured_from_the_change()
    {
        const auto document = preset(promising(network_text(200, goes_on),
            R"({"quantity": "rate", "population": "E", "from": 50, "to": 150, "min": 0})"));
        Simulation simulation(document, as_in_a_window());
        LiveChecks checks(simulation, document);
        simulation.advance(1700);
        QVERIFY(checks.report().over);
        QVERIFY(simulation.set("g", 3.0).errors.empty());
        checks.values_changed();
        simulation.advance(100);
        const LiveReport changed = checks.report();
        QVERIFY(!changed.over);
        QCOMPARE(changed.from_ms, 170.0);
        QCOMPARE(changed.seen_ms, 10.0);
        QCOMPARE(changed.differences.size(), std::size_t {1});
        QVERIFY(simulation.set("g", 5.0).errors.empty());
        checks.values_changed();
        QVERIFY(checks.report().differences.empty());
    }

    void a_reset_begins_a_network_anew()
    {
        const auto document = preset(promising(network_text(200, goes_on),
            R"({"quantity": "rate", "population": "E", "to": 100, "min": 0})"));
        Simulation simulation(document, as_in_a_window());
        LiveChecks checks(simulation, document);
        simulation.advance(1200);
        QVERIFY(checks.report().over);
        simulation.restart();
        checks.sweep_begun();
        simulation.advance(100);
        QVERIFY(!checks.report().over);
        QCOMPARE(checks.report().from_ms, 0.0);
    }

    void without_checks_there_is_nothing_to_wait_for()
    {
        const auto document = preset(network_text(200, goes_on));
        Simulation simulation(document, as_in_a_window());
        LiveChecks checks(simulation, document);
        simulation.advance(300);
        const LiveReport report = checks.report();
        QVERIFY(report.report.results.empty());
        QVERIFY(!report.over && !report.needed_ms && !report.pattern);
    }

    void another_duration_is_measured_from_the_next_sweep_on()
    {
        const auto document = preset(promising(neuron_text(100, repeats),
            R"({"quantity": "spike_count", "population": "n", "min": 0})"));
        Simulation simulation(document, as_in_a_window());
        LiveChecks checks(simulation, document);
        simulation.advance(500);
        QVERIFY(simulation.set("simulation/duration", 60.0).errors.empty());
        checks.values_changed();
        simulation.restart();
        checks.sweep_begun();
        simulation.advance(600);
        const LiveReport report = checks.report();
        QVERIFY(report.over);
        QVERIFY(report.report.complete());
        QCOMPARE(report.report.results[0].to_ms, std::optional(60.0));
    }

    void frames_bring_the_report_of_complete_sweeps()
    {
        const auto document = preset(promising(neuron_text(100, repeats), rates));
        Live live;
        live.open(promising(neuron_text(100, repeats), rates));
        QVERIFY(live.wait([](const Frame& frame) { return frame.checks && frame.checks->over; }));
        QCOMPARE(about(live.frame().checks->report), about(headless(document)));
        QVERIFY(live.wait([](const Frame& frame) {
            return frame.statistics && frame.statistics->to_ms == 100.0; // of the whole sweep
        }));
        live.set("drive", 0.0);
        QVERIFY(live.wait([](const Frame& frame) {
            return frame.checks && !frame.checks->differences.empty() && !frame.checks->mixed;
        }));
        QVERIFY(!live.frame().checks->report.passed());
        live.post(ResetParameters {});
        QVERIFY(live.wait([](const Frame& frame) {
            return frame.checks && frame.checks->differences.empty() && !frame.checks->mixed;
        }));
        QCOMPARE(about(live.frame().checks->report), about(headless(document)));
    }
};

QTEST_GUILESS_MAIN(TestLiveChecks)
#include "tst_live_checks.moc"
