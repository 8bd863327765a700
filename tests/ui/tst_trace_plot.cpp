#include "tests/ui/frames.hpp"
#include "ui/engine_bridge.hpp"
#include "ui/plots/plot_area.hpp"
#include "ui/plots/trace_panel.hpp"

#include <QPushButton>
#include <QSignalSpy>

#include <algorithm>

using engine::core::Step;
using engine::models::QuantityKind;

/// Frames made by hand are delivered to the plots of a window; what they show is compared with the
/// samples.
class TestTracePlot : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void a_panel_for_each_kind_of_quantity();
    void graphs_hold_the_samples_of_the_frames();
    void what_a_frame_skips_comes_from_the_history();
    void a_new_sweep_leaves_the_last_one_behind();
    void a_longer_sweep_is_shown_as_a_whole();
    void threshold_parameter_is_a_line_at_its_value();
    void a_close_up_keeps_to_the_range_of_the_preset();
    void strokes_begin_before_the_reset_and_are_no_data();
    void a_change_in_a_pause_renews_the_newest_sample();
    void changes_drop_flags_on_the_time_axis();
    void a_drag_of_a_slider_is_one_flag();
    void long_views_say_how_they_are_thinned();
    void thinned_lines_reach_the_newest_sample();
    void a_low_panel_has_the_symbol_for_its_title();
    void wheel_on_the_time_axis_leaves_the_live_edge_and_l_returns();
    void double_click_fits_the_value_axis();
    void visible_csv_has_units_and_every_sample_in_view();
    void one_quantity_has_one_colour_and_its_own_line_style();

private:
    ui::TracePanel& panel(std::size_t index)
    {
        return *qobject_cast<ui::TracePanel*>(m_area->panels().at(index));
    }

    std::unique_ptr<ui::EngineBridge> m_bridge;
    std::unique_ptr<ui::PlotArea> m_area;
};

namespace {

double sample(std::size_t column, Step step)
{
    return column == 0 ? -70.0 + 0.01 * static_cast<double>(step) : 400.0;
}

void wheel(QWidget& widget, QPoint position)
{
    QWheelEvent event(position, widget.mapToGlobal(position), {}, QPoint(0, 120), Qt::NoButton,
        Qt::NoModifier, Qt::NoScrollPhase, false);
    QApplication::sendEvent(&widget, &event);
}

} // namespace

void TestTracePlot::init()
{
    m_bridge = std::make_unique<ui::EngineBridge>();
    m_area = std::make_unique<ui::PlotArea>(*m_bridge);
    m_area->resize(900, 600);
    m_area->show();
}

void TestTracePlot::cleanup()
{
    m_area.reset();
    m_bridge.reset();
}

void TestTracePlot::a_panel_for_each_kind_of_quantity()
{
    frames::Sweep sweep(frames::document(frames::neuron), 1, 0, sample);
    m_bridge->deliver(sweep.next(10));
    QCOMPARE(m_area->panels().size(), std::size_t {2});
    QCOMPARE(panel(0).spec().axisTitle(), QStringLiteral("Potential [mV]"));
    QCOMPARE(panel(1).spec().axisTitle(), QStringLiteral("Current [pA]"));
    QVERIFY(panel(0).isVisible() && panel(1).isVisible());
}

void TestTracePlot::graphs_hold_the_samples_of_the_frames()
{
    frames::Sweep sweep(frames::document(frames::neuron), 1, 0, sample);
    m_bridge->deliver(sweep.next(40));
    m_bridge->deliver(sweep.next(100));
    const auto data = panel(0).graph(0)->data();
    QCOMPARE(data->size(), 100);
    for (int i = 0; i < data->size(); ++i) {
        QCOMPARE(data->at(i)->key, 0.1 * (i + 1));
        QCOMPARE(data->at(i)->value, sample(0, i + 1));
    }
    QVERIFY(panel(0).spoken().contains(QStringLiteral("V_m -69.00 mV")));
}

void TestTracePlot::what_a_frame_skips_comes_from_the_history()
{
    frames::Sweep sweep(frames::document(frames::neuron), 1, 0, sample);
    m_bridge->deliver(sweep.next(10));
    m_bridge->deliver(sweep.skipTo(500));
    m_bridge->deliver(sweep.next(520));
    QTRY_COMPARE(panel(0).graph(0)->data()->size(), 520);
    QCOMPARE(panel(0).graph(0)->data()->at(300)->value, sample(0, 301));
}

void TestTracePlot::a_new_sweep_leaves_the_last_one_behind()
{
    frames::Sweep first(frames::document(frames::neuron), 1, 0, sample);
    m_bridge->deliver(first.next(1000));
    frames::Sweep second(
        frames::document(frames::neuron), 1, 1, [](std::size_t, Step) { return -60.0; });
    m_bridge->deliver(second.next(100));
    QCOMPARE(panel(0).graph(0)->data()->size(), 100);
    QCOMPARE(panel(0).previousGraph(0)->data()->size(), 1000);
    QCOMPARE(panel(0).previousGraph(0)->data()->at(999)->value, sample(0, 1000));
    QVERIFY(panel(0).previousGraph(0)->pen().color().alpha()
        < panel(0).graph(0)->pen().color().alpha());
    QCOMPARE(m_area->timeAxis().lower(), 0.0);
    QCOMPARE(m_area->timeAxis().upper(), 100.0); // the whole sweep
    frames::Sweep other(frames::document(frames::neuron), 2, 0, sample);
    m_bridge->deliver(other.next(5));
    QCOMPARE(panel(0).previousGraph(0)->data()->size(), 0);
}

void TestTracePlot::a_longer_sweep_is_shown_as_a_whole()
{
    const auto document = frames::document(frames::neuron);
    m_bridge->deliver(frames::Sweep(document, 1, 0, sample).next(100));
    const auto longer = document.set("simulation/duration", 2000.0);
    QVERIFY(longer.document.has_value());
    m_bridge->deliver(frames::Sweep(*longer.document, 1, 0, sample).next(110));
    QCOMPARE(m_area->timeAxis().lower(), 0.0);
    QCOMPARE(m_area->timeAxis().upper(), 2000.0);
    m_area->timeAxis().show(10.0, 20.0); // where somebody looks, the view stays
    m_bridge->deliver(frames::Sweep(document, 1, 0, sample).next(120));
    QCOMPARE(m_area->timeAxis().upper(), 20.0);
}

void TestTracePlot::threshold_parameter_is_a_line_at_its_value()
{
    const auto document = frames::document(frames::neuron);
    frames::Sweep sweep(document, 1, 0, sample);
    m_bridge->deliver(sweep.next(10));
    QVERIFY(panel(0).spoken().contains(QStringLiteral("V_th -50.00 mV")));
    const auto changed = document.set("populations/n/params/V_th", -45.0);
    QVERIFY(changed.document.has_value());
    engine::Frame frame = sweep.next(20);
    frame.document = *changed.document;
    m_bridge->deliver(frame);
    QVERIFY(panel(0).spoken().contains(QStringLiteral("V_th -45.00 mV")));
    panel(0).applyTheme(ui::plotColors(true)); // other colours, or a picture was made
    frame = sweep.next(30);
    frame.document = *changed.document;
    m_bridge->deliver(frame);
    QVERIFY(panel(0).spoken().contains(QStringLiteral("V_th -45.00 mV")));
}

void TestTracePlot::a_close_up_keeps_to_the_range_of_the_preset()
{
    std::string text = frames::neuron;
    text.insert(text.rfind('}'), R"(, "view": {"panels": [
        {"title": "All", "population": "n", "variables": ["V_m"], "range": [-71, -69]},
        {"title": "Close-up", "population": "n", "variables": ["V_m"], "range": [-70, -65]}]})");
    frames::Sweep sweep(frames::document(text.c_str()), 1, 0, sample); // -70 to -60 mV
    m_bridge->deliver(sweep.next(1000));
    QVERIFY(panel(0).yAxis->range().contains(-60.0));
    QVERIFY(panel(0).spoken().contains(QStringLiteral("V_th")));
    QCOMPARE(panel(1).yAxis->range().lower, -70.0);
    QCOMPARE(panel(1).yAxis->range().upper, -65.0);
    QVERIFY(!panel(1).spec().spikes);
    QVERIFY(!panel(1).spoken().contains(QStringLiteral("V_th")));
}

void TestTracePlot::strokes_begin_before_the_reset_and_are_no_data()
{
    frames::Sweep sweep(frames::document(frames::neuron), 1, 0,
        [](std::size_t, Step step) { return step < 50 ? -51.0 : -70.0; });
    sweep.spike(50, 0, 0);
    m_bridge->deliver(sweep.next(100));
    const auto& marks = panel(0).spikes().marks();
    QCOMPARE(marks.size(), std::size_t {1});
    QCOMPARE(marks[0].t, 5.0);
    QCOMPARE(marks[0].from, -51.0);
    bool found = false;
    const QCPRange values = panel(0).graph(0)->getValueRange(found);
    QVERIFY(found && values.upper <= -51.0);
    QVERIFY(panel(0).yAxis->range().upper > -50.0); // room for the marks
}

void TestTracePlot::a_change_in_a_pause_renews_the_newest_sample()
{
    frames::Sweep sweep(frames::document(frames::neuron), 1, 0, sample);
    m_bridge->deliver(sweep.next(100));
    QCOMPARE((panel(1).graph(0)->data()->constEnd() - 1)->value, 400.0);
    m_bridge->deliver(sweep.changed("stimuli/0/amplitude", {sample(0, 100), 250.0}));
    const auto data = panel(1).graph(0)->data();
    QTRY_COMPARE(data->size(), 100);
    QCOMPARE((data->constEnd() - 1)->value, 250.0);
    QCOMPARE((data->constEnd() - 2)->value, 400.0);
    QVERIFY(panel(1).spoken().contains(QStringLiteral("I 250.0 pA")));
}

void TestTracePlot::changes_drop_flags_on_the_time_axis()
{
    frames::Sweep sweep(frames::document(frames::neuron), 1, 0, sample);
    engine::Frame frame = sweep.next(100);
    frame.changes.push_back({30, "populations/n/params/tau_m", 10.0, 4.2, false});
    m_bridge->deliver(frame);
    QCOMPARE(m_area->flags().size(), std::size_t {1});
    QCOMPARE(m_area->flags()[0].t, 3.0);
    QCOMPARE(m_area->flags()[0].text(), QStringLiteral("tau_m 10 → 4.2"));
    frames::Sweep next(frames::document(frames::neuron), 1, 1, sample);
    m_bridge->deliver(next.next(10));
    QVERIFY(m_area->flags().empty());
}

void TestTracePlot::a_drag_of_a_slider_is_one_flag()
{
    std::vector<ui::ChangeFlag> flags;
    for (int i = 0; i < 20; ++i) {
        flags.push_back(
            {100.0 + i, QStringLiteral("g"), QString::number(5 - i), QString::number(4 - i)});
    }
    flags.push_back({110.0, QStringLiteral("eta"), QStringLiteral("2"), QStringLiteral("3")});
    flags.push_back({900.0, QStringLiteral("g"), QStringLiteral("-15"), QStringLiteral("5")});
    const auto merged = ui::mergedFlags(
        flags, [](double t) { return t; }, 50.0);
    QCOMPARE(merged.size(), std::size_t {3});
    QCOMPARE(merged[0].text(), QStringLiteral("g 5 → -15"));
    QCOMPARE(merged[2].text(), QStringLiteral("g -15 → 5"));
}

void TestTracePlot::long_views_say_how_they_are_thinned()
{
    frames::Sweep sweep(frames::document(frames::network), 1, 0, sample);
    m_bridge->deliver(sweep.next(100));
    auto& traces = panel(2);
    QVERIFY(traces.legendStrip().note.isEmpty());
    m_bridge->deliver(sweep.next(40000));
    m_area->timeAxis().show(0.0, 4000.0);
    QTRY_VERIFY(traces.legendStrip().note.startsWith(QStringLiteral("display 1:")));
    QVERIFY(traces.legendStrip().note.endsWith(QStringLiteral("min-max")));
    QTRY_VERIFY(traces.graph(0)->data()->size() > 1000);
    QVERIFY(traces.graph(0)->data()->size() < 12000);
}

void TestTracePlot::thinned_lines_reach_the_newest_sample()
{
    frames::Sweep sweep(frames::document(frames::network), 1, 0, sample);
    m_bridge->deliver(sweep.next(20000));
    m_area->timeAxis().show(0.0, 4000.0);
    const auto& traces = panel(2);
    const auto data = traces.graph(0)->data();
    QTRY_VERIFY(!data->isEmpty() && (data->constEnd() - 1)->key == 2000.0);
    // Buckets begin again and again; none leaves a gap at the end or points twice.
    for (const Step to : {20001, 20003, 20010, 20050, 20051}) {
        m_bridge->deliver(sweep.next(to));
        // On a busy machine what a frame has no time for follows on its own.
        QTRY_VERIFY(qFuzzyCompare((data->constEnd() - 1)->key, 0.1 * static_cast<double>(to)));
        QVERIFY(std::adjacent_find(data->constBegin(), data->constEnd(),
                    [](const auto& a, const auto& b) { return a.key >= b.key; })
            == data->constEnd());
    }
    QVERIFY(traces.legendStrip().note.startsWith(QStringLiteral("display 1:")));
}

void TestTracePlot::a_low_panel_has_the_symbol_for_its_title()
{
    frames::Sweep sweep(frames::document(frames::network), 1, 0, sample);
    m_bridge->deliver(sweep.next(10));
    ui::TracePanel& traces = panel(2);
    traces.resize(600, 600);
    QCOMPARE(traces.yAxis->label(), QStringLiteral("Potential [mV]"));
    const int symbol = traces.fontMetrics().horizontalAdvance(QStringLiteral("V_m [mV]"));
    traces.resize(600, symbol + 4 + traces.height() - traces.axisRect()->height());
    QCOMPARE(traces.yAxis->label(), QStringLiteral("V_m [mV]"));
}

void TestTracePlot::wheel_on_the_time_axis_leaves_the_live_edge_and_l_returns()
{
    frames::Sweep sweep(frames::document(frames::neuron), 1, 0, sample);
    m_bridge->deliver(sweep.next(500));
    QVERIFY(!m_area->liveButton()->isVisible());
    wheel(panel(0), panel(0).rect().center());
    QVERIFY(m_area->timeAxis().width() < 100.0);
    QVERIFY(m_area->liveButton()->isVisible());
    QCOMPARE(panel(1).xAxis->range().size(), panel(0).xAxis->range().size());
    m_area->goLive();
    QCOMPARE(m_area->timeAxis().width(), 100.0);
    QVERIFY(!m_area->liveButton()->isVisible());
}

void TestTracePlot::double_click_fits_the_value_axis()
{
    frames::Sweep sweep(frames::document(frames::neuron), 1, 0, sample);
    m_bridge->deliver(sweep.next(500));
    const QCPRange fitted = panel(1).yAxis->range();
    const QPoint onAxis(10, panel(1).height() / 2);
    wheel(panel(1), onAxis);
    QVERIFY(panel(1).yAxis->range().size() < fitted.size());
    QCOMPARE(m_area->timeAxis().width(), 100.0); // the wheel on an axis is for that axis
    m_bridge->deliver(sweep.next(510));
    QVERIFY(panel(1).yAxis->range().size() < fitted.size()); // and stays
    QTest::mouseDClick(&panel(1), Qt::LeftButton, {}, panel(1).rect().center());
    QCOMPARE(panel(1).yAxis->range().size(), fitted.size());
}

void TestTracePlot::visible_csv_has_units_and_every_sample_in_view()
{
    frames::Sweep sweep(frames::document(frames::neuron), 1, 0, sample);
    m_bridge->deliver(sweep.next(1000));
    const QStringList lines
        = QString::fromStdString(panel(0).visibleCsv()).split('\n', Qt::SkipEmptyParts);
    QCOMPARE(lines.size(), 1001);
    QCOMPARE(lines[0], QStringLiteral("time_ms,n.0.V_m_mV"));
    QCOMPARE(lines[1], QStringLiteral("0.1,-69.99"));
}

void TestTracePlot::one_quantity_has_one_colour_and_its_own_line_style()
{
    const auto& colors = ui::plotColors(false);
    const auto pen = [&](QuantityKind kind, std::size_t order) {
        ui::TraceSpec trace;
        trace.kind = kind;
        trace.order = order;
        return ui::tracePen(trace, colors);
    };
    QCOMPARE(pen(QuantityKind::potential, 0).color(), QColor(0x00, 0x72, 0xB2));
    QCOMPARE(pen(QuantityKind::threshold, 0).style(), Qt::DashLine);
    QCOMPARE(pen(QuantityKind::after_spike_current, 0).style(), Qt::DashDotLine);
    QCOMPARE(pen(QuantityKind::conductance, 0).style(), Qt::SolidLine);
    QCOMPARE(pen(QuantityKind::conductance, 1).style(), Qt::DashLine);
    QCOMPARE(pen(QuantityKind::conductance, 1).color(), QColor(0xE6, 0x9F, 0x00));
    for (const auto kind :
        {QuantityKind::potential, QuantityKind::threshold, QuantityKind::conductance}) {
        QCOMPARE(pen(kind, 0).width(), 1); // wider ones cost ten times as much
    }
}

QTEST_MAIN(TestTracePlot)
#include "tst_trace_plot.moc"
