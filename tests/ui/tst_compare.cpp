// Going back in the history bar, branching, and pins, over the real engine.

#include "tests/ui/frames.hpp"
#include "tests/ui/running_preset.hpp"
#include "ui/compare/pin_panel.hpp"
#include "ui/compare/pin_row.hpp"
#include "ui/compare/pins.hpp"
#include "ui/plots/ghost_lines.hpp"
#include "ui/plots/history_bar.hpp"
#include "ui/plots/history_track.hpp"
#include "ui/plots/plot_area.hpp"
#include "ui/plots/spike_overview.hpp"
#include "ui/plots/trace_panel.hpp"

#include <QAction>
#include <QCheckBox>
#include <QLineEdit>
#include <QSignalSpy>
#include <QToolButton>
#include <QUndoStack>

#include <set>

using engine::RunState;
using engine::core::Step;

namespace {

/// One noisy Izhikevich neuron; `simulation` is the rest of that object.
std::string neuron(const std::string& simulation, const char* id = "noisy")
{
    return std::string(R"({"format": "spikescope-preset", "version": 1, "id": ")") + id
        + R"(", "title": "Noisy",
  "variables": {"d": {"value": 8}, "I": {"value": 10}},
  "simulation": {"dt": 0.1, )"
        + simulation + R"(},
  "populations": [{"name": "n", "size": 1, "model": "izhikevich", "params": {"d": "d"}}],
  "stimuli": [{"type": "dc", "target": "n", "amplitude": "I"},
              {"type": "noise", "target": "n", "mean": 0, "std": 2}],
  "record": {"traces": [{"population": "n", "neurons": [0], "variables": ["V_m", "U_m"]}]}})";
}

const std::string goesOn = R"("duration": 2000, "speed": "max")";

double value(ui::EngineBridge& bridge, const char* path)
{
    return std::get<double>(bridge.document()->value(path).value());
}

} // namespace

class TestCompare : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void a_marked_moment_is_continued_from_with_the_original_behind();
    void the_former_sweep_of_a_repeating_preset_is_gone_back_to();
    void dragging_the_frame_scrolls_back_and_end_returns();
    void arrows_move_the_mark_and_escape_takes_it_away();
    void without_a_mark_the_edge_of_the_view_is_the_moment();
    void a_pin_stands_behind_and_tells_what_is_different();
    void back_to_a_pin_is_one_step_to_undo();
    void there_are_four_pins_at_most();
    void pins_are_dropped_where_the_time_axis_is_another();
    void pins_can_be_hidden_renamed_and_removed();
    void a_ghost_scrolled_to_is_the_ghost_loaded_at_once();
    void the_overview_counts_every_spike_however_it_grows();

private:
    void run(const std::string& text);
    void advanceTo(double t_ms);
    void set(const char* path, double to)
    {
        m_bridge->post(engine::SetValues {{{path, to}}});
        QTRY_COMPARE(value(*m_bridge, path), to);
    }
    ui::TracePanel& panel() { return *qobject_cast<ui::TracePanel*>(m_area->panels().front()); }
    ui::HistoryBar& bar() { return m_area->historyBar(); }
    QPoint at(double t_ms)
    {
        return {qRound(bar().track().pixel(t_ms)), bar().track().height() / 2};
    }

    std::unique_ptr<ui::EngineBridge> m_bridge;
    std::unique_ptr<QUndoStack> m_undo;
    std::unique_ptr<ui::PlotArea> m_area;
    std::unique_ptr<ui::Pins> m_pins;
    std::unique_ptr<ui::PinPanel> m_list;
};

void TestCompare::init()
{
    m_bridge = std::make_unique<ui::EngineBridge>();
    m_undo = std::make_unique<QUndoStack>();
    m_area = std::make_unique<ui::PlotArea>(*m_bridge);
    m_pins = std::make_unique<ui::Pins>(*m_bridge, *m_undo);
    m_list = std::make_unique<ui::PinPanel>(*m_pins, *m_bridge);
    connect(m_pins.get(), &ui::Pins::linesChanged, m_area.get(),
        [this] { m_area->setPins(m_pins->shownRuns()); });
    m_area->resize(1000, 500);
    m_area->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_area.get()));
}

void TestCompare::cleanup()
{
    m_bridge->stop();
    m_list.reset();
    m_pins.reset();
    m_area.reset();
    m_undo.reset();
    m_bridge.reset();
}

void TestCompare::run(const std::string& text)
{
    m_bridge->start();
    QSignalSpy opened(m_bridge.get(), &ui::EngineBridge::sessionChanged);
    m_bridge->post(engine::Open {frames::document(text.c_str()), false});
    QTRY_COMPARE(opened.size(), 1);
}

void TestCompare::advanceTo(double t_ms)
{
    const auto steps = static_cast<Step>(std::llround((t_ms - m_bridge->status().t_ms) * 10.0));
    m_bridge->post(engine::StepOnce {steps});
    QTRY_COMPARE(m_bridge->status().t_ms, t_ms);
    QTRY_COMPARE(bar().track().span().now, t_ms);
}

void TestCompare::a_marked_moment_is_continued_from_with_the_original_behind()
{
    run(neuron(goesOn));
    advanceTo(2000);
    const auto original = m_bridge->recording()->history;
    QVERIFY(!bar().continueAction()->isEnabled()); // at the live edge

    QTest::mouseClick(&bar().track(), Qt::LeftButton, {}, at(1000));
    QVERIFY(bar().moment());
    QVERIFY(std::abs(*bar().moment() - 1000.0) <= 2000.0 / bar().track().width());
    QVERIFY(bar().continueAction()->isEnabled());
    const double moment = *bar().moment();
    bar().continueAction()->trigger();
    QTRY_COMPARE(m_bridge->status().t_ms, moment);
    QCOMPARE(*bar().moments().branch, moment);
    QVERIFY(!bar().moments().marked);

    set("d", 2.0);
    advanceTo(1500);
    const auto branch = m_bridge->recording()->history;
    const auto from = static_cast<Step>(std::llround(moment * 10.0));
    QVERIFY(branch->spikes(0, from) == original->spikes(0, from));
    QVERIFY(branch->spikes(from, 15000) != original->spikes(from, 15000));
    // What lies ahead of the branch is seen, too.
    m_area->timeAxis().show(900, 2000);
    QTRY_VERIFY(!panel().previousGraph(0)->data()->isEmpty()
        && (panel().previousGraph(0)->data()->constEnd() - 1)->key > 1990.0);

    QVERIFY(bar().backToOriginalAction()->isEnabled());
    bar().backToOriginalAction()->trigger();
    QTRY_COMPARE(m_bridge->status().t_ms, 2000.0);
    QCOMPARE(value(*m_bridge, "d"), 8.0);
    QVERIFY(m_bridge->recording()->history->spikes(0, 20000) == original->spikes(0, 20000));
}

void TestCompare::the_former_sweep_of_a_repeating_preset_is_gone_back_to()
{
    run(neuron(R"("duration": 500, "at_end": "repeat", "speed": "max")"));
    advanceTo(500);
    m_bridge->post(engine::StepOnce {300}); // into the second sweep
    QTRY_COMPARE(m_bridge->status().t_ms, 30.0);
    QTRY_COMPARE(bar().track().span().now, 30.0);
    QTest::mouseClick(&bar().track(), Qt::LeftButton, {}, at(300));
    const double moment = *bar().moment();
    bar().continueAction()->trigger();
    QTRY_COMPARE(m_bridge->status().t_ms, moment);
    QTRY_VERIFY(!panel().previousGraph(0)->data()->isEmpty()
        && (panel().previousGraph(0)->data()->constEnd() - 1)->key > 495.0);
}

void TestCompare::dragging_the_frame_scrolls_back_and_end_returns()
{
    run(neuron(goesOn));
    advanceTo(5000);
    ui::TimeAxis& axis = m_area->timeAxis();
    const double width = axis.width();
    QTest::mousePress(&bar().track(), Qt::LeftButton, {}, at(4500));
    QTest::mouseMove(&bar().track(), at(2500));
    QTest::mouseRelease(&bar().track(), Qt::LeftButton, {}, at(2500));
    QVERIFY(!axis.live());
    const double pixel = 5000.0 / bar().track().width();
    QVERIFY(std::abs(axis.lower() - 2000.0) < 2.0 * pixel);
    QVERIFY(std::abs(axis.width() - width) < 1e-6);
    QVERIFY(!bar().moments().marked);
    // An edge of the frame resizes the view.
    const double upper = axis.upper();
    QTest::mousePress(&bar().track(), Qt::LeftButton, {}, at(axis.lower()));
    QTest::mouseMove(&bar().track(), at(axis.lower() - 1000.0));
    QTest::mouseRelease(&bar().track(), Qt::LeftButton, {}, at(axis.lower()));
    QCOMPARE(axis.upper(), upper);
    QVERIFY(std::abs(axis.lower() - 1000.0) < 4.0 * pixel);
    QTest::keyClick(&bar().track(), Qt::Key_End);
    QVERIFY(axis.live());
}

void TestCompare::arrows_move_the_mark_and_escape_takes_it_away()
{
    run(neuron(goesOn));
    advanceTo(3000);
    QTest::keyClick(&bar().track(), Qt::Key_Left);
    const double first = bar().moments().marked.value();
    QVERIFY(first < 3000.0);
    QTest::keyClick(&bar().track(), Qt::Key_Left, Qt::ControlModifier);
    QVERIFY(std::abs(*bar().moments().marked - (first - 0.1)) < 1e-9); // one step
    QTest::keyClick(&bar().track(), Qt::Key_Home);
    QCOMPARE(*bar().moments().marked, 0.0);
    QCOMPARE(m_area->timeAxis().lower(), 0.0);
    QTest::keyClick(&bar().track(), Qt::Key_Escape);
    QVERIFY(!bar().moments().marked);
    QTest::keyClick(&bar().track(), Qt::Key_Right);
    QTest::keyClick(&bar().track(), Qt::Key_Return);
    QTRY_VERIFY(bar().moments().branch);
}

void TestCompare::without_a_mark_the_edge_of_the_view_is_the_moment()
{
    run(neuron(goesOn));
    advanceTo(3000);
    m_area->timeAxis().show(500, 1500);
    QCOMPARE(bar().moment().value(), 1500.0);
    m_area->timeAxis().show(2500, 3500);
    QCOMPARE(bar().moment().value(), 3000.0); // no further than the run
    m_area->goLive();
    QVERIFY(!bar().moment());
}

void TestCompare::a_pin_stands_behind_and_tells_what_is_different()
{
    run(neuron(goesOn));
    advanceTo(600);
    m_list->pinAction()->trigger();
    QCOMPARE(m_pins->list().size(), std::size_t {1});
    QVERIFY(m_list->rows().front()->difference().contains("same parameters"));
    QVERIFY(m_list->rows().front()->difference().contains("same noise"));
    set("d", 2.0);
    set("I", 14.0);
    QTRY_VERIFY(m_list->rows().front()->difference().contains("d 8 → 2"));
    QVERIFY(m_list->rows().front()->difference().contains("I 10 → 14"));
    // The pin is what was recorded, whatever is run and begun anew since.
    const auto pinned = m_pins->list().front().run;
    QCOMPARE(pinned.now, Step {6000});
    m_bridge->post(engine::ResetState {});
    QTRY_COMPARE(m_bridge->status().t_ms, 0.0);
    advanceTo(100);
    m_area->timeAxis().show(0, 80); // every sample is shown
    const auto& graph = *panel().pin(0).graph(0);
    QTRY_VERIFY(graph.data()->size() > 790 && graph.data()->size() < 1300);
    const auto rows = pinned.history->rows(0, 0, 700);
    for (int i = 0; i < 700; ++i) {
        QCOMPARE(graph.data()->at(i)->value, rows.values[static_cast<std::size_t>(2 * i)]);
    }
    m_bridge->post(engine::NewSeed {77});
    QTRY_VERIFY(m_list->rows().front()->difference().contains("other noise: seed 1 → 77"));
    QCOMPARE(m_pins->list().size(), std::size_t {1}); // rebuilt, but the same time axis
}

void TestCompare::back_to_a_pin_is_one_step_to_undo()
{
    run(neuron(goesOn));
    advanceTo(50);
    m_pins->pin();
    set("d", 2.0);
    set("I", 14.0);
    QTest::mouseClick(m_list->rows().front()->backButton(), Qt::LeftButton);
    QTRY_COMPARE(value(*m_bridge, "d"), 8.0);
    QCOMPARE(value(*m_bridge, "I"), 10.0);
    QCOMPARE(m_undo->count(), 1);
    m_undo->undo();
    QTRY_COMPARE(value(*m_bridge, "d"), 2.0);
    QCOMPARE(value(*m_bridge, "I"), 14.0);
}

void TestCompare::there_are_four_pins_at_most()
{
    run(neuron(goesOn));
    QSignalSpy reports(m_pins.get(), &ui::Pins::report);
    m_pins->pin(); // nothing recorded yet
    QCOMPARE(m_pins->list().size(), std::size_t {0});
    QCOMPARE(reports.size(), 1);
    advanceTo(50);
    for (int i = 0; i < 5; ++i) {
        m_pins->pin();
    }
    QCOMPARE(m_pins->list().size(), std::size_t {4});
    QCOMPARE(reports.size(), 2);
    // Each looks its own way, and so does one that takes the place of a removed one.
    m_pins->remove(1);
    m_pins->pin();
    std::set<int> styles;
    for (const ui::Pin& pin : m_pins->list()) {
        styles.insert(pin.style);
    }
    QCOMPARE(styles.size(), std::size_t {4});
    std::set<std::pair<QRgb, int>> looks;
    for (int style = 0; style < 4; ++style) {
        const QPen pen = ui::pinPen(style, ui::plotColors(true));
        looks.insert({pen.color().rgb(), static_cast<int>(pen.style())});
    }
    QCOMPARE(looks.size(), std::size_t {4});
}

void TestCompare::pins_are_dropped_where_the_time_axis_is_another()
{
    run(neuron(goesOn));
    advanceTo(50);
    m_pins->pin();
    QSignalSpy reports(m_pins.get(), &ui::Pins::report);
    run(neuron(goesOn, "other"));
    QCOMPARE(m_pins->list().size(), std::size_t {1});
    QTRY_VERIFY(m_list->rows().front()->difference().contains("another preset"));
    run(neuron(R"("duration": 300, "at_end": "repeat", "speed": "max")"));
    QCOMPARE(m_pins->list().size(), std::size_t {0});
    QCOMPARE(reports.size(), 1);
}

void TestCompare::pins_can_be_hidden_renamed_and_removed()
{
    run(neuron(goesOn));
    advanceTo(50);
    m_pins->pin();
    m_pins->pin();
    m_list->rows().front()->shownBox()->click();
    QCOMPARE(m_pins->shownRuns().size(), std::size_t {1});
    QLineEdit* name = m_list->rows().front()->nameEdit();
    name->selectAll();
    QTest::keyClicks(name, "control");
    QTest::keyClick(name, Qt::Key_Return);
    QCOMPARE(m_pins->list().front().name, QStringLiteral("control"));
    QTest::mouseClick(m_list->rows().front()->removeButton(), Qt::LeftButton);
    QCOMPARE(m_pins->list().size(), std::size_t {1});
    QCOMPARE(m_list->rows().size(), std::size_t {1});
}

void TestCompare::a_ghost_scrolled_to_is_the_ghost_loaded_at_once()
{
    run(neuron(goesOn));
    advanceTo(6000);
    const auto recording = m_bridge->recording().value();
    const ui::ShownRun whole {
        recording.history, recording.as_run.shared_experiment(), recording.grid, recording.end};
    QCustomPlot plot;
    const ui::PanelSpec& spec = panel().spec();
    ui::GhostLines scrolled(plot, spec);
    ui::GhostLines atOnce(plot, spec);
    scrolled.setRun(whole, *recording.history);
    atOnce.setRun(whole, *recording.history);
    constexpr int columns = 300; // thinned
    for (double lower = 0.0; lower <= 4000.0; lower += 130.0) {
        QElapsedTimer spent;
        spent.start();
        while (scrolled.load(lower, lower + 1000.0, columns, spent)) {
            spent.restart();
        }
    }
    QElapsedTimer spent;
    spent.start();
    while (atOnce.load(4030.0, 5030.0, columns, spent)) {
        spent.restart();
    }
    const auto inView = [](const QCPGraph& graph) {
        std::vector<std::pair<double, double>> points;
        for (auto it = graph.data()->findBegin(4050.0, false);
             it != graph.data()->findEnd(4850.0, false); ++it) {
            points.emplace_back(it->key, it->value);
        }
        return points;
    };
    const auto points = inView(*scrolled.graph(0));
    QVERIFY(points.size() > 200);
    QVERIFY(points.size() < 2000); // of 8000 samples
    QVERIFY(points == inView(*atOnce.graph(0)));
    // What has been left behind does not stay.
    QVERIFY(scrolled.graph(0)->data()->at(0)->key > 2000.0);
}

void TestCompare::the_overview_counts_every_spike_however_it_grows()
{
    run(neuron(goesOn));
    advanceTo(9000);
    const auto history = m_bridge->recording()->history;
    ui::SpikeOverview overview;
    overview.begin(history, 700); // far less than will come
    for (Step now = 0; now <= 90000; now += 1733) {
        while (overview.advance(now, 0.2)) { }
    }
    while (overview.advance(90000, 0.2)) { }
    QVERIFY(overview.binSteps() * static_cast<Step>(ui::SpikeOverview::bins) >= 90000);
    std::vector<std::uint32_t> expected(ui::SpikeOverview::bins);
    for (const auto& spike : history->spikes(0, 90000)) {
        ++expected[static_cast<std::size_t>((spike.step - 1) / overview.binSteps())];
    }
    QVERIFY(overview.counts() == expected);
}

QTEST_MAIN(TestCompare)
#include "tst_compare.moc"
