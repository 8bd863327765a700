// Two networks beside each other, over the real engine.

#include "tests/support/live.hpp"
#include "tests/ui/frames.hpp"
#include "tests/ui/isolated_settings.hpp"
#include "tests/ui/running_preset.hpp"
#include "ui/compare/compare_panel.hpp"
#include "ui/compare/compare_view.hpp"
#include "ui/compare/comparison.hpp"
#include "ui/compare/size_control.hpp"
#include "ui/network_theory.hpp"
#include "ui/plots/plot_area.hpp"
#include "ui/plots/raster_panel.hpp"
#include "ui/plots/rate_panel.hpp"
#include "ui/plots/trace_panel.hpp"

#include <QAction>
#include <QComboBox>
#include <QSignalSpy>
#include <QUndoStack>

#include <cmath>

using engine::config::PresetDocument;
using ui::Comparison;

namespace {

constexpr int patience = 60000;

/// A small network that theory knows.
const char* const brunel
    = R"json({"format": "spikescope-preset", "version": 1, "id": "small", "title": "Small",
  "variables": {"g": {"value": 5}, "eta": {"value": 2}, "J": {"value": 0.4}, "N_E": {"value": 400},
                "C_E": {"value": 100}},
  "simulation": {"dt": 0.1, "duration": 2000, "speed": 1, "seed": 3},
  "populations": [
    {"name": "E", "size": "round(N_E)", "model": "iaf_psc_delta",
     "params": {"tau_m": 20, "C_m": 1, "E_L": 0, "V_th": 20, "V_reset": 10, "t_ref": 2}, "init": {"V_m": 0}},
    {"name": "I", "size": "round(N_E / 4)", "model": "iaf_psc_delta",
     "params": {"tau_m": 20, "C_m": 1, "E_L": 0, "V_th": 20, "V_reset": 10, "t_ref": 2}, "init": {"V_m": 0}}],
  "projections": [
    {"label": "EE", "source": "E", "target": "E", "rule": {"rule": "fixed_indegree", "indegree": "round(C_E)"},
     "weight": "J", "delay": 1.5},
    {"label": "EI", "source": "E", "target": "I", "rule": {"rule": "fixed_indegree", "indegree": "round(C_E)"},
     "weight": "J", "delay": 1.5},
    {"label": "IE", "source": "I", "target": "E",
     "rule": {"rule": "fixed_indegree", "indegree": "round(C_E / 4)"}, "weight": "-g * J", "delay": 1.5},
    {"label": "II", "source": "I", "target": "I",
     "rule": {"rule": "fixed_indegree", "indegree": "round(C_E / 4)"}, "weight": "-g * J", "delay": 1.5}],
  "stimuli": [{"type": "poisson", "label": "external", "target": ["E", "I"], "rate": "1000 * eta / J",
               "weight": "J"}],
  "record": {"traces": [{"population": "E", "neurons": [0, 1], "variables": ["V_m"]}], "spikes": ["E", "I"]},
  "view": {"window_ms": 200, "layout": "network"}})json";

double number(const ui::EngineBridge& bridge, const char* path)
{
    return test_support::number_at(*bridge.document(), path);
}

} // namespace

class TestComparison : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void both_run_together_and_b_is_never_ahead();
    void they_are_equal_until_something_is_changed();
    void b_stands_where_a_stands();
    void both_are_runs_of_the_command_line();
    void swapping_is_one_step_to_undo();
    void b_takes_the_values_of_a_and_a_new_seed();
    void it_ends_when_asked_or_when_another_preset_is_opened();
    void going_back_takes_b_along();
    void the_size_of_a_is_measured_by_b();
    void b_has_panels_of_its_own_or_stands_as_ghost();
    void the_table_has_both_beside_theory();

private:
    void begin();
    void set(const char* path, double value)
    {
        m_bridge->post(engine::SetValues {{{path, value}}});
        QTRY_COMPARE_WITH_TIMEOUT(number(*m_bridge, path), value, patience);
    }
    bool advance(double t_ms)
    {
        return QTest::qWaitFor(
            [&] {
                return m_comparison->running() && m_bridge->status().t_ms >= t_ms
                    && m_comparison->other().status().t_ms >= t_ms;
            },
            patience);
    }
    bool pause()
    {
        m_bridge->post(engine::Pause {});
        return QTest::qWaitFor(
            [&] {
                return m_bridge->status().state == engine::RunState::paused
                    && m_comparison->other().status().t_ms == m_bridge->status().t_ms;
            },
            patience);
    }

    IsolatedSettings m_settings;
    std::unique_ptr<ui::EngineBridge> m_bridge;
    std::unique_ptr<QUndoStack> m_undo;
    std::unique_ptr<ui::NetworkTheory> m_theory;
    std::unique_ptr<QWidget> m_window;
    Comparison* m_comparison = nullptr;
    ui::PlotArea* m_plots = nullptr;
    ui::CompareView* m_view = nullptr;
    ui::ComparePanel* m_panel = nullptr;
};

void TestComparison::init()
{
    m_bridge = std::make_unique<ui::EngineBridge>();
    m_undo = std::make_unique<QUndoStack>();
    m_theory = std::make_unique<ui::NetworkTheory>(*m_bridge);
    m_window = std::make_unique<QWidget>();
    m_plots = new ui::PlotArea(*m_bridge, m_window.get());
    m_plots->setTheory(*m_theory);
    m_comparison = new Comparison(*m_bridge, *m_undo, m_window.get());
    m_view = new ui::CompareView(*m_comparison, *m_plots, m_window.get());
    m_panel = new ui::ComparePanel(*m_comparison, *m_theory, *m_undo, m_window.get());
    auto* column = new QVBoxLayout(m_window.get());
    column->addWidget(m_view, 1);
    column->addWidget(m_panel, 1);
    m_window->resize(1200, 1100);
    m_window->show();
    QVERIFY(runPreset(*m_bridge, frames::document(brunel)));
}

void TestComparison::cleanup()
{
    m_comparison->end();
    m_bridge->stop();
    m_window.reset();
    m_theory.reset();
    m_undo.reset();
    m_bridge.reset();
}

void TestComparison::begin()
{
    m_panel->beginAction()->trigger();
    QVERIFY(m_comparison->active());
    QVERIFY(QTest::qWaitFor([&] { return m_comparison->running(); }, patience));
}

void TestComparison::both_run_together_and_b_is_never_ahead()
{
    QTRY_VERIFY_WITH_TIMEOUT(m_bridge->status().t_ms > 20.0, patience);
    const std::uint64_t sweep = m_bridge->status().sweep;
    begin();
    bool ahead = false;
    const auto look = [&] {
        ahead = ahead
            || m_comparison->run()->grid.time_ms(m_comparison->run()->now)
                > m_bridge->status().t_ms + 1e-9;
    };
    QTRY_VERIFY_WITH_TIMEOUT(m_bridge->status().sweep == sweep + 1, patience); // A begins anew
    connect(m_comparison, &Comparison::progressed, this, look);
    QVERIFY(advance(60.0));
    QVERIFY(!ahead);
    m_comparison->disconnect(this);
    QCOMPARE(m_comparison->other().status().seed, std::uint64_t {3});
    QTRY_VERIFY(m_view->title().contains("held") || m_view->title().contains("catches up"));
}

void TestComparison::they_are_equal_until_something_is_changed()
{
    begin();
    QVERIFY(advance(40.0));
    QTRY_VERIFY_WITH_TIMEOUT(m_comparison->equalUntilMs() > 30.0, patience);
    QVERIFY(!m_comparison->firstDifference());
    QTRY_VERIFY(m_panel->differences().contains("same values"));
    QVERIFY(pause());
    const double changed_ms = m_bridge->status().t_ms;
    set("g", 3.0);
    m_bridge->post(engine::Run {});
    QTRY_VERIFY_WITH_TIMEOUT(m_comparison->firstDifference().has_value(), patience);
    const double differs_ms = 0.1 * static_cast<double>(m_comparison->firstDifference()->step);
    QVERIFY2(differs_ms > changed_ms, qPrintable(QString::number(differs_ms)));
    // Synapses take 1.5 ms; the network fires all the time.
    QVERIFY2(differs_ms < changed_ms + 50.0, qPrintable(QString::number(differs_ms)));
    QTRY_VERIFY_WITH_TIMEOUT(m_panel->differences().contains("g 5"), patience);
    QTRY_VERIFY_WITH_TIMEOUT(m_panel->firstDifference().contains("First spike"), patience);
    QCOMPARE(number(m_comparison->other(), "g"), 5.0);
}

void TestComparison::b_stands_where_a_stands()
{
    begin();
    QVERIFY(advance(20.0));
    QVERIFY(pause());
    const double at = m_bridge->status().t_ms;
    QTest::qWait(100);
    QCOMPARE(m_comparison->other().status().t_ms, at);
    m_bridge->post(engine::StepOnce {7});
    QTRY_VERIFY_WITH_TIMEOUT(
        std::abs(m_comparison->other().status().t_ms - at - 0.7) < 1e-6, patience);
    m_bridge->post(engine::ResetState {});
    QTRY_COMPARE_WITH_TIMEOUT(m_comparison->other().status().t_ms, 0.0, patience);
}

void TestComparison::both_are_runs_of_the_command_line()
{
    begin();
    QVERIFY(advance(30.0));
    set("g", 4.0);
    QVERIFY(advance(80.0));
    QVERIFY(pause());
    for (const ui::EngineBridge* bridge : {m_bridge.get(), &m_comparison->other()}) {
        const auto recording = bridge->recording();
        QVERIFY(recording && recording->end > 800);
        const PresetDocument run = with(
            recording->as_run, "simulation/duration", recording->grid.time_ms(recording->end));
        QVERIFY(test_support::csv(*recording) == test_support::headless_csv(run));
    }
    // B is the document as it was held.
    const PresetDocument held = m_comparison->other().recording()->as_run;
    QVERIFY(held.experiment().events.empty());
    QCOMPARE(held.experiment().populations, frames::document(brunel).experiment().populations);
    QCOMPARE(held.experiment().projections, frames::document(brunel).experiment().projections);
}

void TestComparison::swapping_is_one_step_to_undo()
{
    begin();
    set("g", 4.0);
    m_panel->swapAction()->trigger();
    const auto values = [&](double a, double b) {
        return QTest::qWaitFor(
            [&] { return number(*m_bridge, "g") == a && number(m_comparison->other(), "g") == b; },
            patience);
    };
    QVERIFY(values(5.0, 4.0));
    QCOMPARE(m_undo->count(), 1);
    m_undo->undo();
    QVERIFY(values(4.0, 5.0));
}

void TestComparison::b_takes_the_values_of_a_and_a_new_seed()
{
    begin();
    set("g", 4.5);
    m_panel->takeAction()->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(number(m_comparison->other(), "g"), 4.5, patience);
    m_bridge->post(engine::NewSeed {77});
    QTRY_COMPARE_WITH_TIMEOUT(m_comparison->other().status().seed, std::uint64_t {77}, patience);
    QVERIFY(advance(20.0));
    QTRY_VERIFY_WITH_TIMEOUT(m_comparison->equalUntilMs() > 10.0, patience);
    QVERIFY(!m_comparison->firstDifference());
}

void TestComparison::it_ends_when_asked_or_when_another_preset_is_opened()
{
    begin();
    QVERIFY(m_view->other() != nullptr);
    m_panel->endAction()->trigger();
    QVERIFY(!m_comparison->active());
    QVERIFY(m_view->other() == nullptr);
    QVERIFY(m_panel->beginAction()->isEnabled());
    begin();
    QSignalSpy reported(m_comparison, &Comparison::report);
    QVERIFY(runPreset(*m_bridge, frames::document(frames::network)));
    QVERIFY(!m_comparison->active());
    QCOMPARE(reported.size(), 1);
}

void TestComparison::going_back_takes_b_along()
{
    begin();
    QVERIFY(advance(60.0));
    QVERIFY(pause());
    m_bridge->post(engine::ContinueFrom {300, std::nullopt, false});
    QTRY_VERIFY_WITH_TIMEOUT(std::abs(m_bridge->status().t_ms - 30.0) < 1e-6, patience);
    QTRY_VERIFY_WITH_TIMEOUT(std::abs(m_comparison->other().status().t_ms - 30.0) < 1e-6, patience);
    m_bridge->post(engine::Run {});
    QVERIFY(advance(60.0));
    QTRY_VERIFY_WITH_TIMEOUT(m_comparison->equalUntilMs() > 50.0, patience);
    QVERIFY(!m_comparison->firstDifference());
}

void TestComparison::the_size_of_a_is_measured_by_b()
{
    begin();
    QVERIFY(advance(10.0));
    m_panel->size().kept().setCurrentIndex(1); // the mean input
    m_panel->size().setFactor(0.5);
    QTRY_COMPARE_WITH_TIMEOUT(number(*m_bridge, "N_E"), 200.0, patience);
    QTRY_COMPARE_WITH_TIMEOUT(number(*m_bridge, "C_E"), 50.0, patience);
    QTRY_COMPARE_WITH_TIMEOUT(number(*m_bridge, "J"), 0.8, patience);
    QTRY_COMPARE_WITH_TIMEOUT(m_bridge->status().neurons, std::uint64_t {250}, patience);
    QCOMPARE(m_comparison->other().status().neurons, std::uint64_t {500});
    QTRY_VERIFY_WITH_TIMEOUT(m_panel->sizes().contains(QStringLiteral("500 \u2192 250")), patience);
    QTRY_VERIFY_WITH_TIMEOUT(
        m_panel->sizes().contains(QStringLiteral("J 0.4 \u2192 0.8")), patience);
    // The other way to keep something: what the first one set is as in B again.
    m_panel->size().kept().setCurrentIndex(0);
    QTRY_COMPARE_WITH_TIMEOUT(number(*m_bridge, "J"), 0.4, patience);
    QTRY_COMPARE_WITH_TIMEOUT(number(*m_bridge, "C_E"), 100.0, patience);
    QCOMPARE(number(*m_bridge, "N_E"), 200.0);
    m_undo->undo();
    m_undo->undo();
    QTRY_COMPARE_WITH_TIMEOUT(number(*m_bridge, "N_E"), 400.0, patience);
    QTRY_COMPARE_WITH_TIMEOUT(number(*m_bridge, "J"), 0.4, patience);
}

void TestComparison::b_has_panels_of_its_own_or_stands_as_ghost()
{
    begin();
    QVERIFY(advance(30.0));
    set("g", 3.0);
    ui::PlotArea& other = *m_view->other();
    QTRY_VERIFY_WITH_TIMEOUT(other.isVisible() && other.rate() != nullptr, patience);
    QCOMPARE(other.panels().size(), m_plots->panels().size());
    QTRY_VERIFY_WITH_TIMEOUT(other.rate()->graph(0)->dataCount() > 3, patience);
    QCOMPARE(other.rate()->xAxis->range().upper, m_plots->rate()->xAxis->range().upper);
    QVERIFY(m_plots->rate()->other() == nullptr);

    m_panel->views().setCurrentIndex(1);
    QVERIFY(!other.isVisible());
    QTRY_VERIFY_WITH_TIMEOUT(m_plots->rate()->other() != nullptr, patience);
    QVERIFY(advance(100.0));
    QTRY_VERIFY_WITH_TIMEOUT(m_plots->rate()->other()->graph(0)->dataCount() > 3, patience);
    const auto* traces = qobject_cast<ui::TracePanel*>(m_plots->panels().back());
    QVERIFY(traces != nullptr);
    QTRY_VERIFY_WITH_TIMEOUT(
        traces->other() != nullptr && traces->other()->graph(0)->dataCount() > 3, patience);
    QVERIFY(!m_plots->raster()->raster().ghosts().isNull());
    // The rate of the ghost is that of B's own panel, bin by bin.
    QVERIFY(pause());
    m_panel->views().setCurrentIndex(0);
    const auto rates = [](const QCPGraph& graph) {
        std::map<double, double> out;
        for (const QCPGraphData& bin : *graph.data()) {
            out[bin.key] = bin.value;
        }
        return out;
    };
    QTRY_VERIFY_WITH_TIMEOUT(m_plots->rate()->other() == nullptr, patience);
    QTest::qWait(100);
    const auto own = rates(*other.rate()->graph(0));
    m_panel->views().setCurrentIndex(1);
    QTRY_VERIFY_WITH_TIMEOUT(m_plots->rate()->other() != nullptr, patience);
    m_plots->autoscaleAll();
    QTRY_VERIFY_WITH_TIMEOUT(m_plots->rate()->other()->graph(0)->dataCount() > 10, patience);
    const auto ghost = rates(*m_plots->rate()->other()->graph(0));
    int both = 0;
    for (const auto& [t, rate] : ghost) {
        if (const auto bin = own.find(t); bin != own.end()) {
            QCOMPARE(rate, bin->second);
            ++both;
        }
    }
    QVERIFY(both > 10);
}

void TestComparison::the_table_has_both_beside_theory()
{
    m_bridge->post(engine::SetSpeed {std::nullopt});
    begin();
    set("g", 4.0);
    const QTableWidget& table = m_panel->table();
    const auto column = [&](const QString& title) {
        for (int c = 0; c < table.columnCount(); ++c) {
            if (table.horizontalHeaderItem(c)->text() == title) {
                return c;
            }
        }
        return -1;
    };
    QTRY_VERIFY_WITH_TIMEOUT(table.rowCount() > 4 && column("theory B") > 0, patience);
    const auto cell = [&](int row, const QString& title) {
        return table.item(row, column(title))->text().toDouble();
    };
    QTRY_VERIFY_WITH_TIMEOUT(cell(0, "A") > 0.0 && cell(0, "B") > 0.0, patience);
    // One window each: their own theory is near, less inhibition makes A fire more.
    QTRY_VERIFY_WITH_TIMEOUT(cell(0, "theory A") > cell(0, "theory B"), patience);
    QTRY_VERIFY_WITH_TIMEOUT(
        std::abs(cell(0, "A") - cell(0, "theory A")) < 0.25 * cell(0, "theory A")
            && std::abs(cell(0, "B") - cell(0, "theory B")) < 0.25 * cell(0, "theory B"),
        patience);
    const QString minus = QStringLiteral("A \u2212 B");
    QVERIFY(std::abs(cell(0, minus) - (cell(0, "A") - cell(0, "B"))) < 0.011);
    QCOMPARE(table.item(table.rowCount() - 1, 0)->text(), QStringLiteral("State"));
    QVERIFY(!table.item(table.rowCount() - 1, column("B"))->text().isEmpty());
}

QTEST_MAIN(TestComparison)
#include "tst_comparison.moc"
