#include "tests/ui/frames.hpp"
#include "tests/ui/isolated_settings.hpp"
#include "ui/engine_bridge.hpp"
#include "ui/plots/cursor_strip.hpp"
#include "ui/plots/cursor_table.hpp"
#include "ui/plots/plot_area.hpp"
#include "ui/plots/time_cursors.hpp"
#include "ui/plots/trace_panel.hpp"
#include "ui/widgets/steady_table.hpp"

#include <QApplication>
#include <QClipboard>
#include <QToolButton>

using engine::core::Step;

/// Frames made by hand are delivered to the plots of a window; the cursors are driven by mouse and
/// keys, and what they show is compared with the samples.
class TestCursors : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void values_are_the_samples_of_the_history();
    void a_thinned_line_still_has_exact_values();
    void a_line_goes_through_every_panel();
    void follows_the_mouse_until_a_click_pins_it();
    void a_drag_moves_a_pinned_line_and_not_the_view();
    void arrows_move_by_samples();
    void tab_switches_and_escape_removes();
    void cursors_snap_to_spikes();
    void control_and_arrows_go_from_spike_to_spike();
    void a_sweep_that_is_not_there_yet_shows_the_one_before();
    void measures_between_cursors();
    void rate_at_a_cursor_is_that_of_its_bin();
    void measurement_tells_what_is_no_longer_recorded();
    void table_can_be_copied();
    void another_preset_takes_the_cursors_away();

private:
    ui::TimeCursors& cursors() { return m_area->cursors(); }
    ui::TimePlot& panel(std::size_t index) { return *m_area->panels().at(index); }
    int pixel(double t) { return static_cast<int>(panel(0).xAxis->coordToPixel(t)); }
    QPoint point(double t, int index = 0)
    {
        return {pixel(t), panel(static_cast<std::size_t>(index)).height() / 2};
    }
    void move(QPoint to, Qt::MouseButton button = Qt::NoButton, Qt::KeyboardModifiers keys = {})
    {
        QMouseEvent event(
            QEvent::MouseMove, to, panel(0).mapToGlobal(to), Qt::NoButton, button, keys);
        QApplication::sendEvent(&panel(0), &event);
    }

    IsolatedSettings m_settings;
    std::unique_ptr<ui::EngineBridge> m_bridge;
    std::unique_ptr<ui::PlotArea> m_area;
};

namespace {

double sample(std::size_t column, Step step)
{
    const double t = 0.1 * static_cast<double>(step);
    return column == 0 ? -65.0 + 10.0 * std::sin(t) + 1e-3 * t : 400.0 + t;
}

} // namespace

void TestCursors::init()
{
    m_bridge = std::make_unique<ui::EngineBridge>();
    m_area = std::make_unique<ui::PlotArea>(*m_bridge);
    m_area->resize(1100, 700);
    m_area->show();
}

void TestCursors::cleanup()
{
    m_area.reset();
    m_bridge.reset();
}

void TestCursors::values_are_the_samples_of_the_history()
{
    frames::Sweep sweep(frames::document(frames::neuron), 1, 0, sample);
    m_bridge->deliver(sweep.next(1000));
    cursors().toggle();
    for (const Step at : {1, 7, 333, 1000}) {
        cursors().put(at);
        const auto readings = cursors().readings(0);
        QCOMPARE(readings.size(), std::size_t {2});
        QCOMPARE(readings[0].name, QStringLiteral("V_m"));
        QVERIFY(readings[0].value == sample(0, at)); // the double itself
        QVERIFY(readings[1].value == sample(1, at));
        QCOMPARE(readings[1].unit, QStringLiteral("pA"));
    }
}

void TestCursors::a_thinned_line_still_has_exact_values()
{
    frames::Sweep sweep(frames::document(frames::network), 1, 0, sample);
    m_bridge->deliver(sweep.next(40000));
    m_area->timeAxis().show(0.0, 4000.0); // forty samples to a pixel
    cursors().toggle();
    cursors().put(12345);
    const auto& line = m_area->panels().back()->cursorLayer().lines().at(0);
    QVERIFY(line.readings.at(0).value == sample(0, 12345));
    QCOMPARE(line.time, QStringLiteral("1234.5 ms"));
}

void TestCursors::a_line_goes_through_every_panel()
{
    frames::Sweep sweep(frames::document(frames::network), 1, 0, sample);
    m_bridge->deliver(sweep.next(1000));
    QCOMPARE(m_area->panels().size(), std::size_t {3}); // raster, rate, potentials
    cursors().toggle();
    cursors().put(500);
    for (const ui::TimePlot* shown : m_area->panels()) {
        const auto& layer = const_cast<ui::TimePlot*>(shown)->cursorLayer();
        QCOMPARE(layer.lines().size(), std::size_t {1});
        QCOMPARE(layer.lines()[0].t, 50.0);
    }
    QVERIFY(m_area->cursorStrip().isVisible());
    cursors().toggle();
    QVERIFY(panel(0).cursorLayer().lines().empty());
    QVERIFY(!m_area->cursorStrip().isVisible());
}

void TestCursors::follows_the_mouse_until_a_click_pins_it()
{
    frames::Sweep sweep(frames::document(frames::neuron), 1, 0, sample);
    m_bridge->deliver(sweep.next(1000));
    cursors().toggle();
    QVERIFY(cursors().following());
    const auto expected
        = [this](double t) { return std::llround(panel(0).xAxis->pixelToCoord(pixel(t)) / 0.1); };
    move(point(30.0));
    QCOMPARE(*cursors().at(0), expected(30.0));
    move(point(60.0));
    QCOMPARE(*cursors().at(0), expected(60.0));
    QTest::mouseClick(&panel(0), Qt::LeftButton, {}, point(60.0));
    QVERIFY(!cursors().following());
    move(point(20.0));
    QCOMPARE(*cursors().at(0), expected(60.0));
    QVERIFY(m_area->timeAxis().live()); // the click did not move the view
    QTest::mouseClick(&panel(1), Qt::LeftButton, Qt::ShiftModifier, point(80.0, 1));
    QCOMPARE(cursors().count(), std::size_t {2});
    QCOMPARE(*cursors().at(1), expected(80.0));
}

void TestCursors::a_drag_moves_a_pinned_line_and_not_the_view()
{
    frames::Sweep sweep(frames::document(frames::neuron), 1, 0, sample);
    m_bridge->deliver(sweep.next(1000));
    cursors().toggle();
    cursors().put(500);
    QTest::mousePress(&panel(0), Qt::LeftButton, {}, point(50.0));
    move(point(70.0), Qt::LeftButton);
    QTest::mouseRelease(&panel(0), Qt::LeftButton, {}, point(70.0));
    QVERIFY(std::abs(*cursors().at(0) - 700) <= 1);
    QVERIFY(m_area->timeAxis().live());
    // Away from the line the panel is dragged as ever.
    QTest::mousePress(&panel(0), Qt::LeftButton, {}, point(20.0));
    move(point(40.0), Qt::LeftButton);
    QTest::mouseRelease(&panel(0), Qt::LeftButton, {}, point(40.0));
    QVERIFY(!m_area->timeAxis().live());
    QVERIFY(std::abs(*cursors().at(0) - 700) <= 1);
}

void TestCursors::arrows_move_by_samples()
{
    frames::Sweep sweep(frames::document(frames::neuron), 1, 0, sample);
    m_bridge->deliver(sweep.next(1000));
    cursors().toggle();
    cursors().put(500);
    QTest::keyClick(&panel(0), Qt::Key_Right);
    QCOMPARE(*cursors().at(0), Step {501});
    QTest::keyClick(&panel(1), Qt::Key_Left, Qt::ShiftModifier);
    QCOMPARE(*cursors().at(0), Step {491});
    QTest::keyClick(&panel(0), Qt::Key_End);
    QCOMPARE(*cursors().at(0), Step {1000});
    QTest::keyClick(&panel(0), Qt::Key_Right); // there is nothing beyond
    QCOMPARE(*cursors().at(0), Step {1000});
    QTest::keyClick(&panel(0), Qt::Key_Home);
    QCOMPARE(*cursors().at(0), Step {1}); // the first sample
    m_area->timeAxis().show(0.0, 5.0);
    QTest::keyClick(&panel(0), Qt::Key_End);
    for (int i = 0; i < 3; ++i) {
        QTest::keyClick(&panel(0), Qt::Key_Right, Qt::ShiftModifier);
    }
    const double t = 0.1 * static_cast<double>(*cursors().at(0));
    QVERIFY(m_area->timeAxis().lower() <= t && t <= m_area->timeAxis().upper()); // the view follows
}

void TestCursors::tab_switches_and_escape_removes()
{
    frames::Sweep sweep(frames::document(frames::neuron), 1, 0, sample);
    m_bridge->deliver(sweep.next(1000));
    cursors().toggle();
    cursors().put(200);
    cursors().toggleSecond();
    cursors().put(600);
    QCOMPARE(cursors().active(), std::size_t {1});
    QTest::keyClick(&panel(0), Qt::Key_Tab);
    QCOMPARE(cursors().active(), std::size_t {0});
    QTest::keyClick(&panel(0), Qt::Key_Right);
    QCOMPARE(*cursors().at(0), Step {201});
    QCOMPARE(*cursors().at(1), Step {600});
    QTest::keyClick(&panel(0), Qt::Key_Escape);
    QCOMPARE(cursors().count(), std::size_t {1});
    QTest::keyClick(&panel(0), Qt::Key_Escape);
    QCOMPARE(cursors().count(), std::size_t {0});
}

void TestCursors::cursors_snap_to_spikes()
{
    frames::Sweep sweep(frames::document(frames::neuron), 1, 0, sample);
    sweep.spike(400, 0, 0);
    m_bridge->deliver(sweep.next(1000));
    cursors().toggle();
    const double nearBy = 40.0 + 10.0 * m_area->timeAxis().width() / panel(0).axisRect()->width();
    move(point(nearBy));
    QVERIFY(*cursors().at(0) != 400);
    move(point(nearBy), Qt::NoButton, Qt::ControlModifier);
    QCOMPARE(*cursors().at(0), Step {400});
    cursors().setSnaps(true);
    move(point(nearBy));
    QCOMPARE(*cursors().at(0), Step {400});
    move(point(nearBy), Qt::NoButton, Qt::ControlModifier); // the opposite
    QVERIFY(*cursors().at(0) != 400);
    move(point(90.0)); // no spike is near
    QVERIFY(*cursors().at(0) > 890);
}

void TestCursors::control_and_arrows_go_from_spike_to_spike()
{
    frames::Sweep sweep(frames::document(frames::neuron), 1, 0, sample);
    for (const Step step : {101, 303, 808}) {
        sweep.spike(step, 0, 0);
    }
    m_bridge->deliver(sweep.next(1000));
    cursors().toggle();
    cursors().put(200);
    const auto go = [this](Qt::Key key) {
        QTest::keyClick(&panel(0), key, Qt::ControlModifier);
        return *cursors().at(0);
    };
    QCOMPARE(go(Qt::Key_Right), Step {303});
    QCOMPARE(go(Qt::Key_Right), Step {808});
    QCOMPARE(go(Qt::Key_Right), Step {808});
    QCOMPARE(go(Qt::Key_Left), Step {303});
    QCOMPARE(go(Qt::Key_Left), Step {101});
}

void TestCursors::a_sweep_that_is_not_there_yet_shows_the_one_before()
{
    frames::Sweep first(frames::document(frames::neuron), 1, 0, sample);
    m_bridge->deliver(first.next(1000));
    cursors().toggle();
    cursors().put(700);
    frames::Sweep second(
        frames::document(frames::neuron), 1, 1, [](std::size_t, Step) { return -60.0; });
    m_bridge->deliver(second.next(100));
    QVERIFY(cursors().showsPrevious());
    QVERIFY(cursors().readings(0).at(0).value == sample(0, 700));
    QTRY_VERIFY(m_area->cursorStrip().summary().contains(QStringLiteral("sweep before")));
    m_bridge->deliver(second.next(700));
    QVERIFY(!cursors().showsPrevious());
    QVERIFY(cursors().readings(0).at(0).value == -60.0);
}

void TestCursors::measures_between_cursors()
{
    frames::Sweep sweep(frames::document(frames::neuron), 1, 0, sample);
    for (const Step step : {150, 200, 260, 400, 700}) {
        sweep.spike(step, 0, 0);
    }
    const engine::Frame frame = sweep.next(1000);
    ui::SpanQuestion question {.history = frame.history,
        .grid = engine::core::TimeGrid(0.1),
        .from = 200,
        .to = 400,
        .traces = {{0, 0}, {0, 1}},
        .trains = {{0, 0, 1}}};
    const auto span = ui::measureSpan(question, {});
    QVERIFY(span && span->complete);
    // Stamps after the first cursor up to the second: 260 and 400, in 20 ms.
    QCOMPARE(span->trains[0].spikes, std::uint64_t {2});
    QCOMPARE(*span->trains[0].rate_Hz, 100.0);
    QCOMPARE(span->trains[0].intervals, std::uint64_t {2}); // 200, 260, 400
    QCOMPARE(*span->trains[0].meanInterval_ms, 10.0);
    double sum = 0.0;
    for (Step k = 201; k <= 400; ++k) {
        sum += sample(0, k);
    }
    QVERIFY(std::abs(*span->traces[0].mean - sum / 200.0) < 1e-12);
    QVERIFY(std::abs(*span->traces[1].mean - (400.0 + 0.1 * 300.5)) < 1e-9); // a line's middle
    QCOMPARE(*span->traces[1].least, sample(1, 201));
    QCOMPARE(*span->traces[1].largest, sample(1, 400));
    std::stop_source stopped;
    stopped.request_stop();
    QVERIFY(!ui::measureSpan(question, stopped.get_token()));

    // The window says the same, whichever cursor is the earlier one.
    m_bridge->deliver(frame);
    cursors().toggle();
    cursors().put(260);
    cursors().toggleSecond();
    cursors().put(200);
    QTRY_COMPARE(m_area->cursorStrip().summary(),
        QStringLiteral("Δt -6 ms, 1/Δt 166.667 Hz; n: 1 spike, 166.667 Hz, interval 6 ms"));
    const ui::SteadyTable& table = m_area->cursorStrip().table();
    QCOMPARE(table.item(2, 2)->text(), ui::cursorNumber(sample(0, 200) - sample(0, 260)));
}

void TestCursors::rate_at_a_cursor_is_that_of_its_bin()
{
    frames::Sweep sweep(frames::document(frames::network), 1, 0, sample);
    for (std::uint32_t neuron = 0; neuron < 8; ++neuron) {
        sweep.spike(500, 0, neuron);
    }
    m_bridge->deliver(sweep.next(1000));
    cursors().toggle();
    cursors().put(495);
    const auto readings = cursors().readings(0);
    QCOMPARE(readings.at(0).name, QStringLiteral("rate E"));
    QCOMPARE(*readings.at(0).value, 100.0); // 8 spikes of 80 neurons in 1 ms
    QCOMPARE(*readings.at(1).value, 0.0);
    cursors().put(501); // the next bin
    QCOMPARE(*cursors().readings(0).at(0).value, 0.0);
}

void TestCursors::measurement_tells_what_is_no_longer_recorded()
{
    const auto groups = frames::groupsOf(frames::document(frames::neuron).experiment());
    auto history = std::make_shared<engine::recording::History>(groups, std::size_t {1} << 16);
    for (Step k = 1; k <= 100000; ++k) {
        const double row[] = {sample(0, k), sample(1, k)};
        history->append_row(0, k, row);
        if (k % 1000 == 0) {
            history->publish(k);
        }
    }
    QVERIFY(history->first_kept() > 0);
    const ui::SpanQuestion question {.history = history,
        .grid = engine::core::TimeGrid(0.1),
        .from = 0,
        .to = 100000,
        .traces = {{0, 0}},
        .trains = {}};
    const auto span = ui::measureSpan(question, {});
    QVERIFY(span && !span->complete);
    QVERIFY(!ui::nearestSample(*history, {0, 0}, 5));
    QVERIFY(ui::nearestSample(*history, {0, 0}, 99999) == sample(0, 99999));
}

void TestCursors::table_can_be_copied()
{
    frames::Sweep sweep(frames::document(frames::neuron), 1, 0, sample);
    m_bridge->deliver(sweep.next(1000));
    cursors().toggle();
    cursors().put(100);
    auto& strip = m_area->cursorStrip();
    QTRY_VERIFY(strip.text().contains(QStringLiteral("A\t10.0 ms\t")));
    for (QToolButton* button : strip.findChildren<QToolButton*>()) {
        if (button->text() == QStringLiteral("Cop&y")) {
            button->click();
        }
    }
    const QStringList lines = QGuiApplication::clipboard()->text().split(QLatin1Char('\n'));
    QCOMPARE(lines[0], QStringLiteral("\tt\tV_m [mV]\tI [pA]"));
    QCOMPARE(
        lines[1], QStringLiteral("A\t10.0 ms\t%1\t410.000").arg(ui::cursorNumber(sample(0, 100))));
    QVERIFY(strip.accessibleDescription().contains(QStringLiteral("V_m [mV]")));
}

void TestCursors::another_preset_takes_the_cursors_away()
{
    frames::Sweep sweep(frames::document(frames::neuron), 1, 0, sample);
    m_bridge->deliver(sweep.next(1000));
    cursors().toggle();
    cursors().toggleSecond();
    frames::Sweep other(frames::document(frames::network), 2, 0, sample);
    m_bridge->deliver(other.next(10));
    QCOMPARE(cursors().count(), std::size_t {0});
    cursors().toggle(); // with next to nothing recorded
    QVERIFY(cursors().at(0).has_value());
    QVERIFY(*cursors().at(0) <= 10);
}

QTEST_MAIN(TestCursors)
#include "tst_cursors.moc"
