// The response to a stimulus over runs with other seeds: what one trial holds is what the run's
// exported spikes hold.

#include "engine/analysis/psth.hpp"
#include "engine/analysis/triggers.hpp"
#include "engine/config/neuron_stimulus.hpp"
#include "engine/simulation.hpp"
#include "engine/sweep/repeats.hpp"
#include "engine/sweep/sweep.hpp"
#include "tests/support/preset_text.hpp"

#include <QTest>

using namespace engine;
using analysis::TrialWindow;
using core::Step;
using sweep::RepeatsQuestion;
using Urgency = sweep::Sweep::Urgency;

namespace {

constexpr TrialWindow window {200, 300};

/// A small balanced network; `more` stimuli beside the drive.
config::PresetDocument network(const std::string& more = {}, const std::string& record = "{}")
{
    const std::string params
        = R"("model": "iaf_psc_delta", "params": {"tau_m": 20, "C_m": 1, "E_L": 0, "V_th": 20, "V_reset": 10, "t_ref": 2})";
    return support::preset(R"({"dt": 0.1, "duration": 500, "seed": 3})",
        R"("populations": [{"name": "E", "size": 80, )" + params
            + R"(}, {"name": "I", "size": 20, )" + params + R"(}],
        "projections": [{"source": "E", "target": "E", "weight": 0.2, "delay": 1.5,
          "rule": {"rule": "fixed_indegree", "indegree": 8}},
          {"source": "I", "target": "E", "weight": -1, "delay": 1.5,
          "rule": {"rule": "fixed_indegree", "indegree": 4}}],
        "stimuli": [{"type": "poisson", "label": "drive", "target": ["E", "I"], "rate": 12000,
          "weight": 0.1})"
            + more + R"(], "record": )" + record);
}

config::PresetDocument pulsed(const config::PresetDocument& document, double start_ms)
{
    return *config::add_currents(document,
        {{config::pulse_label, 0, {1, 2, 3, 4, 5, 6, 7, 8}, 30.0, start_ms, start_ms + 2.0, {}}},
        0.0)
                .document;
}

std::vector<analysis::Trial> trials_of(const sweep::Request& request, int threads = 2)
{
    const sweep::Sweep sweep(request, threads, Urgency::foreground);
    sweep.wait();
    std::vector<analysis::Trial> out;
    for (const sweep::Cell& cell : sweep.cells()) {
        if (!cell.error.empty()) {
            throw std::runtime_error(cell.error);
        }
        out.push_back(cell.trial);
    }
    return out;
}

const analysis::TrialNeurons pulsed_neurons {{0, {1, 2, 3, 4, 5, 6, 7, 8}, false}};

} // namespace

class TestRepeats : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_trial_is_the_run_with_its_seed();
    void a_pulse_makes_a_peak_where_it_acts();
    void the_first_trigger_after_the_baseline_counts();
    void a_pulse_late_in_a_run_is_given_early();
    void the_warm_up_is_waited_for();
    void listed_pulses_are_moved_as_one();
    void what_cannot_be_repeated_is_refused();
};

void TestRepeats::a_trial_is_the_run_with_its_seed()
{
    const auto request
        = sweep::repeats({pulsed(network(), 60.0), "pulse", window, pulsed_neurons, 4});
    QCOMPARE(request.trial->trigger, Step {600});
    const auto trials = trials_of(request);
    QVERIFY(trials == trials_of(request, 1));
    for (int i = 0; i < 4; ++i) {
        const auto document = pulsed(network(), 60.0).set("simulation/seed", 3.0 + i).document;
        SimulationOptions options;
        options.threads = 2;
        Simulation run(*document, options);
        run.advance(2000);
        const auto spikes = run.history()->spikes(0, 2000);
        QVERIFY(!spikes.empty());
        const auto expected = analysis::trial_of(spikes, 600, window, pulsed_neurons);
        QVERIFY(!expected.spikes.empty());
        QVERIFY(trials[static_cast<std::size_t>(i)] == expected);
    }
    QVERIFY(trials[0].spikes != trials[1].spikes);
}

void TestRepeats::a_pulse_makes_a_peak_where_it_acts()
{
    const auto trials
        = trials_of(sweep::repeats({pulsed(network(), 60.0), "pulse", window, pulsed_neurons, 20}));
    const auto psth = analysis::psth(trials, window, 10, 8, 0.1);
    // 30 pA into 1 pF lift V_m by 30 mV in 1 ms: every neuron that is not refractory fires in it.
    QVERIFY(psth.peak);
    QCOMPARE(psth.peak->from, Step {0});
    QVERIFY(psth.peak->rate_Hz.value > psth.baseline_Hz->value + 10.0 * psth.peak->rate_Hz.error);
    QVERIFY(psth.peak->rate_Hz.value > 800.0 && psth.peak->rate_Hz.value <= 1000.0);
    QVERIFY(psth.extra_spikes->value > 0.5);
    // The others are not driven.
    const analysis::TrialNeurons inhibitory {{1, {}, true}};
    const auto rest = analysis::psth(
        trials_of(sweep::repeats({pulsed(network(), 60.0), "pulse", window, inhibitory, 20})),
        window, 10, 20, 0.1);
    QVERIFY(rest.bins[20].rate_Hz.value < 0.2 * psth.peak->rate_Hz.value);
}

void TestRepeats::the_first_trigger_after_the_baseline_counts()
{
    const auto document = network(R"(, {"type": "pulses", "label": "flash", "target": "E",
        "amplitude": 20, "width": 3, "times": [10, 30, 90]})");
    const auto request = sweep::repeats({document, "flash", window, pulsed_neurons, 2});
    QCOMPARE(request.trial->trigger, Step {300});
    QCOMPARE(request.document.experiment().simulation.duration_ms, std::optional(60.0));
    QVERIFY(request.document.experiment().stimuli == document.experiment().stimuli);
}

void TestRepeats::a_pulse_late_in_a_run_is_given_early()
{
    // Two pulses far from the start: the last one, with its length.
    auto document = pulsed(pulsed(network(), 8000.0), 9000.0);
    QCOMPARE(document.experiment().stimuli.size(), std::size_t {3});
    const auto request = sweep::repeats({document, "pulse", window, pulsed_neurons, 2});
    QCOMPARE(request.trial->trigger, window.before);
    const auto& stimuli = request.document.experiment().stimuli;
    QCOMPARE(stimuli.size(), std::size_t {2});
    QCOMPARE(stimuli[1].start_ms, 20.0);
    QCOMPARE(*stimuli[1].stop_ms, 22.0);
    QVERIFY(
        analysis::same_conditions(request.document.experiment(), document.experiment(), "pulse"));
}

void TestRepeats::the_warm_up_is_waited_for()
{
    const auto document = pulsed(network({}, R"({"warmup": 70})"), 9000.0);
    QCOMPARE(
        sweep::repeats({document, "pulse", window, pulsed_neurons, 2}).trial->trigger, Step {700});
}

void TestRepeats::listed_pulses_are_moved_as_one()
{
    const auto edit = config::add_currents(
        network(), {{config::pulse_label, 0, {1, 2}, 30.0, 7000.0, 7005.0, {{100.0, 50}}}}, 0.0);
    const auto request = sweep::repeats({*edit.document, "pulse", window, pulsed_neurons, 2});
    QCOMPARE(request.trial->trigger, window.before);
    QVERIFY(analysis::trigger_onsets(request.document.experiment(), "pulse", 0, 100000)
        == (std::vector<Step> {200}));
}

void TestRepeats::what_cannot_be_repeated_is_refused()
{
    const auto refused = [](const config::PresetDocument& document, const std::string& trigger) {
        try {
            sweep::repeats({document, trigger, window, pulsed_neurons, 2});
        } catch (const core::InputError& error) {
            return core::text(error.diagnostics());
        }
        return std::string();
    };
    QVERIFY(QString::fromStdString(refused(network(), "pulse")).contains("has no onset"));
    const auto early = network(R"(, {"type": "step_current", "label": "step", "target": "E",
        "times": [10], "amplitudes": [20]})");
    QVERIFY(QString::fromStdString(refused(early, "step")).contains("begins 10 ms"));
}

QTEST_APPLESS_MAIN(TestRepeats)
#include "tst_repeats.moc"
