// What a person does to the chosen neurons of a network that runs.

#include "tests/ui/frames.hpp"
#include "tests/ui/isolated_settings.hpp"
#include "tests/ui/running_preset.hpp"
#include "ui/engine_bridge.hpp"
#include "ui/plots/change_flags.hpp"
#include "ui/selection/neuron_actions.hpp"
#include "ui/selection/selection_bar.hpp"
#include "ui/stimuli/stimulus_desk.hpp"

#include <QAction>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QUndoStack>

#include <set>

using ui::NeuronId;

class TestNeuronActions : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void without_neurons_nothing_can_be_done();
    void a_kick_is_one_step_for_all();
    void a_pulse_is_a_stimulus_that_can_be_taken_back();
    void a_silence_lasts_until_it_is_released();
    void the_bar_has_the_sizes();
    void flags_of_one_kick_are_one();

private:
    std::size_t stimuli() const { return m_bridge->document()->experiment().stimuli.size(); }

    IsolatedSettings m_settings;
    std::unique_ptr<ui::EngineBridge> m_bridge;
    std::unique_ptr<QUndoStack> m_undo;
    std::unique_ptr<ui::StimulusDesk> m_desk;
    std::unique_ptr<ui::NeuronSelection> m_selection;
    std::unique_ptr<ui::NeuronActions> m_actions;
    std::vector<engine::AppliedChange> m_changes;
};

void TestNeuronActions::init()
{
    m_changes.clear();
    m_bridge = std::make_unique<ui::EngineBridge>();
    m_undo = std::make_unique<QUndoStack>();
    m_desk = std::make_unique<ui::StimulusDesk>(*m_bridge, *m_undo);
    m_selection = std::make_unique<ui::NeuronSelection>();
    m_actions = std::make_unique<ui::NeuronActions>(*m_bridge, *m_desk, *m_selection);
    connect(m_bridge.get(), &ui::EngineBridge::frameReady, this, [this](const auto& frame) {
        m_changes.insert(m_changes.end(), frame.changes.begin(), frame.changes.end());
    });
    QVERIFY(runPreset(*m_bridge, frames::document(frames::network)));
}

void TestNeuronActions::cleanup()
{
    m_actions.reset();
    m_selection.reset();
    m_desk.reset();
    m_undo.reset();
    m_bridge.reset();
}

void TestNeuronActions::without_neurons_nothing_can_be_done()
{
    for (const QAction* action : m_actions->actions()) {
        QVERIFY(!action->isEnabled());
        QVERIFY(!action->shortcut().isEmpty());
    }
    m_selection->follow(NeuronId {1, 3});
    QVERIFY(m_actions->kickAction()->isEnabled());
    QVERIFY(!m_actions->releaseAction()->isEnabled());
    QCOMPARE(m_actions->targetsText(), QStringLiteral("I 3"));
    m_selection->choose({{0, 1}, {0, 2}, {1, 5}});
    QCOMPARE(m_actions->targetsText(), QStringLiteral("2 of E, I 5"));
    QCOMPARE(m_actions->currentUnit(), QStringLiteral("pA"));
}

void TestNeuronActions::a_kick_is_one_step_for_all()
{
    m_selection->choose({{0, 10}, {0, 11}, {1, 4}});
    m_actions->setSizes({.pulse = 1.0, .pulseMs = 5.0, .kickMv = 3.5, .silenceMs = 50.0});
    m_actions->kickAction()->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(m_changes.size(), std::size_t {3}, 20000);
    std::set<std::string> paths;
    for (const engine::AppliedChange& change : m_changes) {
        QCOMPARE(change.step, m_changes.front().step);
        const double jump = std::get<double>(change.after) - std::get<double>(change.before);
        QVERIFY(std::abs(jump - 3.5) < 1e-9);
        paths.insert(change.path);
    }
    QVERIFY(paths.count("populations/I/jump/4/V_m") == 1);
    const auto recording = m_bridge->recording();
    QCOMPARE(recording->as_run.experiment().events.size(), std::size_t {3});
}

void TestNeuronActions::a_pulse_is_a_stimulus_that_can_be_taken_back()
{
    const std::size_t before = stimuli();
    m_selection->choose({{0, 10}, {0, 11}, {1, 4}});
    m_actions->setSizes({.pulse = 321.0, .pulseMs = 7.0, .kickMv = 1.0, .silenceMs = 50.0});
    m_actions->pulseAction()->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(stimuli(), before + 2, 20000); // one for each population
    const auto& pulse = m_bridge->document()->experiment().stimuli.at(before);
    QVERIFY(pulse.targets.front().neurons == (std::vector<std::uint32_t> {10, 11}));
    QCOMPARE(std::get<engine::config::Dc>(pulse.source).amplitude, 321.0);
    QVERIFY(std::abs(*pulse.stop_ms - pulse.start_ms - 7.0) < 1e-9);
    QCOMPARE(m_undo->count(), 1);
    m_undo->undo();
    QTRY_COMPARE_WITH_TIMEOUT(stimuli(), before, 20000);
}

void TestNeuronActions::a_silence_lasts_until_it_is_released()
{
    const std::size_t before = stimuli();
    m_selection->choose({{0, 10}});
    m_actions->setSizes({.pulse = 1.0, .pulseMs = 7.0, .kickMv = 1.0, .silenceMs = 0.0});
    m_actions->silenceAction()->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(stimuli(), before + 1, 20000);
    QVERIFY(!m_bridge->document()->experiment().stimuli.back().stop_ms);
    QVERIFY(m_actions->releaseAction()->isEnabled());
    m_selection->clear(); // whoever is silenced can be released
    QVERIFY(m_actions->releaseAction()->isEnabled());
    m_actions->releaseAction()->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(stimuli(), before, 20000);
    QVERIFY(!m_actions->releaseAction()->isEnabled());
}

void TestNeuronActions::the_bar_has_the_sizes()
{
    ui::SelectionBar bar(*m_actions);
    QVERIFY(bar.isHidden());
    m_selection->choose({{0, 10}});
    QVERIFY(!bar.isHidden());
    // 1.5 times 20 mV/10 ms/250 pF or so: what takes the model's default neuron over its threshold.
    QVERIFY(bar.pulseSize()->value() > 0.0);
    QCOMPARE(bar.pulseSize()->suffix(), QStringLiteral(" pA"));
    bar.pulseSize()->setValue(123.0);
    bar.kickSize()->setValue(-4.0);
    bar.silenceMs()->setValue(0.0);
    QCOMPARE(m_actions->sizes().pulse, 123.0);
    QCOMPARE(m_actions->sizes().kickMv, -4.0);
    QCOMPARE(bar.silenceMs()->text(), QStringLiteral("until released"));
    m_selection->clear();
    QVERIFY(bar.isHidden());
}

void TestNeuronActions::flags_of_one_kick_are_one()
{
    const engine::core::TimeGrid grid(0.1);
    const std::vector<engine::AppliedChange> changes {
        {100, "g", 5.0, 4.0, false},
        {100, "populations/E/jump/1/V_m", 1.0, 2.0, false},
        {100, "populations/E/jump/2/V_m", 1.0, 2.0, false},
        {101, "populations/E/jump/2/V_m", 1.0, 2.0, false},
    };
    const auto flags = ui::flagsOf(changes, grid);
    QCOMPARE(flags.size(), std::size_t {3});
    QCOMPARE(flags[1].text(), QStringLiteral("V_m of 2 neurons"));
    QCOMPARE(flags[1].t, 10.0);
    QCOMPARE(flags[2].text(), QStringLiteral("V_m 1 → 2"));
}

QTEST_MAIN(TestNeuronActions)
#include "tst_neuron_actions.moc"
