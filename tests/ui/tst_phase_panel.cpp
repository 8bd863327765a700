#include "tests/ui/isolated_settings.hpp"
#include "tests/ui/running_preset.hpp"
#include "ui/panels/phase_panel.hpp"
#include "ui/plots/phase_plot.hpp"
#include "ui/plots/phase_trail.hpp"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QtTest>

#include <cmath>

using engine::theory::PhaseXY;
using engine::theory::PointKind;

namespace {

std::size_t points(const ui::PhaseTrail& trail)
{
    std::size_t n = 0;
    for (const auto& shade : trail.parts()) {
        for (const auto& way : shade.ways) {
            n += way.size();
        }
    }
    return n;
}

} // namespace

/// The phase plane over the real engine.
class TestPhasePanel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void a_trail_ends_at_the_neuron_and_is_no_longer_than_asked();
    void a_trail_grows_fainter_with_age();
    void what_cannot_be_seen_is_left_out_of_a_trail();
    void a_reset_is_a_jump_from_the_peak();
    void a_new_sweep_is_not_joined_to_the_last();
    void curves_and_points_follow_slider_and_stimulus();
    void numbers_of_a_run_that_stands_are_its_own();
    void the_trail_is_what_the_run_records();
    void dragging_the_point_over_the_threshold_gives_a_spike();
    void dragging_elsewhere_moves_the_view();
    void arrow_keys_move_the_point();
    void a_kick_is_logged_and_repeats();
    void glif_moves_voltage_and_threshold();
    void lif_has_its_slope();
    void what_is_not_recorded_is_said_and_can_be_recorded();
    void a_neuron_can_be_chosen();

private:
    ui::PhasePlot& plot() { return m_panel->plot(); }
    bool run(const engine::config::PresetDocument& document);

    IsolatedSettings m_settings;
    std::unique_ptr<ui::EngineBridge> m_bridge;
    std::unique_ptr<ui::PhasePanel> m_panel;
    std::vector<engine::AppliedChange> m_changes;
    std::vector<engine::recording::Spike> m_spikes;
};

void TestPhasePanel::init()
{
    m_bridge = std::make_unique<ui::EngineBridge>();
    m_panel = std::make_unique<ui::PhasePanel>(*m_bridge);
    m_panel->resize(420, 460);
    m_panel->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_panel.get()));
    m_changes.clear();
    m_spikes.clear();
    connect(
        m_bridge.get(), &ui::EngineBridge::frameReady, this, [this](const engine::Frame& frame) {
            m_changes.insert(m_changes.end(), frame.changes.begin(), frame.changes.end());
            m_spikes.insert(m_spikes.end(), frame.spikes.begin(), frame.spikes.end());
        });
}

void TestPhasePanel::cleanup()
{
    m_bridge->stop();
    m_panel.reset();
    m_bridge.reset();
}

bool TestPhasePanel::run(const engine::config::PresetDocument& document)
{
    return runPreset(*m_bridge, document)
        && QTest::qWaitFor([this] { return !plot().trail().empty(); }, 20000);
}

void TestPhasePanel::a_trail_ends_at_the_neuron_and_is_no_longer_than_asked()
{
    ui::PhaseTrail trail;
    trail.setLength(100.0);
    for (int i = 0; i <= 1000; ++i) {
        trail.add(i, {std::sin(0.1 * i), std::cos(0.1 * i)});
    }
    QCOMPARE(trail.tip().x, std::sin(100.0));
    QCOMPARE(trail.size(), std::size_t {101});
    QVERIFY(trail.extent().high.x > 0.99 && trail.extent().low.y < -0.99);
}

void TestPhasePanel::a_trail_grows_fainter_with_age()
{
    ui::PhaseTrail trail;
    trail.setLength(100.0);
    for (int i = 0; i <= 100; ++i) {
        trail.add(i, {double(i), 0.0});
    }
    const auto parts = trail.parts();
    double last = -1.0;
    for (const auto& shade : parts) {
        QCOMPARE(shade.ways.size(), std::size_t {1});
        QVERIFY(shade.ways[0].front().x >= last); // joined to the shade before
        QVERIFY(shade.ways[0].front().x <= last + 1.0 || last < 0.0);
        last = shade.ways[0].back().x;
    }
    QCOMPARE(last, 100.0);
}

void TestPhasePanel::what_cannot_be_seen_is_left_out_of_a_trail()
{
    ui::PhaseTrail trail;
    trail.setLength(1e9);
    trail.setResolution({0.5, 0.5});
    for (int i = 0; i <= 100000; ++i) {
        trail.add(i, {1e-3 * i, 0.0}); // 100 across
    }
    QVERIFY(points(trail) > 150 && points(trail) < 260);
    QCOMPARE(trail.tip().x, 100.0);
    for (int i = 0; i < 100000; ++i) {
        trail.add(100001 + i, {double(i % 2 * 10), 0.0});
    }
    QVERIFY(points(trail) < 4000); // however it moves
}

void TestPhasePanel::a_reset_is_a_jump_from_the_peak()
{
    ui::PhaseTrail trail;
    trail.add(1.0, {10.0, 1.0});
    trail.addReset(2.0, {30.0, 1.0}, {-65.0, 9.0});
    trail.add(3.0, {-64.0, 8.9});
    const auto newest = trail.parts().back();
    QCOMPARE(newest.resets.size(), std::size_t {1});
    QCOMPARE(newest.resets[0].front().x, 30.0);
    QCOMPARE(newest.resets[0].back().y, 9.0);
    for (const auto& way : newest.ways) {
        for (std::size_t i = 1; i < way.size(); ++i) {
            QVERIFY(std::abs(way[i].x - way[i - 1].x) < 50.0); // none goes the way of the reset
        }
    }
}

void TestPhasePanel::a_new_sweep_is_not_joined_to_the_last()
{
    ui::PhaseTrail trail;
    trail.setLength(50.0);
    trail.add(99.0, {0.0, 0.0});
    trail.add(100.0, {1.0, 0.0});
    trail.beginSweep();
    trail.add(1.0, {80.0, 0.0});
    trail.add(2.0, {81.0, 0.0});
    QCOMPARE(trail.size(), std::size_t {4}); // the last one goes on fading
    for (const auto& shade : trail.parts()) {
        for (const auto& way : shade.ways) {
            QVERIFY(std::abs(way.back().x - way.front().x) < 2.0);
        }
    }
}

void TestPhasePanel::curves_and_points_follow_slider_and_stimulus()
{
    QVERIFY(run(with(shippedPreset("izh2003-rs"), "I", 0.0)));
    QTRY_COMPARE(plot().fixedPoints().size(), std::size_t {2});
    QCOMPARE(plot().fixedPoints()[0].kind, PointKind::stable_node);
    QTRY_VERIFY(m_panel->spoken().contains(QStringLiteral("stable node at (-70.0")));
    m_bridge->post(engine::SetValues {{{"populations/n/params/b", 0.25}}});
    QTRY_VERIFY(
        plot().fixedPoints().size() == 2 && std::abs(plot().fixedPoints()[0].at.x + 64.4) < 0.1);
    m_bridge->post(engine::SetValues {{{"I", 10.0}}}); // acts from 30 ms on
    QTRY_VERIFY(plot().fixedPoints().empty());
    QTRY_VERIFY(m_panel->spoken().contains(QStringLiteral("no point of rest")));
}

void TestPhasePanel::numbers_of_a_run_that_stands_are_its_own()
{
    QVERIFY(run(shippedPreset("izh2003-rs")));
    m_bridge->post(engine::Pause {});
    m_bridge->post(engine::ResetState {});
    for (int i = 1; i <= 7; ++i) { // more often than numbers change in a run
        m_bridge->post(engine::StepOnce {400});
        QTRY_COMPARE(m_bridge->status().t_ms, 40.0 * i);
        QTRY_VERIFY(m_panel->spoken().startsWith(
            QStringLiteral("V_m %1 mV").arg(plot().trail().tip().x, 0, 'f', 1)));
        QVERIFY(m_panel->spoken().contains(QStringLiteral("I 10")));
    }
}

void TestPhasePanel::the_trail_is_what_the_run_records()
{
    QVERIFY(run(shippedPreset("izh2003-rs")));
    m_bridge->post(engine::Pause {});
    QTRY_COMPARE(m_bridge->status().state, engine::RunState::paused);
    QTest::qWait(50);
    std::optional<engine::Frame> last;
    connect(m_bridge.get(), &ui::EngineBridge::frameReady, this,
        [&](const engine::Frame& frame) { last = frame; });
    m_bridge->post(engine::StepOnce {});
    QTRY_VERIFY(last && !last->traces.empty() && !last->traces[0].values.empty());
    QCOMPARE(plot().trail().tip().x, last->traces[0].values[0]); // V_m
    QCOMPARE(plot().trail().tip().y, last->traces[0].values[1]); // U_m
}

void TestPhasePanel::dragging_the_point_over_the_threshold_gives_a_spike()
{
    QVERIFY(run(with(shippedPreset("izh2003-rs"), "I", 0.0)));
    m_bridge->post(engine::Pause {});
    QTRY_COMPARE(m_bridge->status().state, engine::RunState::paused);
    QTest::qWait(100);
    QVERIFY(m_spikes.empty());
    const QPoint from = plot().tipPixel();
    const QPoint to(qRound(plot().xAxis->coordToPixel(31.0)), from.y() - 20);
    const double u = plot().yAxis->pixelToCoord(to.y());
    QTest::mousePress(&plot(), Qt::LeftButton, Qt::NoModifier, from);
    QTest::mouseMove(&plot(), to);
    QTest::mouseRelease(&plot(), Qt::LeftButton, Qt::NoModifier, to);
    m_bridge->post(engine::StepOnce {5});
    QTRY_COMPARE(m_changes.size(), std::size_t {2});
    QCOMPARE(m_changes[0].path, std::string("populations/n/state/0/V_m"));
    QVERIFY(std::abs(std::get<double>(m_changes[0].after) - 31.0) < 1.0);
    QCOMPARE(std::get<double>(m_changes[1].after), u);
    QTRY_COMPARE(m_spikes.size(), std::size_t {1});
    QTRY_VERIFY(std::abs(plot().trail().tip().y - (u + 8.0)) < 1.0); // d
}

void TestPhasePanel::dragging_elsewhere_moves_the_view()
{
    QVERIFY(run(shippedPreset("izh2003-rs")));
    m_bridge->post(engine::Pause {});
    QTRY_COMPARE(m_bridge->status().state, engine::RunState::paused);
    QTest::qWait(100);
    const QCPRange before = plot().xAxis->range();
    const QPoint from = plot().axisRect()->rect().center();
    QVERIFY((from - plot().tipPixel()).manhattanLength() > 20);
    QTest::mousePress(&plot(), Qt::LeftButton, Qt::NoModifier, from);
    QTest::mouseMove(&plot(), from + QPoint(40, 0));
    QTest::mouseRelease(&plot(), Qt::LeftButton, Qt::NoModifier, from + QPoint(40, 0));
    QVERIFY(plot().xAxis->range().lower < before.lower);
    QVERIFY(std::abs(plot().xAxis->range().size() - before.size()) < 1e-9);
    QVERIFY(m_changes.empty());
    QTest::mouseDClick(&plot(), Qt::LeftButton, Qt::NoModifier, from);
    QVERIFY(std::abs(plot().xAxis->range().lower - before.lower) < 1e-6);
}

void TestPhasePanel::arrow_keys_move_the_point()
{
    QVERIFY(run(with(shippedPreset("izh2003-rs"), "I", 0.0)));
    m_bridge->post(engine::Pause {});
    QTRY_COMPARE(m_bridge->status().state, engine::RunState::paused);
    QTest::keyClick(&plot(), Qt::Key_Right);
    QTRY_COMPARE(m_changes.size(), std::size_t {2});
    const double once = std::get<double>(m_changes[0].after);
    QVERIFY(once > std::get<double>(m_changes[0].before) + 1.0);
    // The point stands where it was put, and the next key goes on from there.
    QVERIFY(std::abs(plot().point().x - once) < 1e-9);
    QTest::keyClick(&plot(), Qt::Key_Right);
    QTRY_COMPARE(m_changes.size(), std::size_t {4});
    QVERIFY(std::get<double>(m_changes[2].after) > once + 1.0);
    QVERIFY(m_panel->spoken().contains(QStringLiteral("V_m %1").arg(plot().point().x, 0, 'f', 1)));
    m_bridge->post(engine::StepOnce {});
    QTRY_VERIFY(plot().point().x == plot().trail().tip().x); // it tells where it is
}

void TestPhasePanel::a_kick_is_logged_and_repeats()
{
    QVERIFY(run(with(shippedPreset("izh2003-rs"), "I", 0.0)));
    m_panel->kickSize()->setValue(25.0);
    m_panel->kickAction()->trigger();
    QTRY_COMPARE(m_changes.size(), std::size_t {1});
    QCOMPARE(m_changes[0].path, std::string("populations/n/jump/0/V_m"));
    const double jump
        = std::get<double>(m_changes[0].after) - std::get<double>(m_changes[0].before);
    QVERIFY(std::abs(jump - 25.0) < 1e-9);
    QTRY_COMPARE(m_spikes.size(), std::size_t {1}); // from rest beyond the saddle at -50
}

void TestPhasePanel::glif_moves_voltage_and_threshold()
{
    QVERIFY(run(shippedPreset("glif-lif-r-asc-a")));
    QCOMPARE(plot().plane()->axes().y, std::string("threshold"));
    m_bridge->post(engine::Pause {});
    QTRY_COMPARE(m_bridge->status().state, engine::RunState::paused);
    QTest::qWait(100);
    const PhaseXY tip = plot().trail().tip();
    Q_EMIT plot().pointMoved({tip.x - 3.0, tip.y + 2.0});
    QTRY_COMPARE(m_changes.size(), std::size_t {2});
    QCOMPARE(
        m_changes[1].path.substr(m_changes[1].path.rfind('/')), std::string("/threshold_spike"));
    QVERIFY(
        std::abs(std::get<double>(m_changes[1].after) - std::get<double>(m_changes[1].before) - 2.0)
        < 1e-9);
    m_bridge->post(engine::StepOnce {});
    QTRY_VERIFY(std::abs(plot().trail().tip().y - tip.y - 2.0) < 0.2);
}

void TestPhasePanel::lif_has_its_slope()
{
    QVERIFY(run(shippedPreset("lif-dc")));
    QTRY_VERIFY(plot().trail().size() > 3);
    QVERIFY(plot().plane()->axes().y.empty());
    Q_EMIT plot().pointMoved({0.0, 5.0});
    QTRY_COMPARE(m_changes.size(), std::size_t {1}); // the slope is no state
}

void TestPhasePanel::what_is_not_recorded_is_said_and_can_be_recorded()
{
    auto loaded = engine::config::PresetDocument::parse(
        R"({"format": "spikescope-preset", "version": 1, "id": "n", "title": "N",
          "simulation": {"dt": 0.1, "duration": null},
          "populations": [{"name": "n", "size": 1, "model": "izhikevich"}],
          "record": {"traces": [{"population": "n", "neurons": [0], "variables": ["V_m"]}]}})",
        "test", {});
    QVERIFY(loaded.document.has_value());
    QVERIFY(runPreset(*m_bridge, *loaded.document));
    QVERIFY2(m_panel->hint().contains(QStringLiteral("V_m, U_m")), qPrintable(m_panel->hint()));
    QVERIFY(m_panel->recordButton()->isVisible());
    QVERIFY(!m_panel->kickAction()->isEnabled());
    connect(m_panel.get(), &ui::PhasePanel::documentWanted, this,
        [this](const engine::config::PresetDocument& document) {
            m_bridge->post(engine::Open {document, true});
        });
    m_panel->recordButton()->click();
    QTRY_VERIFY(!plot().trail().empty());
    QVERIFY(!m_panel->recordButton()->isVisible());
    QVERIFY(m_panel->hint().isEmpty());
}

void TestPhasePanel::a_neuron_can_be_chosen()
{
    auto loaded = engine::config::PresetDocument::parse(
        R"({"format": "spikescope-preset", "version": 1, "id": "n", "title": "N",
          "simulation": {"dt": 0.1, "duration": null},
          "populations": [{"name": "a", "size": 2, "model": "izhikevich"},
                          {"name": "b", "size": 1, "model": "iaf_psc_delta"}],
          "record": {"traces": [{"population": "a", "neurons": [0, 1], "variables": ["V_m", "U_m"]},
                                {"population": "b", "neurons": [0], "variables": ["V_m", "I"]}]}})",
        "test", {});
    QVERIFY(loaded.document.has_value());
    QVERIFY(run(*loaded.document));
    auto* choice = m_panel->findChild<QComboBox*>();
    QCOMPARE(choice->count(), 3);
    QVERIFY(m_panel->hint().contains(QStringLiteral("I is not recorded")));
    choice->setFocus();
    QTest::keyClick(choice, Qt::Key_Down);
    QTest::keyClick(choice, Qt::Key_Down);
    QTRY_VERIFY(plot().plane()->axes().y.empty());
    QVERIFY(m_panel->hint().isEmpty());
    m_panel->kickAction()->trigger();
    QTRY_COMPARE(m_changes.size(), std::size_t {1});
    QCOMPARE(m_changes[0].path, std::string("populations/b/jump/0/V_m"));
}

QTEST_MAIN(TestPhasePanel)
#include "tst_phase_panel.moc"
