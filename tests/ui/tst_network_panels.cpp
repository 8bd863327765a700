#include "engine/analysis/population_statistics.hpp"
#include "engine/core/random.hpp"
#include "tests/ui/frames.hpp"
#include "tests/ui/isolated_settings.hpp"
#include "tests/ui/running_preset.hpp"
#include "ui/engine_bridge.hpp"
#include "ui/network_theory.hpp"
#include "ui/panels/balance_panel.hpp"
#include "ui/panels/distributions_panel.hpp"
#include "ui/panels/spectrum_panel.hpp"
#include "ui/plots/spectrum_plot.hpp"
#include "ui/widgets/steady_table.hpp"

#include <QComboBox>
#include <QToolButton>

#include <cmath>
#include <numeric>

using engine::analysis::NetworkStatistics;
using engine::analysis::PopulationStatistics;
using engine::core::Step;

namespace {

constexpr double dt_ms = 0.1;
constexpr Step steps = 20000; // 2 s
constexpr int patience = 30000;

/// Neurons that fire as gamma processes of this order, as the engine counts them.
PopulationStatistics gammaNeurons(
    std::size_t neurons, double rate_Hz, int order, std::uint64_t seed)
{
    engine::core::Random random(seed);
    const double mean_ms = 1000.0 / rate_Hz / order;
    std::vector<std::vector<std::uint32_t>> fired(steps + 1);
    for (std::uint32_t n = 0; n < neurons; ++n) {
        double t = -mean_ms * order * random.uniform();
        while (true) {
            for (int i = 0; i < order; ++i) {
                t -= mean_ms * std::log(1.0 - random.uniform());
            }
            const auto stamp = static_cast<Step>(std::ceil(t / dt_ms));
            if (stamp > steps) {
                break;
            }
            if (stamp > 0
                && (fired[static_cast<std::size_t>(stamp)].empty()
                    || fired[static_cast<std::size_t>(stamp)].back() != n)) {
                fired[static_cast<std::size_t>(stamp)].push_back(n);
            }
        }
    }
    engine::analysis::PopulationAccumulator population(neurons, dt_ms, 0, steps);
    for (Step k = 1; k <= steps; ++k) {
        population.add_spikes(k, fired[static_cast<std::size_t>(k)]);
    }
    population.advance(steps);
    return population.statistics();
}

std::shared_ptr<const NetworkStatistics> network(
    const PopulationStatistics& E, const PopulationStatistics& I)
{
    NetworkStatistics out;
    out.to_ms = 2000.0;
    out.populations = {E, I};
    out.network = E;
    return std::make_shared<const NetworkStatistics>(out);
}

double zero(std::size_t, Step) { return 0.0; }

} // namespace

class TestNetworkPanels : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_bridge = std::make_unique<ui::EngineBridge>();
        m_theory = std::make_unique<ui::NetworkTheory>(*m_bridge);
    }
    void cleanup()
    {
        m_theory.reset();
        m_bridge.reset();
    }

    void the_spectrum_of_poisson_neurons_lies_on_the_floor();
    void a_population_is_chosen();
    void the_frequency_of_theory_is_marked_and_follows();
    void a_kept_spectrum_stays_behind_the_next();
    void scales_are_chosen_and_remembered();
    void before_there_is_a_spectrum_it_says_so();
    void distributions_have_the_moments_of_their_process();
    void a_poisson_process_lies_on_its_reference();
    void few_charts_are_shown_one_at_a_time();
    void nothing_is_renewed_behind_other_tabs();
    void input_stands_beside_theory();
    void without_theory_there_is_input_and_a_reason();

private:
    void deliver(const std::shared_ptr<const NetworkStatistics>& statistics)
    {
        if (!m_sweep) {
            m_sweep.emplace(frames::document(frames::network), 1, 0, zero);
            m_to = 0;
        }
        engine::Frame frame = m_sweep->next(++m_to);
        frame.statistics = statistics;
        m_bridge->deliver(frame);
    }

    std::unique_ptr<ui::EngineBridge> m_bridge;
    std::unique_ptr<ui::NetworkTheory> m_theory;
    std::optional<frames::Sweep> m_sweep;
    Step m_to = 0;
};

void TestNetworkPanels::the_spectrum_of_poisson_neurons_lies_on_the_floor()
{
    m_sweep.reset();
    ui::SpectrumPanel panel(*m_bridge, *m_theory);
    panel.resize(500, 300);
    panel.show();
    deliver(network(gammaNeurons(200, 40.0, 1, 1), gammaNeurons(50, 40.0, 1, 2)));
    QTRY_VERIFY_WITH_TIMEOUT(!panel.plot().graph()->data()->isEmpty(), patience);
    const double floor = *panel.plot().marks().floor;
    QVERIFY2(std::abs(floor - 2.0 * 40.0 / 200.0) < 0.05 * 0.4, qPrintable(panel.words()));
    QCOMPARE(panel.plot().floorGraph()->data()->at(0)->value, floor);
    double sum = 0.0;
    int points = 0;
    for (const QCPGraphData& point : *panel.plot().graph()->data()) {
        QVERIFY(point.key > 0.0 && point.key <= 1000.0);
        sum += point.value;
        ++points;
    }
    // 511 points of 7 segments: the mean is good to a few percent.
    QVERIFY2(std::abs(sum / points / floor - 1.0) < 0.1, qPrintable(QString::number(sum / points)));
    QVERIFY(panel.words().contains(QStringLiteral("no theory (")));
    // A row for each frequency, 0 Hz included.
    const std::string csv = panel.plot().csv();
    QVERIFY(csv.rfind("frequency_Hz,density_Hz2_per_Hz\n0,", 0) == 0);
    QCOMPARE(std::count(csv.begin(), csv.end(), '\n'), std::ptrdiff_t {514});
}

void TestNetworkPanels::a_population_is_chosen()
{
    m_sweep.reset();
    ui::SpectrumPanel panel(*m_bridge, *m_theory);
    panel.show();
    deliver(network(gammaNeurons(200, 40.0, 1, 1), gammaNeurons(50, 20.0, 1, 2)));
    QCOMPARE(panel.populations().count(), 3); // all, E, I
    panel.populations().setCurrentIndex(2);
    QTRY_VERIFY_WITH_TIMEOUT(panel.plot().marks().floor.has_value(), patience);
    QTRY_VERIFY_WITH_TIMEOUT(
        std::abs(*panel.plot().marks().floor - 2.0 * 20.0 / 50.0) < 0.1 * 0.8, patience);
}

void TestNetworkPanels::the_frequency_of_theory_is_marked_and_follows()
{
    ui::SpectrumPanel panel(*m_bridge, *m_theory);
    panel.show();
    const auto document = shippedPreset("brunel-si-fast-small");
    frames::Sweep sweep(document, 1, 0, zero);
    engine::Frame frame = sweep.next(1);
    frame.statistics = network(gammaNeurons(200, 40.0, 1, 1), gammaNeurons(50, 40.0, 1, 2));
    m_bridge->deliver(frame);
    // Panel B of Brunel 2000: 190.2 Hz grows; panel C's neighbour at g = 5, eta = 2: 124 Hz decays.
    QTRY_VERIFY_WITH_TIMEOUT(panel.plot().marks().theory_Hz.has_value(), 60000);
    QVERIFY(std::abs(*panel.plot().marks().theory_Hz - 190.2) < 0.3);
    QVERIFY(panel.plot().marks().theoryGrows);
    QVERIFY(panel.words().contains(QStringLiteral("a rhythm of 190 Hz grows (by e in 19 ms)")));
    QCOMPARE(panel.plot().theoryGraph()->data()->size(), 2);
    frame = sweep.next(2);
    frame.document = with(with(document, "g", 5.0), "eta", 2.0);
    m_bridge->deliver(frame);
    QTRY_VERIFY_WITH_TIMEOUT(!panel.plot().marks().theoryGrows, 60000);
    QVERIFY(std::abs(*panel.plot().marks().theory_Hz - 124.0) < 1.0);
}

void TestNetworkPanels::a_kept_spectrum_stays_behind_the_next()
{
    m_sweep.reset();
    ui::SpectrumPanel panel(*m_bridge, *m_theory);
    panel.show();
    deliver(network(gammaNeurons(200, 40.0, 1, 1), gammaNeurons(50, 40.0, 1, 2)));
    QTRY_VERIFY_WITH_TIMEOUT(!panel.plot().graph()->data()->isEmpty(), patience);
    const double before = panel.plot().graph()->data()->at(10)->value;
    panel.keepButton().click();
    QCOMPARE(panel.plot().keptGraph()->data()->at(10)->value, before);
    deliver(network(gammaNeurons(200, 80.0, 1, 3), gammaNeurons(50, 40.0, 1, 2)));
    QTRY_VERIFY_WITH_TIMEOUT(panel.plot().graph()->data()->at(10)->value != before, patience);
    QCOMPARE(panel.plot().keptGraph()->data()->at(10)->value, before);
    panel.keepButton().click();
    QVERIFY(panel.plot().keptGraph()->data()->isEmpty());
}

void TestNetworkPanels::scales_are_chosen_and_remembered()
{
    {
        ui::SpectrumPanel panel(*m_bridge, *m_theory);
        QCOMPARE(panel.plot().yAxis->scaleType(), QCPAxis::stLogarithmic);
        QCOMPARE(panel.plot().xAxis->scaleType(), QCPAxis::stLogarithmic);
        panel.scales().setCurrentIndex(2);
        QCOMPARE(panel.plot().yAxis->scaleType(), QCPAxis::stLinear);
        QCOMPARE(panel.plot().xAxis->range().lower, 0.0);
    }
    ui::SpectrumPanel again(*m_bridge, *m_theory);
    QCOMPARE(again.plot().scale(), ui::SpectrumPlot::Scale::linear);
    again.scales().setCurrentIndex(0);
}

void TestNetworkPanels::before_there_is_a_spectrum_it_says_so()
{
    m_sweep.reset();
    ui::SpectrumPanel panel(*m_bridge, *m_theory);
    panel.show();
    deliver(nullptr);
    QTRY_VERIFY_WITH_TIMEOUT(panel.words().contains(QStringLiteral("half a second")), patience);
    QVERIFY(panel.plot().graph()->data()->isEmpty());
}

void TestNetworkPanels::distributions_have_the_moments_of_their_process()
{
    m_sweep.reset();
    ui::DistributionsPanel panel(*m_bridge, *m_theory);
    panel.resize(900, 300);
    panel.show();
    constexpr int order = 4; // CV 1/2
    const PopulationStatistics E = gammaNeurons(300, 40.0, order, 1);
    NetworkStatistics both = *network(E, gammaNeurons(50, 40.0, 1, 2));
    both.network.neurons = 350;
    deliver(std::make_shared<const NetworkStatistics>(both));
    QTRY_VERIFY_WITH_TIMEOUT(!panel.cvs().histogram().counts.empty(), patience);
    const auto moments = [](const ui::HistogramData& bins) {
        double n = 0.0;
        double sum = 0.0;
        double squares = 0.0;
        for (std::size_t b = 0; b < bins.counts.size(); ++b) {
            const double x = bins.lower + bins.width * (static_cast<double>(b) + 0.5);
            const auto count = static_cast<double>(bins.counts[b]);
            n += count;
            sum += count * x;
            squares += count * x * x;
        }
        const double mean = sum / n;
        return std::array {n, mean, std::sqrt(squares / n - mean * mean)};
    };
    const auto [intervals, meanInterval, sdInterval] = moments(panel.intervals().histogram());
    QVERIFY(std::abs(intervals - 300 * 79.0) < 500.0); // 80 spikes in 2 s have 79 intervals
    QVERIFY2(std::abs(meanInterval - 25.0) < 0.5, qPrintable(QString::number(meanInterval)));
    QVERIFY(std::abs(sdInterval / meanInterval - 0.5) < 0.02);
    const auto [neurons, meanCv, sdCv] = moments(panel.cvs().histogram());
    QCOMPARE(neurons, 300.0);
    QVERIFY2(std::abs(meanCv - 0.5) < 0.02, qPrintable(QString::number(meanCv)));
    QVERIFY(sdCv > 0.02 && sdCv < 0.08); // of 79 intervals about 0.5 / sqrt(2 x 79) and more
    const auto [counted, meanRate, sdRate] = moments(panel.rates().histogram());
    QCOMPARE(counted, 300.0);
    QVERIFY2(std::abs(meanRate - 40.0) < 1.0, qPrintable(QString::number(meanRate)));
    // Counts of a gamma process: variance / mean = 1 / order.
    QVERIFY(std::abs(sdRate - std::sqrt(80.0 / order) / 2.0) < 0.5);
    QCOMPARE(panel.cvs().caption(), QStringLiteral("mean %1").arg(*E.cv_isi, 0, 'f', 2));
    QCOMPARE(panel.cvs().marks().size(), std::size_t {1}); // no theory of this network
    QVERIFY2(
        panel.words().contains(QStringLiteral("350 of 350 neurons")), qPrintable(panel.words()));
}

void TestNetworkPanels::a_poisson_process_lies_on_its_reference()
{
    m_sweep.reset();
    ui::DistributionsPanel panel(*m_bridge, *m_theory);
    panel.resize(900, 300);
    panel.show();
    deliver(network(gammaNeurons(800, 40.0, 1, 5), gammaNeurons(50, 40.0, 1, 2)));
    QTRY_VERIFY_WITH_TIMEOUT(!panel.rates().histogram().counts.empty(), patience);
    for (ui::HistogramChart* chart : {&panel.intervals(), &panel.rates()}) {
        const auto& bins = chart->histogram();
        const QList<QPointF> reference = chart->reference();
        QCOMPARE(static_cast<std::size_t>(reference.size()), bins.counts.size());
        double off = 0.0;
        double all = 0.0;
        for (std::size_t b = 0; b < bins.counts.size(); ++b) {
            off += std::abs(
                static_cast<double>(bins.counts[b]) - reference[static_cast<qsizetype>(b)].y());
            all += static_cast<double>(bins.counts[b]);
        }
        QVERIFY2(off < 0.15 * all, qPrintable(QStringLiteral("%1 of %2").arg(off).arg(all)));
    }
}

void TestNetworkPanels::few_charts_are_shown_one_at_a_time()
{
    ui::DistributionsPanel panel(*m_bridge, *m_theory);
    panel.resize(900, 250);
    panel.show();
    QVERIFY(panel.intervals().isVisible() && panel.cvs().isVisible() && panel.rates().isVisible());
    panel.resize(350, 250);
    QVERIFY(panel.intervals().isVisible() && !panel.cvs().isVisible());
    panel.resize(350, 700);
    QVERIFY(panel.intervals().isVisible() && panel.cvs().isVisible() && panel.rates().isVisible());
    QVERIFY(panel.rates().y() > panel.cvs().y());
}

void TestNetworkPanels::nothing_is_renewed_behind_other_tabs()
{
    m_sweep.reset();
    QTabWidget tabs;
    auto* panel = new ui::SpectrumPanel(*m_bridge, *m_theory);
    tabs.addTab(new QWidget, QStringLiteral("front"));
    tabs.addTab(panel, QStringLiteral("spectrum"));
    tabs.show();
    deliver(network(gammaNeurons(200, 40.0, 1, 1), gammaNeurons(50, 40.0, 1, 2)));
    QTest::qWait(400); // nothing to wait for: it must not happen
    QVERIFY(panel->plot().graph()->data()->isEmpty());
    tabs.setCurrentIndex(1);
    QTRY_VERIFY_WITH_TIMEOUT(!panel->plot().graph()->data()->isEmpty(), patience);
}

namespace {

std::shared_ptr<const engine::analysis::InputStatistics> received(
    const engine::config::Experiment& experiment)
{
    engine::analysis::InputStatistics out;
    out.from_ms = 100.0;
    out.to_ms = 2100.0;
    for (const auto& population : experiment.populations) {
        out.membranes.push_back(engine::analysis::membrane_of(population));
        engine::analysis::ReceivedInput input;
        input.neurons = 10;
        input.excitatory = {75.0, 4.0};
        input.inhibitory = {-94.0, 5.0};
        input.external = {40.0, 1.4};
        input.total = {21.0, 5.5};
        for (int i = 0; i < 40; ++i) {
            input.V_m.add(10.1 + 0.25 * i);
        }
        input.V_m_samples = 40;
        out.populations.push_back(input);
    }
    return std::make_shared<const engine::analysis::InputStatistics>(out);
}

} // namespace

void TestNetworkPanels::input_stands_beside_theory()
{
    ui::BalancePanel panel(*m_bridge, *m_theory);
    panel.resize(900, 350);
    panel.show();
    const auto document = shippedPreset("brunel-ai-small");
    frames::Sweep sweep(document, 1, 0, zero);
    engine::Frame frame = sweep.next(1);
    m_bridge->deliver(frame);
    QTRY_VERIFY_WITH_TIMEOUT(panel.plot().shown().theory.has_value(), 60000);
    QVERIFY(!panel.plot().shown().measured);
    QVERIFY(panel.words().contains(QStringLiteral("half a second")));
    frame = sweep.next(2);
    frame.input = received(document.experiment());
    m_bridge->deliver(frame);
    QTRY_VERIFY_WITH_TIMEOUT(panel.plot().shown().measured.has_value(), patience);
    // Panel C of Brunel 2000: C_E J tau nu = 2 mV x 37.95, g gamma times that, eta V_th.
    const auto& theory = *panel.plot().shown().theory;
    QVERIFY(std::abs(theory[0].mean - 75.9) < 0.05);
    QVERIFY(std::abs(theory[1].mean + 1.25 * 75.9) < 0.07);
    QVERIFY(std::abs(theory[2].mean - 40.0) < 1e-6);
    QVERIFY(std::abs(theory[2].sd - std::sqrt(0.1 * 40.0 / 2.0)) < 1e-6);
    QCOMPARE(panel.plot().bar(1)->data()->at(0)->value, -94.0);
    QCOMPARE(panel.plot().threshold()->data()->at(0)->value, 20.0);
    QVERIFY(panel.plot().band()->visible());
    const double mean = theory[3].mean;
    QVERIFY(std::abs(panel.plot().band()->topLeft->coords().y() - (mean + theory[3].sd)) < 1e-9);
    // The measured density integrates to 1, theory's to 1 - rate t_ref.
    double measured = 0.0;
    for (const QCPGraphData& point : *panel.plot().potentials()->data()) {
        measured += point.value * engine::analysis::PotentialHistogram::width;
    }
    QVERIFY(std::abs(measured - 1.0) < 1e-9);
    double density = 0.0;
    const auto curve = panel.plot().density()->data();
    for (int i = 1; i < curve->size(); ++i) {
        density += (curve->at(i)->key - curve->at(i - 1)->key)
            * (curve->at(i)->value + curve->at(i - 1)->value) / 2.0;
    }
    QVERIFY2(
        std::abs(density - (1.0 - 0.03795 * 2.0)) < 0.01, qPrintable(QString::number(density)));
    QCOMPARE(panel.table().columnCount(), 5 + 1); // the last one is empty
    QCOMPARE(panel.table().item(0, 1)->text(), QStringLiteral("75.00"));
    QVERIFY(panel.words().contains(QStringLiteral("threshold 20 mV")));
    QVERIFY(panel.plot().csv().rfind(
                "part,mean_mV,sd_mV,theory_mean_mV,theory_sd_mV\nexcitatory,75,4,75.", 0)
        == 0);
}

void TestNetworkPanels::without_theory_there_is_input_and_a_reason()
{
    ui::BalancePanel panel(*m_bridge, *m_theory);
    panel.show();
    const auto document = shippedPreset("net-izh2003");
    frames::Sweep sweep(document, 1, 0, zero);
    engine::Frame frame = sweep.next(1);
    frame.input = received(document.experiment());
    m_bridge->deliver(frame);
    QTRY_VERIFY_WITH_TIMEOUT(panel.plot().shown().measured.has_value(), patience);
    QVERIFY(!panel.plot().shown().theory);
    QVERIFY(!panel.plot().band()->visible());
    QVERIFY(panel.words().contains(QStringLiteral("a convention")));
    QVERIFY(panel.words().contains(QStringLiteral("no theory (")));
    QCOMPARE(panel.table().columnCount(), 3 + 1);
}

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    const IsolatedSettings settings;
    TestNetworkPanels test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_network_panels.moc"
