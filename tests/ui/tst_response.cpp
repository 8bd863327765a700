// The response over repeats in the window: trials of the live run and of other seeds.

#include "engine/analysis/psth.hpp"
#include "engine/sweep/repeats.hpp"
#include "tests/ui/frames.hpp"
#include "tests/ui/isolated_settings.hpp"
#include "tests/ui/running_preset.hpp"
#include "ui/response/response_controls.hpp"
#include "ui/response/response_panel.hpp"
#include "ui/response/response_plot.hpp"
#include "ui/selection/neuron_actions.hpp"
#include "ui/stimuli/stimulus_desk.hpp"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QSpinBox>
#include <QToolButton>
#include <QUndoStack>

#include <algorithm>

using engine::analysis::Trial;
using engine::analysis::TrialWindow;
using engine::core::Step;
using ui::NeuronId;

namespace {

constexpr int patience = 120000;

double rest(std::size_t /*column*/, Step /*step*/) { return -65.0; }

/// Two populations; E gets pulses at 100, 200, 300 ms.
constexpr const char* pulsedNetwork
    = R"({"format": "spikescope-preset", "version": 1, "id": "net", "title": "Net",
  "variables": {"g": {"value": 5, "min": 0, "max": 8}},
  "simulation": {"dt": 0.1, "duration": 1000},
  "populations": [{"name": "E", "size": 4, "model": "iaf_psc_delta"},
                  {"name": "I", "size": 2, "model": "iaf_psc_delta"}],
  "projections": [
    {"source": "I", "target": "E", "rule": {"rule": "all_to_all"}, "weight": "-g * 0.1", "delay": 1.5}],
  "stimuli": [{"type": "pulses", "label": "flash", "target": {"population": "E", "neurons": [1, 2]},
    "amplitude": 500, "width": 5, "times": [100, 200, 300]}],
  "record": {"traces": [{"population": "E", "neurons": [0], "variables": ["V_m"]}], "spikes": ["E", "I"]}})";

/// A small noisy network that is to be pulsed while it runs.
constexpr const char* noisyNetwork
    = R"({"format": "spikescope-preset", "version": 1, "id": "noisy", "title": "Noisy",
  "simulation": {"dt": 0.1, "duration": 1000, "seed": 3, "speed": "max"},
  "populations": [
    {"name": "E", "size": 80, "model": "iaf_psc_delta",
     "params": {"tau_m": 20, "C_m": 1, "E_L": 0, "V_th": 20, "V_reset": 10, "t_ref": 2}},
    {"name": "I", "size": 20, "model": "iaf_psc_delta",
     "params": {"tau_m": 20, "C_m": 1, "E_L": 0, "V_th": 20, "V_reset": 10, "t_ref": 2}}],
  "projections": [
    {"source": "E", "target": "E", "weight": 0.2, "delay": 1.5, "rule": {"rule": "fixed_indegree", "indegree": 8}},
    {"source": "I", "target": "E", "weight": -1, "delay": 1.5, "rule": {"rule": "fixed_indegree", "indegree": 4}}],
  "stimuli": [{"type": "poisson", "label": "drive", "target": ["E", "I"], "rate": 12000, "weight": 0.1}],
  "record": {"spikes": ["E", "I"]}})";

} // namespace

class TestResponse : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void says_how_trials_come_where_there_are_none();
    void onsets_of_a_stimulus_are_trials();
    void trials_come_as_their_windows_end();
    void other_neurons_are_counted_in_the_same_trials();
    void other_values_begin_new_trials_before_the_old_ones();
    void a_repeated_sweep_adds_no_trials();
    void a_low_plot_has_its_trials_beside();
    void data_leaves_as_csv();
    void pulses_and_repeats_of_a_live_run_are_its_spikes();
    void a_kick_is_a_trial();
    void other_seeds_run_in_the_background();
    void what_cannot_be_run_is_said();

private:
    ui::ResponsePlot& plot() { return m_panel->plot(); }
    ui::ResponseControls& controls() { return m_panel->controls(); }
    bool hasTrials(std::size_t count)
    {
        return QTest::qWaitFor([&] { return plot().trials().size() == count; }, patience);
    }
    /// A slow window is behind a running network: what it does in a pause is surely in time.
    template <class Act> void inPause(Act&& act)
    {
        m_bridge->post(engine::Pause {});
        QVERIFY(QTest::qWaitFor(
            [&] { return m_bridge->status().state == engine::RunState::paused; }, patience));
        QTest::qWait(50); // the last frame of the run
        act();
        m_bridge->post(engine::Run {});
    }
    void choose(QComboBox* box, const QString& text) { box->setCurrentIndex(box->findText(text)); }

    IsolatedSettings m_settings;
    std::unique_ptr<ui::EngineBridge> m_bridge;
    std::unique_ptr<QUndoStack> m_undo;
    std::unique_ptr<ui::StimulusDesk> m_desk;
    std::unique_ptr<ui::NeuronSelection> m_selection;
    std::unique_ptr<ui::NeuronActions> m_actions;
    std::unique_ptr<ui::ResponsePanel> m_panel;
};

void TestResponse::init()
{
    QSettings().clear();
    m_bridge = std::make_unique<ui::EngineBridge>();
    m_undo = std::make_unique<QUndoStack>();
    m_desk = std::make_unique<ui::StimulusDesk>(*m_bridge, *m_undo);
    m_selection = std::make_unique<ui::NeuronSelection>();
    m_actions = std::make_unique<ui::NeuronActions>(*m_bridge, *m_desk, *m_selection);
    m_panel = std::make_unique<ui::ResponsePanel>(*m_bridge, *m_actions);
    m_panel->resize(360, 500);
    m_panel->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_panel.get()));
}

void TestResponse::cleanup()
{
    m_panel.reset();
    m_bridge->stop();
    m_actions.reset();
    m_desk.reset();
    m_bridge.reset();
}

void TestResponse::says_how_trials_come_where_there_are_none()
{
    QVERIFY(m_panel->words().contains("Ctrl+drag"));
    frames::Sweep sweep(frames::document(frames::network), 1, 0, rest);
    m_bridge->deliver(sweep.next(1000));
    QTest::qWait(300);
    QVERIFY(m_panel->words().contains("Ctrl+drag"));
    QVERIFY(!controls().triggers()->isEnabled());
    QVERIFY(!controls().repeat()->isEnabled());
    m_selection->choose({{0, 3}});
    QVERIFY(controls().repeat()->isEnabled());
}

void TestResponse::onsets_of_a_stimulus_are_trials()
{
    frames::Sweep sweep(frames::document(pulsedNetwork), 1, 0, rest);
    // Of the stimulated neurons, with baseline and response; others and other times.
    sweep.spike(700, 0, 1);
    sweep.spike(1031, 0, 1);
    sweep.spike(1031, 0, 3);
    sweep.spike(1031, 1, 1);
    sweep.spike(2031, 0, 1);
    sweep.spike(2031, 0, 2);
    sweep.spike(2500, 0, 2);
    m_bridge->deliver(sweep.next(4500));
    QVERIFY(hasTrials(3));
    QCOMPARE(controls().triggers()->currentText(), QStringLiteral("flash"));
    QCOMPARE(plot().psth().neurons, std::size_t {2});
    const std::vector<Trial> expected {{1000, {{-300, 1}, {31, 1}}}, {2000, {{31, 2}, {500, 1}}}};
    QVERIFY(plot().trials()[0] == expected[0]);
    QVERIFY(plot().trials()[1] == expected[1]);
    QVERIFY(plot().trials()[2].spikes.empty());
    // Three spikes of two neurons in three trials in a bin of 2 ms.
    const auto& psth = plot().psth();
    QCOMPARE(psth.width, Step {20});
    QCOMPARE(psth.peak->from, Step {20});
    QVERIFY(std::abs(psth.peak->rate_Hz.value - 250.0) < 1e-9);
    QVERIFY(std::abs(psth.baseline_Hz->value - 1.0 / (3 * 2 * 0.05)) < 1e-9);
    QVERIFY2(m_panel->words().contains("3 trials of 2 neurons"), qPrintable(m_panel->words()));
    QVERIFY2(m_panel->words().contains("at 3.0 ms"), qPrintable(m_panel->words()));
    QVERIFY(!plot().hint().current.isEmpty());
    QVERIFY(!plot().hint().mark);
    QVERIFY(!plot().baselineGraph()->data()->isEmpty());
}

void TestResponse::trials_come_as_their_windows_end()
{
    frames::Sweep sweep(frames::document(pulsedNetwork), 1, 0, rest);
    m_bridge->deliver(sweep.next(1999)); // a step before the end of the window
    QTest::qWait(300);
    QVERIFY(plot().trials().empty());
    m_bridge->deliver(sweep.next(2000));
    QVERIFY(hasTrials(1));
    controls().before()->setValue(150.0); // before the run began
    m_bridge->deliver(sweep.next(3000));
    QVERIFY(hasTrials(1));
    QVERIFY(QTest::qWaitFor([&] { return plot().trials().front().trigger == 2000; }, patience));
}

void TestResponse::other_neurons_are_counted_in_the_same_trials()
{
    frames::Sweep sweep(frames::document(pulsedNetwork), 1, 0, rest);
    sweep.spike(1010, 0, 1);
    sweep.spike(1020, 0, 3);
    sweep.spike(1030, 1, 0);
    m_bridge->deliver(sweep.next(4500));
    QVERIFY(hasTrials(3));
    const auto firstIs = [&](const std::vector<engine::analysis::SpikesAt>& spikes) {
        return QTest::qWaitFor(
            [&] { return plot().trials().size() == 3 && plot().trials()[0].spikes == spikes; },
            patience);
    };
    choose(controls().neurons(), "E");
    QVERIFY(firstIs({{10, 1}, {20, 1}}));
    choose(controls().neurons(), "all neurons");
    QVERIFY(firstIs({{10, 1}, {20, 1}, {30, 1}}));
    QCOMPARE(plot().psth().neurons, std::size_t {6});
    m_selection->choose({{0, 3}, {1, 0}});
    choose(controls().neurons(), "chosen neurons");
    QVERIFY(firstIs({{20, 1}, {30, 1}}));
    m_selection->follow(NeuronId {1, 0});
    choose(controls().neurons(), "followed neuron");
    QVERIFY(firstIs({{30, 1}}));
}

void TestResponse::other_values_begin_new_trials_before_the_old_ones()
{
    const auto document = frames::document(pulsedNetwork);
    frames::Sweep sweep(document, 1, 0, rest);
    sweep.spike(1010, 0, 1);
    m_bridge->deliver(sweep.next(2100));
    QVERIFY(hasTrials(1));
    engine::Frame frame = sweep.next(2200); // the second trial is under way
    frame.document = with(document, "g", 3.0);
    frame.changes.push_back({2150, "g", 5.0, 3.0, false});
    m_bridge->deliver(frame);
    QVERIFY(hasTrials(0));
    QVERIFY(!plot().earlierGraph()->data()->isEmpty());
    engine::Frame last = sweep.next(4500);
    last.document = frame.document;
    m_bridge->deliver(last);
    QVERIFY(hasTrials(1)); // what was begun with other values is none
    QCOMPARE(plot().trials()[0].trigger, Step {3000});
    QVERIFY(!plot().earlierGraph()->data()->isEmpty());
}

void TestResponse::a_repeated_sweep_adds_no_trials()
{
    const auto document = frames::document(pulsedNetwork);
    frames::Sweep first(document, 1, 0, rest);
    m_bridge->deliver(first.next(4500));
    QVERIFY(hasTrials(3));
    frames::Sweep second(document, 1, 1, rest);
    second.spike(1010, 0, 1);
    m_bridge->deliver(second.next(2100));
    QVERIFY(QTest::qWaitFor([&] { return !plot().trials()[0].spikes.empty(); }, patience));
    QCOMPARE(plot().trials().size(), std::size_t {3}); // the others as they were
}

void TestResponse::a_low_plot_has_its_trials_beside()
{
    QVERIFY(!plot().hasTrialsBeside());
    QVERIFY(plot().rasterRect()->bottom() < plot().xAxis->axisRect()->top());
    m_panel->resize(1000, 150);
    QVERIFY(QTest::qWaitFor([&] { return plot().hasTrialsBeside(); }, patience));
    plot().replot();
    QVERIFY(plot().rasterRect()->right() < plot().xAxis->axisRect()->left());
    QVERIFY(plot().rasterRect()->height() > 40);
    m_panel->resize(360, 500);
    QVERIFY(QTest::qWaitFor([&] { return !plot().hasTrialsBeside(); }, patience));
    plot().replot();
    QVERIFY(plot().rasterRect()->bottom() < plot().xAxis->axisRect()->top());
}

void TestResponse::data_leaves_as_csv()
{
    frames::Sweep sweep(frames::document(pulsedNetwork), 1, 0, rest);
    sweep.spike(1031, 0, 1);
    sweep.spike(1031, 0, 2);
    controls().before()->setValue(10.0);
    controls().after()->setValue(10.0);
    controls().bin()->setValue(10.0);
    m_bridge->deliver(sweep.next(2500));
    QVERIFY(hasTrials(2));
    QCOMPARE(
        plot().csv(), std::string("from_ms,to_ms,rate_Hz,rate_error_Hz\n-10,0,0,0\n0,10,50,50\n"));
    QCOMPARE(plot().trialsCsv(), std::string("trial,trigger_ms,time_ms,spikes\n1,100,3.1,2\n"));
    QVERIFY(plot().isInRaster(plot().rasterRect()->center()));
    QVERIFY(!plot().isInRaster(plot().xAxis->axisRect()->center()));
}

void TestResponse::pulses_and_repeats_of_a_live_run_are_its_spikes()
{
    QVERIFY(runPreset(*m_bridge, frames::document(noisyNetwork)));
    std::vector<NeuronId> neurons;
    for (std::uint32_t n = 10; n < 20; ++n) {
        neurons.push_back({0, n});
    }
    m_selection->choose(neurons);
    m_actions->setSizes({.pulse = 30.0, .pulseMs = 2.0});
    m_bridge->post(engine::SetSpeed {20.0});
    controls().every()->setValue(200.0);
    controls().count()->setValue(6);
    inPause([&] { controls().repeat()->click(); });
    QVERIFY(hasTrials(6));
    inPause([&] { m_actions->pulseAction()->trigger(); });
    QVERIFY(hasTrials(7)); // the same pulse
    m_bridge->post(engine::Pause {});
    const auto history = m_bridge->recording()->history;
    const auto all = history->spikes(0, history->published());
    std::vector<Trial> expected;
    for (const Trial& trial : plot().trials()) {
        expected.push_back(engine::analysis::trial_of(all, trial.trigger, {500, 1000},
            {{0, {10, 11, 12, 13, 14, 15, 16, 17, 18, 19}, false}}));
        QVERIFY(trial == expected.back());
    }
    for (int i = 1; i < 6; ++i) {
        const auto n = static_cast<std::size_t>(i);
        QCOMPARE(expected[n].trigger - expected[n - 1].trigger, Step {2000});
    }
    // 30 pA into 1 pF lift V_m from anywhere beyond the threshold within 1 ms.
    const auto& psth = plot().psth();
    QCOMPARE(psth.neurons, std::size_t {10});
    QCOMPARE(psth.peak->from, Step {0});
    const auto again = engine::analysis::psth(expected, {500, 1000}, 20, 10, 0.1);
    QCOMPARE(psth.peak->rate_Hz.value, again.peak->rate_Hz.value);
    QCOMPARE(psth.extra_spikes->error, again.extra_spikes->error);
    QVERIFY(psth.peak->rate_Hz.value > psth.baseline_Hz->value + 5.0 * psth.peak->rate_Hz.error);
    // Of another size: another response.
    m_actions->setSizes({.pulse = 60.0, .pulseMs = 2.0});
    inPause([&] { m_actions->pulseAction()->trigger(); });
    QVERIFY(hasTrials(1));
    QVERIFY(!plot().earlierGraph()->data()->isEmpty());
}

void TestResponse::a_kick_is_a_trial()
{
    QVERIFY(runPreset(*m_bridge, frames::document(noisyNetwork)));
    m_bridge->post(engine::SetSpeed {5.0});
    std::vector<NeuronId> neurons {{1, 2}};
    for (std::uint32_t n = 0; n < 9; ++n) {
        neurons.push_back({0, n});
    }
    m_selection->choose(neurons);
    m_actions->setSizes({.pulseMs = 2.0, .kickMv = 40.0});
    QVERIFY(QTest::qWaitFor([&] { return m_bridge->status().t_ms > 100.0; }, patience));
    m_actions->kickAction()->trigger();
    QVERIFY(QTest::qWaitFor([&] { return controls().triggers()->count() == 1; }, patience));
    QCOMPARE(controls().triggers()->currentText(), QStringLiteral("kick (J)"));
    QVERIFY(hasTrials(1));
    QCOMPARE(plot().psth().neurons, std::size_t {10});
    QVERIFY(plot().hint().mark);
    // Those that are not refractory fire in the step that follows the jump.
    const auto& spikes = plot().trials()[0].spikes;
    QVERIFY(std::any_of(spikes.begin(), spikes.end(),
        [](const auto& at) { return at.offset == 1 && at.count >= 3; }));
}

void TestResponse::other_seeds_run_in_the_background()
{
    auto document = frames::document(noisyNetwork);
    document = *engine::config::add_currents(
        document, {{engine::config::pulse_label, 0, {1, 2, 3}, 30.0, 60.0, 62.0, {}}}, 0.0)
                    .document;
    QVERIFY(runPreset(*m_bridge, document));
    m_bridge->post(engine::Pause {});
    QVERIFY(QTest::qWaitFor([&] { return controls().triggers()->count() == 1; }, patience));
    controls().seeds()->setValue(5);
    controls().run()->click();
    QVERIFY(controls().showsSeeds());
    QVERIFY(hasTrials(5));
    QVERIFY(QTest::qWaitFor([&] { return !m_panel->busy(); }, patience));
    QCOMPARE(controls().run()->text(), QStringLiteral("Run"));
    const auto request = engine::sweep::repeats(
        {*m_bridge->document(), "pulse", {500, 1000}, {{0, {1, 2, 3}, false}}, 5});
    const engine::sweep::Sweep sweep(request, 1, engine::sweep::Sweep::Urgency::foreground);
    sweep.wait();
    const auto cells = sweep.cells();
    for (std::size_t i = 0; i < cells.size(); ++i) {
        QVERIFY(plot().trials()[i] == cells[i].trial);
    }
    // Once more: those before stay behind. Given up, those that are done stay.
    controls().seeds()->setValue(1000);
    controls().run()->click();
    QVERIFY(QTest::qWaitFor(
        [&] { return !plot().earlierGraph()->data()->isEmpty() && !plot().trials().empty(); },
        patience));
    controls().run()->click();
    QVERIFY(!m_panel->busy());
    QVERIFY(!plot().trials().empty());
}

void TestResponse::what_cannot_be_run_is_said()
{
    QSignalSpy reports(m_panel.get(), &ui::ResponsePanel::report);
    frames::Sweep sweep(frames::document(frames::network), 1, 0, rest);
    m_bridge->deliver(sweep.next(1000));
    controls().run()->click();
    QCOMPARE(reports.size(), 1);
    QVERIFY(reports.front()[0].toString().contains("no trigger"));
    QVERIFY(reports.front()[1].toBool());
    QVERIFY(!controls().showsSeeds());
}

QTEST_MAIN(TestResponse)
#include "tst_response.moc"
