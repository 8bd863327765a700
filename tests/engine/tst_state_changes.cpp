#include "engine/recording/csv.hpp"
#include "engine/simulation.hpp"
#include "tests/support/live.hpp"

#include <QTest>

#include <cmath>
#include <sstream>
#include <string>

using namespace engine;

namespace {

config::PresetDocument neuron(
    const std::string& model, const std::string& params = "{}", const std::string& more = {})
{
    return test_support::preset(
        R"({"format": "spikescope-preset", "version": 1, "id": "n", "title": "N",
      "simulation": {"dt": 0.1, "duration": 40},
      "variables": {"x": {"value": 4}},
      "populations": [{"name": "n", "size": 3, "model": ")"
        + model + R"(", "params": )" + params + "}]" + more + "}");
}

std::string everything(const Simulation& simulation)
{
    std::ostringstream out;
    out.precision(17);
    const auto& history = *simulation.history();
    recording::write_traces_header(out, history);
    recording::write_traces(out, history, simulation.grid(), 0, simulation.now());
    for (const auto& spike : history.spikes(0, simulation.now())) {
        out << spike.step << ',' << spike.population << ',' << spike.neuron << '\n';
    }
    return out.str();
}

std::string run_of(const config::PresetDocument& document, int threads)
{
    SimulationOptions options;
    options.threads = threads;
    Simulation simulation(document, options);
    simulation.advance(simulation.end());
    return everything(simulation);
}

double sample(const Simulation& simulation, core::Step stamp, std::size_t column)
{
    const auto rows = simulation.history()->rows(0, stamp - 1, stamp);
    return rows.values.at(column);
}

} // namespace

/// States of neurons that are changed while a run goes on.
class TestStateChanges : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_potential_that_is_set_decays_from_there();
    void a_jump_adds_to_what_there_is();
    void above_the_threshold_the_next_step_spikes_data();
    void above_the_threshold_the_next_step_spikes();
    void thresholds_of_glif_can_be_moved();
    void a_saved_run_repeats_the_changes_bit_for_bit();
    void threads_make_no_difference();
    void a_live_run_repeats_on_the_command_line();
    void events_of_a_preset_change_states();
    void a_new_sweep_forgets_them();
    void errors_say_what_is_wrong_data();
    void errors_say_what_is_wrong();
    void an_event_that_is_wrong_is_found_when_the_preset_is_read();
    void a_state_is_no_value_of_the_preset();
    void wrong_ones_change_nothing();
};

void TestStateChanges::a_potential_that_is_set_decays_from_there()
{
    Simulation simulation(neuron("iaf_psc_delta", R"({"tau_m": 20, "V_th": 0, "E_L": -70})"), {});
    simulation.advance(10);
    QVERIFY(!core::has_errors(simulation.set("populations/n/state/0/V_m", -30.0).errors));
    simulation.advance(100);
    QCOMPARE(sample(simulation, 10, 0), -70.0); // what has been stays
    for (const int k : {1, 10, 100}) {
        const double expected = -70.0 + 40.0 * std::exp(-0.1 * k / 20.0);
        QVERIFY(std::abs(sample(simulation, 10 + k, 0) - expected) < 1e-10);
    }
    QCOMPARE(simulation.changes().size(), std::size_t {1});
    QCOMPARE(simulation.changes()[0].before, core::Value(-70.0));
    QCOMPARE(simulation.changes()[0].after, core::Value(-30.0));
    QCOMPARE(simulation.changes()[0].step, core::Step {10});
}

void TestStateChanges::a_jump_adds_to_what_there_is()
{
    Simulation simulation(neuron("iaf_psc_delta", R"({"tau_m": 20, "V_th": 0, "E_L": -70})"), {});
    simulation.set("populations/n/jump/0/V_m", 10.0);
    simulation.set("populations/n/jump/0/V_m", std::string("x / 2"));
    simulation.advance(1);
    QVERIFY(std::abs(sample(simulation, 1, 0) - (-70.0 + 12.0 * std::exp(-0.1 / 20.0))) < 1e-10);
    QCOMPARE(simulation.changes()[1].before, core::Value(-60.0));
    QCOMPARE(simulation.changes()[1].after, core::Value(-58.0));
}

void TestStateChanges::above_the_threshold_the_next_step_spikes_data()
{
    QTest::addColumn<QString>("model");
    for (const char* model : {"iaf_psc_delta", "izhikevich", "glif_cond", "glif_psc"}) {
        QTest::addRow("%s", model) << QString(model);
    }
}

void TestStateChanges::above_the_threshold_the_next_step_spikes()
{
    QFETCH(QString, model);
    Simulation simulation(neuron(model.toStdString()), {});
    simulation.advance(20);
    simulation.set("populations/n/state/2/V_m", 40.0);
    simulation.advance(1);
    const auto spikes = simulation.history()->spikes(0, 21);
    QCOMPARE(spikes.size(), std::size_t {1});
    QCOMPARE(spikes[0], (recording::Spike {21, 0, 2}));
}

void TestStateChanges::thresholds_of_glif_can_be_moved()
{
    Simulation simulation(neuron("glif_psc",
                              R"({"spike_dependent_threshold": true, "after_spike_currents": true,
                                  "adapting_threshold": true})"),
        {});
    const auto threshold = [&](core::Step stamp) {
        const auto& columns = simulation.history()->groups()[0].columns;
        for (std::size_t c = 0; c < columns.size(); ++c) {
            if (columns[c].variable == "threshold") {
                return sample(simulation, stamp, c);
            }
        }
        return 0.0;
    };
    simulation.advance(1);
    QVERIFY(std::abs(threshold(1) + 51.68) < 1e-9);
    simulation.set("populations/n/state/0/threshold_spike", 8.0);
    simulation.set("populations/n/state/0/threshold_voltage", 2.0);
    simulation.advance(10);
    // Both parts decay; the voltage stays at E_L, so that it adds nothing.
    const double expected = -51.68 + 8.0 * std::exp(-0.009) + 2.0 * std::exp(-0.09);
    QVERIFY(std::abs(threshold(11) - expected) < 1e-9);
}

void TestStateChanges::a_saved_run_repeats_the_changes_bit_for_bit()
{
    for (const char* model : {"iaf_psc_delta", "izhikevich", "glif_cond"}) {
        Simulation simulation(neuron(model), {});
        simulation.advance(33);
        simulation.set("populations/n/state/0/V_m", -51.1234567890123);
        simulation.set("populations/n/jump/0/V_m", 3.3);
        simulation.advance(70);
        simulation.set("x", 7.0);
        simulation.set("populations/n/jump/0/V_m", std::string("x^2"));
        simulation.set("populations/n/state/1/V_m", 20.0);
        simulation.advance(simulation.end());
        const auto reread = config::PresetDocument::parse(simulation.as_run().text(), "as run", {});
        QVERIFY2(reread.document, core::text(reread.diagnostics).c_str());
        QCOMPARE(run_of(*reread.document, 1), everything(simulation));
    }
}

void TestStateChanges::threads_make_no_difference()
{
    const std::string text = test_support::network_text(100);
    Simulation simulation(test_support::preset(text), {});
    simulation.advance(123);
    simulation.set("populations/E/state/7/V_m", -50.0);
    simulation.set("populations/I/jump/3/V_m", 30.0);
    simulation.advance(simulation.end());
    const std::string expected = everything(simulation);
    QVERIFY(expected != run_of(test_support::preset(text), 1)); // it matters
    for (const int threads : {1, 2, 3, 4}) {
        QCOMPARE(run_of(simulation.as_run(), threads), expected);
    }
}

void TestStateChanges::a_live_run_repeats_on_the_command_line()
{
    test_support::Live live;
    live.open(test_support::neuron_text(200, R"(, "at_end": "stop", "speed": 2)"));
    QVERIFY(live.wait([](const Frame& frame) { return frame.status.t_ms > 10.0; }));
    live.set("populations/n/jump/0/V_m", 12.5);
    live.set("populations/n/state/0/V_m", -40.0);
    QVERIFY(live.wait_for_state(RunState::ended));
    const auto recording = live.simulation().present();
    QVERIFY(recording.has_value());
    QCOMPARE(live.changes().size(), std::size_t {2});
    QCOMPARE(recording->as_run.experiment().events.size(), std::size_t {2});
    QCOMPARE(test_support::csv(*recording), test_support::headless_csv(recording->as_run));
}

void TestStateChanges::events_of_a_preset_change_states()
{
    const auto document = neuron("izhikevich", "{}",
        R"(, "events": [{"at": 5, "set": "populations/n/state/0/V_m", "value": "10 * x"},
                        {"at": 5, "set": "populations/0/state/0/U_m", "value": -3}])");
    Simulation simulation(document, {});
    simulation.advance(51);
    QCOMPARE(simulation.history()->spikes(0, 51).size(), std::size_t {1});
    QVERIFY(simulation.changes()[1].from_preset);
    QCOMPARE(simulation.as_run().experiment().events, document.experiment().events);
}

void TestStateChanges::a_new_sweep_forgets_them()
{
    const auto document = neuron("izhikevich");
    const std::string undisturbed = run_of(document, 1);
    Simulation simulation(document, {});
    simulation.set("populations/n/state/0/V_m", 10.0);
    simulation.advance(simulation.end());
    QVERIFY(everything(simulation) != undisturbed);
    simulation.restart();
    simulation.advance(simulation.end());
    QCOMPARE(everything(simulation), undisturbed);
}

void TestStateChanges::errors_say_what_is_wrong_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("value"); // an expression
    QTest::addColumn<QString>("message");
    QTest::addRow("state") << "populations/n/state/0/V_n"
                           << "1"
                           << "did you mean V_m?";
    QTest::addRow("list state") << "populations/n/state/0/ASCurrents"
                                << "1"
                                << "expected one of V_m";
    QTest::addRow("level") << "populations/n/state/0/threshold_spike"
                           << "1"
                           << "expected one of V_m";
    QTest::addRow("neuron") << "populations/n/state/3/V_m"
                            << "1"
                            << "counted from 0 to 2";
    QTest::addRow("not a number") << "populations/n/state/-1/V_m"
                                  << "1"
                                  << "counted from 0 to 2";
    QTest::addRow("population") << "populations/m/state/0/V_m"
                                << "1"
                                << "no \"m\"";
    QTest::addRow("short") << "populations/n/jump/0"
                           << "1"
                           << "populations/n/jump/NEURON/V_m";
    QTest::addRow("long") << "populations/n/state/0/V_m/1"
                          << "1"
                          << "populations/n/state/NEURON/V_m";
    QTest::addRow("value") << "populations/n/state/0/V_m"
                           << "y + 1"
                           << "y";
    QTest::addRow("infinite") << "populations/n/state/0/V_m"
                              << "1 / (x - 4)"
                              << "finite";
}

void TestStateChanges::errors_say_what_is_wrong()
{
    QFETCH(QString, path);
    QFETCH(QString, value);
    QFETCH(QString, message);
    Simulation simulation(neuron("glif_psc"), {});
    simulation.advance(5);
    const auto outcome = simulation.set(path.toStdString(), value.toStdString());
    QVERIFY(core::has_errors(outcome.errors));
    const QString text = QString::fromStdString(core::text(outcome.errors));
    QVERIFY2(text.contains(message), qPrintable(text));
    QCOMPARE(QString::fromStdString(outcome.errors[0].pointer), path);
    QVERIFY(simulation.changes().empty());
}

void TestStateChanges::an_event_that_is_wrong_is_found_when_the_preset_is_read()
{
    const auto result = config::PresetDocument::parse(
        R"({"format": "spikescope-preset", "version": 1, "id": "n", "title": "N",
          "simulation": {"dt": 0.1, "duration": 40},
          "populations": [{"name": "n", "size": 3, "model": "izhikevich"}],
          "events": [{"at": 1, "set": "populations/n/state/0/V_m", "value": true},
                     {"at": 2, "set": "populations/n/state/9/V_m", "value": 0}]})",
        "test", {});
    QVERIFY(!result.document);
    QCOMPARE(result.diagnostics.size(), std::size_t {2});
    QCOMPARE(result.diagnostics[0].pointer, std::string("/events/0/value"));
    QCOMPARE(result.diagnostics[1].pointer, std::string("/events/1/set"));
}

void TestStateChanges::a_state_is_no_value_of_the_preset()
{
    const auto result = neuron("izhikevich").set_text("populations/n/state/0/V_m=3");
    QVERIFY(!result.document);
    const QString text = QString::fromStdString(core::text(result.diagnostics));
    QVERIFY2(text.contains("init"), qPrintable(text));
}

void TestStateChanges::wrong_ones_change_nothing()
{
    Simulation simulation(neuron("izhikevich"), {});
    const auto outcome = simulation.set_all(
        {{"x", 9.0}, {"populations/n/state/0/V_m", -20.0}, {"populations/n/state/0/V", -20.0}});
    QVERIFY(core::has_errors(outcome.errors));
    QVERIFY(simulation.changes().empty());
    QCOMPARE(simulation.document().value("x"), std::optional<core::Value>(4.0));
}

QTEST_APPLESS_MAIN(TestStateChanges)
#include "tst_state_changes.moc"
