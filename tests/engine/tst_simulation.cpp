#include "engine/simulation.hpp"

#include "tests/support/preset_text.hpp"

#include <QTest>

#include <string>
#include <vector>

using namespace engine;

namespace {

const std::string lif_params
    = R"("model": "iaf_psc_delta", "params": {"tau_m": 20, "C_m": 1, "E_L": 0, "V_th": 20,)"
      R"( "V_reset": 10, "t_ref": 2}, "init": {"V_m": 0})";

/// Two neurons: the first fires at the given times (input of 30 mV), the second listens below its
/// threshold.
config::PresetDocument pair(const std::string& times, const std::string& more = {})
{
    return support::preset(R"({"dt": 0.1, "duration": 100})",
        R"("variables": {"d": {"value": 1.5, "min": 0.1, "max": 20}, "w": {"value": 1, "min": 0, "max": 9}},
        "populations": [{"name": "a", "size": 1, )"
            + lif_params + R"(}, {"name": "b", "size": 1, )" + lif_params + R"(}],
        "projections": [{"source": "a", "target": "b", "rule": {"rule": "all_to_all"},
                         "weight": "w", "delay": "d"}],
        "stimuli": [{"type": "spike_train", "target": "a", "times": )"
            + times + R"(, "weights": 30}],
        "record": {"traces": [{"population": "b", "neurons": [0], "variables": ["V_m", "I"]}]})"
            + more);
}

std::vector<double> column(const recording::History& history, core::Step end, std::size_t c)
{
    const auto rows = history.rows(0, 0, end);
    std::vector<double> out;
    for (std::size_t i = 0; i < rows.steps.size(); ++i) {
        out.push_back(rows.values[i * 2 + c]);
    }
    return out;
}

/// Stamps at which the voltage rises: arrivals at a neuron without other input.
std::vector<core::Step> rises(const std::vector<double>& V)
{
    std::vector<core::Step> out;
    for (std::size_t i = 0; i < V.size(); ++i) {
        if (V[i] > (i == 0 ? 0.0 : V[i - 1])) {
            out.push_back(static_cast<core::Step>(i) + 1);
        }
    }
    return out;
}

config::PresetDocument noisy_network()
{
    return support::preset(R"({"dt": 0.1, "duration": 200, "seed": 5})",
        R"("populations": [{"name": "E", "size": 700, )" + lif_params
            + R"(}, {"name": "I", "size": 60, )" + lif_params + R"(}],
        "projections": [
          {"source": "E", "target": "E", "rule": {"rule": "fixed_indegree", "indegree": 40},
           "weight": 0.2, "delay": 1.5},
          {"source": "I", "target": "E", "rule": {"rule": "pairwise_bernoulli", "p": 0.3},
           "weight": {"normal": [1, 0.3], "scale": -0.8}, "delay": {"uniform": [0.5, 4]}},
          {"source": "E", "target": "I", "rule": {"rule": "all_to_all"},
           "weight": {"uniform": [0, 1], "scale": 0.01}, "delay": 1}],
        "stimuli": [{"type": "poisson", "label": "drive", "target": ["E", "I"], "rate": 18000, "weight": 0.1}],
        "record": {"traces": [{"population": "E", "neurons": [0, 699], "variables": ["V_m"]}]})");
}

std::vector<recording::Spike> spikes_of(const Simulation& simulation)
{
    return simulation.history()->spikes(0, simulation.now());
}

} // namespace

class TestSimulation : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void constant_drive_fires_at_the_interval_of_the_closed_form()
    {
        // ISI = t_ref + tau ln((V_inf - V_reset) / (V_inf - V_th)) = 27.055 ms for V_inf = 24 mV,
        // on the grid up to two steps later.
        Simulation simulation(
            support::preset(R"({"dt": 0.1, "duration": 500})",
                R"("populations": [{"name": "n", "size": 1, )" + lif_params + R"(}],
            "stimuli": [{"type": "dc", "target": "n", "amplitude": 1.2}])"),
            {});
        simulation.advance(simulation.end());
        const auto spikes = spikes_of(simulation);
        QVERIFY(spikes.size() >= 15);
        for (std::size_t i = 1; i < spikes.size(); ++i) {
            const core::Step isi = spikes[i].step - spikes[i - 1].step;
            QVERIFY(isi == 271 || isi == 272);
        }
    }

    void a_spike_shows_at_the_target_in_the_sample_stamped_with_its_arrival()
    {
        Simulation simulation(pair("[10, 40]"), {});
        simulation.advance(simulation.end());
        const auto spikes = spikes_of(simulation);
        QCOMPARE(spikes.size(), std::size_t {2});
        QCOMPARE(spikes[0].step, core::Step {100});
        const auto V = column(*simulation.history(), simulation.now(), 0);
        QCOMPARE(rises(V), (std::vector<core::Step> {115, 415}));
        QCOMPARE(V[114], 1.0);
    }

    void a_changed_delay_neither_repeats_nor_drops_a_spike_data()
    {
        QTest::addColumn<double>("to");
        QTest::addColumn<int>("second");
        QTest::addRow("longer") << 8.0 << 680;
        QTest::addRow("shorter, still to come") << 4.0 << 640;
        QTest::addRow("shorter, time has passed") << 0.5 << 631;
    }
    void a_changed_delay_neither_repeats_nor_drops_a_spike()
    {
        QFETCH(double, to);
        QFETCH(int, second);
        Simulation simulation(pair("[10, 60]"), {});
        QVERIFY(simulation.set("d", 6.0).rebuild.empty());
        simulation.advance(630); // the spike of 60 ms would arrive at 66 ms
        const auto outcome = simulation.set("d", to);
        QVERIFY(outcome.errors.empty() && outcome.rebuild.empty());
        simulation.advance(simulation.end());
        const auto V = column(*simulation.history(), simulation.now(), 0);
        QCOMPARE(rises(V), (std::vector<core::Step> {160, second}));
    }

    void a_changed_weight_acts_on_spikes_on_their_way()
    {
        Simulation simulation(pair("[10]"), {});
        simulation.advance(110);
        simulation.set("w", 3.0);
        simulation.advance(50);
        QCOMPARE(column(*simulation.history(), simulation.now(), 0)[114], 3.0);
    }

    void the_newest_current_is_that_of_the_step_that_begins_there()
    {
        const auto document = support::preset(R"({"dt": 0.1, "duration": 50})",
            R"("populations": [{"name": "n", "size": 1, )" + lif_params + R"(}],
            "stimuli": [{"type": "dc", "label": "s", "target": "n", "amplitude": 0.5, "start": 2, "stop": 4}],
            "record": {"traces": [{"population": "n", "neurons": [0], "variables": ["V_m", "I"]}]})");
        Simulation simulation(document, {});
        simulation.advance(30);
        auto I = column(*simulation.history(), 30, 1);
        QCOMPARE(I[18], 0.0); // stamp 1.9
        QCOMPARE(I[19], 0.5); // stamp 2.0: the current of the step from 2.0 to 2.1
        QVERIFY(simulation.set("stimuli/s/amplitude", 0.25).errors.empty());
        I = column(*simulation.history(), 30, 1);
        QCOMPARE(I[28], 0.5);
        QCOMPARE(I[29], 0.25); // stamp 3.0, amended
        simulation.advance(20);
        I = column(*simulation.history(), 50, 1);
        QCOMPARE(I[38], 0.25);
        QCOMPARE(I[39], 0.0);
    }

    void events_act_before_the_step_that_begins_there_in_any_batches()
    {
        const std::string events
            = R"(, "events": [{"at": 11, "set": "w", "value": 3}, {"at": 12, "set": "w", "value": 5}])";
        Simulation whole(pair("[10, 20]", events), {});
        whole.advance(whole.end());
        Simulation single(pair("[10, 20]", events), {});
        while (single.now() < single.end()) {
            single.advance(1);
        }
        const auto V = column(*whole.history(), whole.now(), 0);
        QCOMPARE(V[114], 3.0);
        QVERIFY(V[214] > 5.0);
        QCOMPARE(column(*single.history(), single.now(), 0), V);
        QCOMPARE(whole.changes().size(), std::size_t {2});
        QCOMPARE(whole.changes()[1].step, core::Step {120});
        QVERIFY(whole.changes()[1].from_preset);
        QCOMPARE(std::get<double>(whole.changes()[1].before), 3.0);
    }

    void restart_keeps_what_the_person_set_and_takes_events_back()
    {
        const std::string events = R"(, "events": [{"at": 11, "set": "w", "value": 3}])";
        Simulation simulation(pair("[10, 20]", events), {});
        simulation.advance(300);
        simulation.set("d", 2.5);
        simulation.advance(100);
        simulation.restart();
        QCOMPARE(simulation.now(), core::Step {0});
        QVERIFY(simulation.changes().empty());
        QCOMPARE(std::get<double>(*simulation.document().value("w")), 1.0);
        QCOMPARE(std::get<double>(*simulation.document().value("d")), 2.5);
        simulation.advance(300);
        QCOMPARE(
            rises(column(*simulation.history(), 300, 0)), (std::vector<core::Step> {125, 225}));
    }

    void a_saved_run_repeats_the_run_bit_for_bit()
    {
        Simulation live(noisy_network(), {});
        live.advance(333);
        QVERIFY(live.set("stimuli/drive/rate", 12000.0).errors.empty());
        live.advance(500);
        QVERIFY(live.set("projections/0/delay", 0.7).errors.empty());
        live.set("populations/E/params/tau_m", 17.0);
        live.advance(live.end());
        Simulation again(live.as_run(), {});
        again.advance(again.end());
        QVERIFY(spikes_of(live).size() > 1000);
        QVERIFY(spikes_of(live) == spikes_of(again));
        QVERIFY(live.history()->rows(0, 0, live.end()).values
            == again.history()->rows(0, 0, live.end()).values);
    }

    void a_restored_state_goes_on_as_if_it_had_never_stopped()
    {
        Simulation simulation(noisy_network(), {});
        simulation.advance(707);
        const auto state = simulation.copy_state();
        simulation.advance(simulation.end());
        const auto expected = spikes_of(simulation);
        const auto rows = simulation.history()->rows(0, 0, simulation.end()).values;
        simulation.set("stimuli/drive/rate", 1000.0);
        simulation.restore(*state);
        QCOMPARE(simulation.now(), core::Step {707});
        simulation.advance(simulation.end());
        QVERIFY(spikes_of(simulation) == expected);
        QVERIFY(simulation.history()->rows(0, 0, simulation.end()).values == rows);

        Simulation other(noisy_network(), {});
        other.restore(*state);
        QCOMPARE(other.history()->first_kept(), core::Step {707});
        other.advance(other.end());
        QVERIFY(other.history()->spikes(707, other.end())
            == simulation.history()->spikes(707, other.end()));
        QVERIFY(other.spike_counts() == simulation.spike_counts());
    }

    void what_needs_a_new_network_says_so_and_changes_nothing()
    {
        Simulation simulation(noisy_network(), {});
        simulation.advance(10);
        const auto outcome = simulation.set("populations/E/size", 800.0);
        QVERIFY(!outcome.rebuild.empty());
        QVERIFY(outcome.document.has_value());
        QCOMPARE(simulation.document().experiment().populations[0].size, std::size_t {700});
        QVERIFY(!simulation.set("populations/E/params/tau_m", -1.0).errors.empty());
        QVERIFY(simulation.changes().empty());
    }

    void a_neuron_that_runs_away_ends_the_run_with_its_name()
    {
        // A current this strong makes neuron 1 fire in every step.
        const auto document = support::preset(R"({"dt": 1, "duration": 5000})",
            R"("populations": [{"name": "n", "size": 2, "model": "izhikevich", "params": {"integrator": "euler"}}],
            "stimuli": [{"type": "dc", "target": {"population": "n", "neurons": [1]}, "amplitude": 1e6}])");
        Simulation simulation(document, {});
        std::string message;
        try {
            simulation.advance(simulation.end());
        } catch (const core::RunError& error) {
            message = error.what();
        }
        QVERIFY2(message.find("neuron 1 of n at t = ") != std::string::npos, message.c_str());
        QVERIFY(simulation.now() < simulation.end());
        QVERIFY_EXCEPTION_THROWN(simulation.advance(1), core::RunError);
        QVERIFY(simulation.set("stimuli/0/amplitude", 5.0).errors.empty());
        simulation.restart();
        simulation.advance(100);
        QCOMPARE(simulation.now(), core::Step {100});
    }
};

QTEST_APPLESS_MAIN(TestSimulation)
#include "tst_simulation.moc"
