// A variable of all neurons while a run goes on: what traces record at that step, in every model,
// whatever the run does, and without changing a bit of it.

#include "engine/analysis/last_spikes.hpp"
#include "engine/models/description.hpp"
#include "engine/simulation.hpp"
#include "tests/support/live.hpp"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace engine;
using analysis::NeuronStates;

namespace {

/// Two populations of a model with a noise current, everything recorded.
config::PresetDocument noisy(const std::string& model)
{
    const auto& description = *models::Registry::instance().find(model);
    std::string variables;
    for (const auto& spec : description.recordables(description.defaults())) {
        variables += (variables.empty() ? "\"" : ", \"") + spec.name + '"';
    }
    std::string all;
    for (int i = 0; i < 30; ++i) {
        all += (i == 0 ? "" : ", ") + std::to_string(i);
    }
    const std::string noise = model == "izhikevich" ? "8" : "400";
    return test_support::preset(
        R"({"format": "spikescope-preset", "version": 1, "id": "t", "title": "t",
        "simulation": {"dt": 0.1, "duration": 60, "seed": 4},
        "populations": [{"name": "A", "size": 600, "model": ")"
        + model + R"("}, {"name": "B", "size": 30, "model": ")" + model + R"("}],
        "stimuli": [{"type": "noise", "target": ["A", "B"], "mean": )"
        + noise + R"(, "std": )" + noise + R"(}],
        "record": {"traces": [{"population": "B", "neurons": [)"
        + all + R"(], "variables": [)" + variables + R"(]}], "spikes": ["A", "B"]}})");
}

/// The values of the followers' groups at a stamp, in the order of its columns.
std::vector<double> recorded(const recording::History& history, core::Step stamp)
{
    return history.rows(0, stamp - 1, stamp).values;
}

/// Whether a telling has what the traces of neurons 0, 1 and 2 of E and 0 of I have.
bool as_recorded(const NeuronStates& states, const recording::History& history)
{
    const auto row = recorded(history, states.step);
    const auto& told = states.populations;
    const std::vector<double> same {told.at(0).values.at(0), told[0].values.at(1),
        told[0].values.at(2), told.at(1).values.at(0)};
    return row == same;
}

std::string small_network(const std::string& simulation = "")
{
    return R"({"format": "spikescope-preset", "version": 1, "id": "t", "title": "t",
        "simulation": {"dt": 0.1, "duration": 200, "seed": 2)"
        + simulation + R"(},
        "variables": {"J": {"value": 0.2}},
        "populations": [{"name": "E", "size": 80, "model": "iaf_psc_delta"},
                        {"name": "I", "size": 20, "model": "iaf_psc_delta"}],
        "projections": [{"source": "E", "target": "I", "rule": {"rule": "all_to_all"}, "weight": "J", "delay": 1.5}],
        "stimuli": [{"type": "poisson", "target": ["E", "I"], "rate": 20000, "weight": 0.1}],
        "record": {"traces": [{"population": "E", "neurons": [0, 1, 2], "variables": ["V_m"]},
                              {"population": "I", "neurons": [0], "variables": ["V_m"]}],
                   "spikes": ["E", "I"]}})";
}

} // namespace

class TestNeuronStates : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void values_are_those_of_the_traces_data();
    void values_are_those_of_the_traces();
    void looking_changes_no_bit_of_the_run();
    void the_time_since_the_last_spike_is_that_of_the_record();
    void what_was_recorded_before_is_recalled();
    void a_paused_run_tells_the_step_that_is_shown();
    void a_run_that_goes_on_tells_again_and_again();
    void a_new_sweep_a_rebuild_and_a_branch_are_told();
    void a_variable_that_a_model_has_not_is_left_out();
};

void TestNeuronStates::values_are_those_of_the_traces_data()
{
    QTest::addColumn<QString>("model");
    for (const auto* model : models::Registry::instance().all()) {
        QTest::newRow(model->name.c_str()) << QString::fromStdString(model->name);
    }
}

void TestNeuronStates::values_are_those_of_the_traces()
{
    QFETCH(const QString, model);
    const auto document = noisy(model.toStdString());
    const auto& population = document.experiment().populations[1];
    const std::size_t variables = population.model->recordables(population.params).size();
    for (const int threads : {1, 2}) {
        Simulation simulation(document, {threads, std::size_t {1} << 28});
        for (const core::Step steps : {1, 7, 300}) {
            simulation.advance(steps);
            const auto row = recorded(*simulation.history(), simulation.now());
            QCOMPARE(row.size(), 30 * variables);
            for (std::size_t v = 0; v < variables; ++v) {
                const auto values = simulation.values(1, v);
                QCOMPARE(values.size(), std::size_t {30});
                for (std::size_t n = 0; n < values.size(); ++n) {
                    QCOMPARE(values[n], row[n * variables + v]);
                }
            }
            QCOMPARE(simulation.values(0, 0).size(), std::size_t {600});
        }
    }
}

void TestNeuronStates::looking_changes_no_bit_of_the_run()
{
    const auto document = noisy("izhikevich");
    Simulation plain(document, {});
    plain.advance(plain.end());
    QVERIFY(plain.history()->spikes(0, plain.end()).size() > 100);
    for (const int threads : {1, 2}) {
        Simulation watched(document, {threads, std::size_t {1} << 28});
        watched.observe(std::make_shared<analysis::LastSpikes>(document.experiment()));
        while (watched.now() < watched.end()) {
            watched.advance(13);
            for (std::size_t v = 0; v < 3; ++v) {
                watched.values(0, v);
                watched.values(1, v);
            }
        }
        const core::Step end = plain.end();
        QVERIFY(watched.history()->spikes(0, end) == plain.history()->spikes(0, end));
        QVERIFY(
            watched.history()->rows(0, 0, end).values == plain.history()->rows(0, 0, end).values);
    }
}

void TestNeuronStates::the_time_since_the_last_spike_is_that_of_the_record()
{
    const auto document = noisy("izhikevich");
    Simulation simulation(document, {});
    const auto last = std::make_shared<analysis::LastSpikes>(document.experiment());
    simulation.observe(last);
    simulation.advance(simulation.end());
    std::vector<double> expected(600, std::nan(""));
    for (const auto& spike : simulation.history()->spikes(0, simulation.now())) {
        if (spike.population == 0) {
            expected[spike.neuron] = simulation.grid().time_ms(simulation.now() - spike.step);
        }
    }
    const auto since = last->since(0, simulation.now());
    int known = 0;
    for (std::size_t n = 0; n < since.size(); ++n) {
        known += std::isnan(since[n]) ? 0 : 1;
        QVERIFY(since[n] == expected[n] || (std::isnan(since[n]) && std::isnan(expected[n])));
    }
    QVERIFY(known > 100);
}

void TestNeuronStates::what_was_recorded_before_is_recalled()
{
    const auto document = noisy("izhikevich");
    Simulation simulation(document, {});
    const auto from_the_start = std::make_shared<analysis::LastSpikes>(document.experiment());
    simulation.observe(from_the_start);
    simulation.advance(400);
    const auto late = std::make_shared<analysis::LastSpikes>(document.experiment());
    simulation.observe(late);
    const auto known = [](const std::vector<double>& since) {
        return std::count_if(since.begin(), since.end(), [](double t) { return !std::isnan(t); });
    };
    QCOMPARE(known(late->since(0, 400)), 0);
    late->recall(*simulation.history());
    QVERIFY(known(late->since(0, 400)) > 0);
    simulation.advance(50);
    late->recall(*simulation.history()); // once only
    const auto one = from_the_start->since(0, 450);
    const auto other = late->since(0, 450);
    for (std::size_t n = 0; n < one.size(); ++n) {
        QVERIFY(one[n] == other[n] || (std::isnan(one[n]) && std::isnan(other[n])));
    }
}

void TestNeuronStates::a_paused_run_tells_the_step_that_is_shown()
{
    test_support::Live live;
    live.open(small_network(), false);
    QVERIFY(live.wait_for_session());
    live.post(WatchStates {"V_m"});
    QVERIFY(live.wait([](const Frame& frame) { return frame.states && frame.states->step == 0; }));
    core::Step expected = 0;
    for (const core::Step steps : {1, 1, 25}) {
        expected += steps;
        live.post(StepOnce {steps});
        QVERIFY(live.wait([&](const Frame& frame) {
            return frame.to == expected && frame.states && frame.states->step == expected;
        }));
        const auto& states = *live.frame().states;
        QCOMPARE(states.variable, std::string("V_m"));
        QCOMPARE(states.populations.size(), std::size_t {2});
        QCOMPARE(states.populations[0].unit, std::string("mV"));
        QVERIFY(as_recorded(states, *live.frame().history));
    }
    // A change of a state shows although no step is done.
    live.set("populations/E/state/17/V_m", -61.5);
    QVERIFY(live.wait([&](const Frame& frame) {
        return frame.states && frame.states->populations.at(0).values.at(17) == -61.5;
    }));
    QCOMPARE(live.frame().states->step, expected);
    live.post(WatchStates {});
    QVERIFY(live.wait([](const Frame& frame) { return frame.states == nullptr; }));
}

void TestNeuronStates::a_run_that_goes_on_tells_again_and_again()
{
    for (const char* variable : {"V_m", "since_spike"}) {
        test_support::Live live;
        live.open(small_network(R"(, "at_end": "continue", "speed": "max")"));
        live.post(WatchStates {variable});
        core::Step last = -1;
        for (int told = 0; told < 4; ++told) {
            QVERIFY(live.wait(
                [&](const Frame& frame) { return frame.states && frame.states->step > last; }));
            last = live.frame().states->step;
        }
        live.post(Pause {});
        QVERIFY(live.wait([](const Frame& frame) {
            return frame.status.state == RunState::paused && frame.states
                && frame.states->step == frame.to;
        }));
        // Watching has not changed what was done.
        const auto recording = live.simulation().present();
        QVERIFY(recording.has_value());
        QCOMPARE(test_support::csv(*recording), test_support::headless_csv(recording->as_run));
    }
}

void TestNeuronStates::a_new_sweep_a_rebuild_and_a_branch_are_told()
{
    test_support::Live live;
    live.open(small_network(), false);
    QVERIFY(live.wait_for_session());
    live.post(WatchStates {"since_spike"});
    live.post(StepOnce {1000});
    const auto told_at = [&](core::Step step) {
        return live.wait(
            [&](const Frame& frame) { return frame.states && frame.states->step == step; });
    };
    const auto as_spiked = [&] {
        const auto& states = *live.frame().states;
        const core::TimeGrid grid(0.1);
        std::size_t known = 0;
        for (const auto& spike : live.frame().history->spikes(states.step - 999, states.step)) {
            const double since = states.populations.at(spike.population).values.at(spike.neuron);
            if (!(since <= grid.time_ms(states.step - spike.step))) {
                return false;
            }
            ++known;
        }
        return known > 0;
    };
    QVERIFY(told_at(1000));
    QVERIFY(as_spiked());
    live.post(ContinueFrom {700, std::nullopt, false});
    QVERIFY(told_at(700));
    QVERIFY(as_spiked());
    live.post(ResetState {});
    QVERIFY(told_at(0));
    for (const auto& population : live.frame().states->populations) {
        for (const double since : population.values) {
            QVERIFY(std::isnan(since));
        }
    }
    const std::uint64_t before = live.frame().session;
    live.set("simulation/seed", 9.0);
    QVERIFY(live.wait([&](const Frame& frame) {
        return frame.session != before && frame.states && frame.states->step == 0;
    }));
    live.post(WatchStates {"V_m"});
    live.post(StepOnce {30});
    QVERIFY(live.wait([](const Frame& frame) {
        return frame.states && frame.states->variable == "V_m" && frame.states->step == 30;
    }));
    QVERIFY(as_recorded(*live.frame().states, *live.frame().history));
}

void TestNeuronStates::a_variable_that_a_model_has_not_is_left_out()
{
    test_support::Live live;
    live.open(small_network(), false);
    live.post(WatchStates {"U_m"});
    QVERIFY(live.wait([](const Frame& frame) { return frame.states != nullptr; }));
    QVERIFY(live.frame().states->populations.at(0).values.empty());
    QVERIFY(live.frame().states->populations.at(1).values.empty());
}

QTEST_GUILESS_MAIN(TestNeuronStates)
#include "tst_neuron_states.moc"
