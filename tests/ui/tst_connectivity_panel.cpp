// What the connectivity panel shows of a running network, held to the network and to theory.

#include "engine/analysis/neighbours.hpp"
#include "tests/ui/isolated_settings.hpp"
#include "tests/ui/running_preset.hpp"
#include "ui/connectivity/connection_histograms.hpp"
#include "ui/connectivity/connection_map.hpp"
#include "ui/connectivity/connectivity_panel.hpp"
#include "ui/connectivity/projection_graph.hpp"
#include "ui/selection/neuron_selection.hpp"
#include "ui/stimuli/stimulus_desk.hpp"

#include <QComboBox>
#include <QTabBar>
#include <QUndoStack>

#include <cmath>
#include <map>
#include <set>

namespace {

constexpr int patience = 60000;

/// 1000 E and 250 I neurons; each has 100 sources in E and 25 in I.
engine::config::PresetDocument small()
{
    return with(with(shippedPreset("brunel-ai-small"), "N_E", 1000.0), "C_E", 100.0);
}

double total(const ui::BarPlot& plot)
{
    double sum = 0.0;
    for (const auto& bar : plot.shown().bars) {
        sum += bar.count;
    }
    return sum;
}

} // namespace

class TestConnectivityPanel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_bridge = std::make_unique<ui::EngineBridge>();
        m_selection = std::make_unique<ui::NeuronSelection>();
        m_undo = std::make_unique<QUndoStack>();
        m_desk = std::make_unique<ui::StimulusDesk>(*m_bridge, *m_undo);
        m_panel = std::make_unique<ui::ConnectivityPanel>(*m_bridge, *m_desk, *m_selection);
        m_panel->resize(1200, 500);
        m_panel->show();
    }
    void cleanup()
    {
        m_panel.reset();
        m_desk.reset();
        m_undo.reset();
        m_selection.reset();
        m_bridge.reset();
    }

    void it_counts_what_the_simulation_has();
    void histograms_lie_on_theory();
    void a_weight_that_changes_makes_nothing_again();
    void a_click_on_an_arrow_chooses_the_projection();
    void the_picture_shows_single_synapses();
    void a_click_in_the_picture_follows_a_neuron();
    void the_picture_shows_the_chosen_projection_alone();
    void where_all_are_connected_the_weights_are_shown();
    void where_it_is_narrow_one_view_is_shown();

private:
    bool run(const engine::config::PresetDocument& document)
    {
        const bool runs = runPreset(*m_bridge, document);
        return runs
            && QTest::qWaitFor(
                [&] {
                    return m_panel->pictures().whole() && !m_panel->data().counts().empty()
                        && !m_panel->busy();
                },
                patience);
    }
    std::unique_ptr<ui::EngineBridge> m_bridge;
    std::unique_ptr<ui::NeuronSelection> m_selection;
    std::unique_ptr<QUndoStack> m_undo;
    std::unique_ptr<ui::StimulusDesk> m_desk;
    std::unique_ptr<ui::ConnectivityPanel> m_panel;
};

void TestConnectivityPanel::it_counts_what_the_simulation_has()
{
    QVERIFY(run(small()));
    std::uint64_t synapses = 0;
    for (const auto& counts : m_panel->data().counts()) {
        synapses += counts->synapses;
    }
    QTRY_VERIFY_WITH_TIMEOUT(m_bridge->status().synapses > 0, patience);
    QCOMPARE(synapses, m_bridge->status().synapses);
    QVERIFY2(m_panel->words().contains(
                 QLocale(QLocale::English).toString(static_cast<qulonglong>(synapses))),
        qPrintable(m_panel->words()));
    QCOMPARE(total(m_panel->histograms().weights()), static_cast<double>(synapses));
    QCOMPARE(total(m_panel->histograms().delays()), static_cast<double>(synapses));
    QCOMPARE(total(m_panel->histograms().inDegrees()), 1250.0); // neurons
}

void TestConnectivityPanel::histograms_lie_on_theory()
{
    QVERIFY(run(small()));
    m_panel->choose(0); // E to E: each of 1000 neurons has 100 of 1000
    const ui::BarPlot& in = m_panel->histograms().inDegrees();
    QCOMPARE(in.shown().bars.size(), std::size_t {1});
    QCOMPARE(in.shown().bars[0].count, 1000.0);
    QCOMPARE(in.shown().theory.size(), 1);
    QCOMPARE(in.shown().theory[0], QPointF(100.0, 1000.0));
    const ui::BarPlot& out = m_panel->histograms().outDegrees();
    QVERIFY(out.shown().bars.size() > 10);
    double off = 0.0;
    for (std::size_t b = 0; b < out.shown().bars.size(); ++b) {
        off += std::abs(
            out.shown().bars[b].count - out.shown().theory[static_cast<qsizetype>(b)].y());
    }
    // Each bar is off by about the root of its count: together sqrt(1000 bars 2 / pi).
    const double expected
        = std::sqrt(1000.0 * static_cast<double>(out.shown().bars.size()) * 2.0 / M_PI);
    QVERIFY2(off < 2.0 * expected, qPrintable(QString::number(off)));
    QVERIFY2(out.caption().contains(QStringLiteral("theory 100 ± ")), qPrintable(out.caption()));
    const ui::BarPlot& weights = m_panel->histograms().weights();
    QCOMPARE(weights.shown().bars.size(), std::size_t {1}); // one weight for all
    QCOMPARE(weights.shown().bars[0].count, 100000.0);
}

void TestConnectivityPanel::a_weight_that_changes_makes_nothing_again()
{
    QVERIFY(run(small()));
    m_panel->choose(2); // I to E
    m_panel->quantities().setCurrentIndex(1);
    const auto middle = [&] {
        const auto& bar = m_panel->histograms().weights().shown().bars.at(0);
        return (bar.from + bar.to) / 2.0;
    };
    const double before = middle();
    QVERIFY(before < 0.0);
    const int counted = m_panel->data().passes();
    const int pictured = m_panel->pictures().passes();
    m_bridge->post(engine::SetValues {{{"g", 2.5}}}); // it was 5
    QTRY_VERIFY_WITH_TIMEOUT(std::abs(middle() / before - 0.5) < 1e-9, patience);
    QCOMPARE(m_panel->data().passes(), counted);
    QCOMPARE(m_panel->pictures().passes(), pictured);
}

void TestConnectivityPanel::a_click_on_an_arrow_chooses_the_projection()
{
    QVERIFY(run(small()));
    ui::ProjectionGraph& graph = m_panel->graph();
    for (const std::size_t p : {2U, 0U, 3U, 1U}) {
        QTest::mouseClick(&graph, Qt::LeftButton, {}, graph.labelOf(p).toPoint());
        QCOMPARE(*m_panel->chosen(), p);
        QCOMPARE(m_panel->projections().currentIndex(), static_cast<int>(p) + 1);
    }
    QVERIFY(m_panel->projections().currentText() == QStringLiteral("E → I"));
    QTest::keyClick(&graph, Qt::Key_Right);
    QCOMPARE(*m_panel->chosen(), std::size_t {2});
    QTest::mouseClick(&graph, Qt::LeftButton, {}, {1, graph.height() - 2});
    QVERIFY(!m_panel->chosen());
    const std::string csv = graph.csv();
    QCOMPARE(std::count(csv.begin(), csv.end(), '\n'), std::ptrdiff_t {5});
}

void TestConnectivityPanel::the_picture_shows_single_synapses()
{
    const auto document = small();
    QVERIFY(run(document));
    ui::ConnectionMap& map = m_panel->map();
    map.showNeurons(20.0, 60.0, 100.0, 130.0);
    const auto part = [&] {
        const auto& picture = m_panel->pictures().part();
        return picture && picture->targets.single() && picture->sources.single()
            && picture->targets.first() == 100 && picture->sources.first() == 20;
    };
    QTRY_VERIFY_WITH_TIMEOUT(part(), patience);
    const std::uint32_t target = 112;
    std::map<std::uint32_t, std::set<QRgb>> colors; // by number of synapses
    const auto neighbours = engine::analysis::neighbours_of(document.experiment(), 0, target);
    for (std::uint32_t source = 20; source < 60; ++source) {
        std::uint32_t synapses = 0;
        for (const auto& from : neighbours.in) {
            synapses += from.population == 0 && from.neuron == source ? from.synapses : 0;
        }
        const QPointF at = map.pixelOf(source + 0.5, target + 0.5);
        const QString text = map.textAt(at);
        QVERIFY2(text.startsWith(QStringLiteral("E %1 → E %2\n").arg(source).arg(target)),
            qPrintable(text));
        QCOMPARE(static_cast<std::uint32_t>(text.count(QStringLiteral(" mV, 1.5 ms"))), synapses);
        colors[synapses].insert(map.colorAt(at).rgb());
    }
    QVERIFY(colors[0].size() == 1 && colors[1].size() == 1 && colors[0] != colors[1]);
    const int passes = m_panel->pictures().passes();
    QTest::mouseDClick(&map, Qt::LeftButton, {}, map.rect().center());
    QTRY_VERIFY_WITH_TIMEOUT(!m_panel->pictures().part(), patience);
    QCOMPARE(m_panel->pictures().passes(), passes); // the whole is still known
    QCOMPARE(map.xAxis->range().upper, 1250.0);
}

void TestConnectivityPanel::a_click_in_the_picture_follows_a_neuron()
{
    QVERIFY(run(small()));
    ui::ConnectionMap& map = m_panel->map();
    map.showNeurons(20.0, 30.0, 1100.0, 1110.0); // E to I
    map.replot();
    const QPoint at = map.pixelOf(24.5, 1103.5).toPoint();
    QTest::mouseClick(&map, Qt::LeftButton, {}, at);
    QVERIFY(m_selection->followed() == (ui::NeuronId {1, 103}));
    QTest::mouseClick(&map, Qt::LeftButton, Qt::ShiftModifier, at);
    QVERIFY(m_selection->followed() == (ui::NeuronId {0, 24}));
    m_panel->choose(1); // E to I: its own out-degree is marked
    const auto& counts = m_panel->data().counts();
    QTRY_VERIFY_WITH_TIMEOUT(m_panel->histograms().outDegrees().shown().mark
            == static_cast<double>(counts[1]->out_degrees[24]),
        patience);
    QVERIFY(!m_panel->histograms().inDegrees().shown().mark);
}

void TestConnectivityPanel::where_all_are_connected_the_weights_are_shown()
{
    QVERIFY(run(shippedPreset("net-pymonnto")));
    QCOMPARE(m_panel->quantities().currentText(), QStringLiteral("Weights"));
    QVERIFY(run(small()));
    QCOMPARE(m_panel->quantities().currentText(), QStringLiteral("Number of synapses"));
}

void TestConnectivityPanel::the_picture_shows_the_chosen_projection_alone()
{
    QVERIFY(run(small()));
    ui::ConnectionMap& map = m_panel->map();
    const QPointF EtoE = map.pixelOf(500.0, 500.0);
    const QPointF ItoE = map.pixelOf(1125.0, 500.0);
    QTRY_VERIFY_WITH_TIMEOUT(map.textAt(ItoE).contains(QStringLiteral("synapses")), patience);
    QVERIFY(map.colorAt(EtoE).alpha() == 255 && map.colorAt(ItoE).alpha() == 255);
    m_panel->choose(2); // I to E
    QVERIFY(map.colorAt(EtoE).alpha() == 0 && map.colorAt(ItoE).alpha() == 255);
    QVERIFY(map.textAt(EtoE).contains(QStringLiteral("not of this projection")));
    // Weights: red inhibits, blue excites.
    m_panel->quantities().setCurrentIndex(1);
    QVERIFY(map.colorAt(ItoE).red() > map.colorAt(ItoE).blue());
    m_panel->choose(0);
    QVERIFY(map.colorAt(EtoE).blue() > map.colorAt(EtoE).red());
    QVERIFY(
        map.csv().rfind("target_first,target_last,source_first,source_last,weight_per_pair\n", 0)
        == 0);
}

void TestConnectivityPanel::where_it_is_narrow_one_view_is_shown()
{
    QVERIFY(m_panel->graph().isVisible() && m_panel->map().isVisible());
    m_panel->resize(380, 500);
    QVERIFY(m_panel->graph().isVisible() && !m_panel->map().isVisible());
    m_panel->tabs().setCurrentIndex(2);
    QVERIFY(!m_panel->graph().isVisible() && m_panel->map().isVisible());
}

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    const IsolatedSettings settings;
    TestConnectivityPanel test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_connectivity_panel.moc"
