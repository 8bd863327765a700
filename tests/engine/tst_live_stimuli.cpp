// Stimuli that come, go and change while the run goes on: exactly what a run that had them from the
// beginning, silent until then, would do; saved runs repeat it, restored states take it back.

#include "engine/simulation.hpp"
#include "tests/support/preset_text.hpp"

#include <QTest>

using namespace engine;

namespace {

const std::string lif_params
    = R"("model": "iaf_psc_delta", "params": {"tau_m": 20, "C_m": 1, "E_L": 0, "V_th": 20, "V_reset": 10, "t_ref": 2})";

const std::string drive
    = R"({"type": "poisson", "label": "drive", "target": ["E", "I"], "rate": 9000, "weight": 0.1})";
const std::string noise
    = R"({"type": "noise", "label": "noise", "target": "E", "mean": 0.3, "std": 1})";

/// 700 E and 60 I neurons, more than one chunk, with a delay and these stimuli.
config::PresetDocument network(const std::string& stimuli)
{
    return support::preset(R"({"dt": 0.1, "duration": 120, "seed": 5})",
        R"("populations": [{"name": "E", "size": 700, )" + lif_params
            + R"(}, {"name": "I", "size": 60, )" + lif_params + R"(}],
        "projections": [
          {"source": "E", "target": "E", "rule": {"rule": "fixed_indegree", "indegree": 40},
           "weight": 0.2, "delay": 1.5}],
        "stimuli": )"
            + stimuli + R"(,
        "record": {"traces": [{"population": "E", "neurons": [0, 699], "variables": ["V_m", "I"]}]})");
}

std::vector<recording::Spike> spikes_of(const Simulation& simulation)
{
    return simulation.history()->spikes(0, simulation.now());
}

std::vector<double> rows_of(const Simulation& simulation)
{
    return simulation.history()->rows(0, 0, simulation.now()).values;
}

void set(Simulation& simulation, const char* path, const core::Value& value)
{
    const Simulation::SetOutcome outcome = simulation.set(path, value);
    QVERIFY2(outcome.errors.empty(), core::text(outcome.errors).c_str());
    QCOMPARE(outcome.rebuild, std::string());
}

/// From 50 to 100 ms: an individual noise at E, and a current at some neurons of both populations.
std::string window_of_two()
{
    return R"([)" + drive + R"(,
        {"type": "noise", "label": "noise", "target": "E", "mean": 0.3, "std": 1, "start": 50, "stop": 80},
        {"type": "dc", "label": "some", "target": [{"population": "E", "neurons": [3, 600]},
         {"population": "I", "first": 5}], "amplitude": 4, "start": 50, "stop": 80}])";
}

} // namespace

class TestLiveStimuli : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void coming_and_going_equals_a_start_and_a_stop()
    {
        const config::PresetDocument planned = network(window_of_two());
        Simulation expected(planned, {});
        expected.advance(expected.end());

        Simulation live(network("[" + drive + "]"), {});
        live.advance(500);
        set(live, "stimuli", *planned.value("stimuli"));
        live.advance(300);
        set(live, "stimuli", std::string("[" + drive + "]"));
        live.advance(live.end());
        QVERIFY(spikes_of(expected).size() > 1000);
        QVERIFY(spikes_of(live) == spikes_of(expected));
        QVERIFY(rows_of(live) == rows_of(expected)); // the amended `I` too
    }

    void a_saved_run_repeats_stimuli_that_came_and_went()
    {
        Simulation live(network("[" + drive + "]"), {});
        live.advance(333);
        set(live, "stimuli", std::string("[" + noise + ", " + drive + "]"));
        live.advance(100);
        set(live, "stimuli/noise/std", 2.0);
        set(live, "stimuli/0",
            std::string(
                R"({"type": "spike_train", "target": "I", "times": [50, 60.5], "weights": 25})"));
        live.advance(300);
        set(live, "stimuli", core::Value {});
        live.advance(live.end());
        // Through the text, as a file does.
        const auto saved = config::PresetDocument::parse(live.as_run().text(), "saved", {});
        QVERIFY2(saved.document, core::text(saved.diagnostics).c_str());
        Simulation again(*saved.document, {});
        again.advance(again.end());
        QVERIFY(spikes_of(live) == spikes_of(again));
        QVERIFY(rows_of(live) == rows_of(again));
    }

    void a_restored_state_brings_its_stimuli()
    {
        Simulation simulation(network("[" + drive + "]"), {});
        simulation.advance(400);
        const auto state = simulation.copy_state();
        simulation.advance(simulation.end());
        const auto expected = spikes_of(simulation);
        set(simulation, "stimuli", std::string("[" + noise + "]"));
        simulation.restore(*state);
        simulation.advance(simulation.end());
        QVERIFY(spikes_of(simulation) == expected);
    }

    void a_new_sweep_keeps_them()
    {
        const config::PresetDocument with = network("[" + drive + ", " + noise + "]");
        Simulation expected(with, {});
        expected.advance(expected.end());
        Simulation live(network("[" + drive + "]"), {});
        live.advance(200);
        set(live, "stimuli", *with.value("stimuli"));
        live.advance(100);
        live.restart();
        live.advance(live.end());
        QVERIFY(spikes_of(live) == spikes_of(expected));
    }

    void wrong_stimuli_change_nothing()
    {
        Simulation live(network("[" + drive + "]"), {});
        live.advance(100);
        const std::string before = live.document().text();
        QVERIFY(!live.set("stimuli", std::string(R"([{"type": "dc"}])")).errors.empty());
        QVERIFY(!live.set("stimuli/1", drive).errors.empty());
        QCOMPARE(live.document().text(), before);
        QVERIFY(live.changes().empty());
    }
};

QTEST_APPLESS_MAIN(TestLiveStimuli)
#include "tst_live_stimuli.moc"
