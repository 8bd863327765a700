#include "tests/ui/frames.hpp"
#include "tests/ui/isolated_settings.hpp"
#include "tests/ui/network_plots.hpp"
#include "tests/ui/raster_counts.hpp"
#include "ui/plots/plot_menu.hpp"

#include <QMenu>

#include <algorithm>

using engine::core::Step;

class TestRatePanel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_plots = std::make_unique<NetworkPlots>(); }
    void cleanup() { m_plots.reset(); }
    void rate_is_spikes_per_neuron_and_second();
    void bins_of_the_rate_are_chosen();
    void a_smoothed_rate_keeps_the_number_of_spikes();
    void the_menu_of_the_rate_is_remembered();
    void bins_are_one_to_five_milliseconds_wide();
    void theory_is_a_line_that_steps_with_the_values();
    void without_theory_the_reason_is_said();

private:
    IsolatedSettings m_settings;
    std::unique_ptr<NetworkPlots> m_plots;
};

namespace {

double rest(std::size_t /*column*/, Step /*step*/) { return -65.0; }

} // namespace

void TestRatePanel::rate_is_spikes_per_neuron_and_second()
{
    frames::Sweep sweep(frames::document(frames::network), 1, 0, rest);
    // 8 of 80 neurons in the millisecond (10, 11] ms: 100 Hz.
    for (std::uint32_t neuron = 0; neuron < 8; ++neuron) {
        sweep.spike(105, 0, neuron);
    }
    sweep.spike(110, 1, 3); // at the end of the bin: 1 of 20, 50 Hz
    m_plots->bridge.deliver(sweep.next(107));
    m_plots->bridge.deliver(sweep.next(500));
    const auto valueAt = [&](std::size_t line, double t) {
        return m_plots->rate().graph(line)->data()->findBegin(t, false)->value;
    };
    QCOMPARE(valueAt(0, 10.0), 100.0);
    QCOMPARE(valueAt(1, 10.0), 50.0);
    QCOMPARE(valueAt(0, 9.0), 0.0);
    QCOMPARE(valueAt(0, 11.0), 0.0);
    QCOMPARE(m_plots->rate().graph(0)->data()->size(), 50);
}

void TestRatePanel::bins_of_the_rate_are_chosen()
{
    frames::Sweep sweep(frames::document(frames::network), 1, 0, rest);
    sweep.spike(105, 0, 1); // in 1 ms of 80 neurons: 12.5 Hz
    m_plots->bridge.deliver(sweep.next(1000));
    const auto data = m_plots->rate().graph(0)->data();
    QCOMPARE(data->size(), 100);
    m_plots->rate().setBinMs(5.0);
    QTRY_COMPARE(data->size(), 20);
    QCOMPARE(data->at(2)->key, 10.0);
    QCOMPARE(data->at(2)->value, 2.5);
    m_plots->bridge.deliver(sweep.next(1500)); // new bins are as wide as those of the past
    QTRY_COMPARE(data->size(), 30);
    m_plots->rate().setBinMs({});
    QTRY_COMPARE(data->size(), 150);
    QCOMPARE(data->at(10)->value, 12.5);
}

void TestRatePanel::a_smoothed_rate_keeps_the_number_of_spikes()
{
    frames::Sweep sweep(frames::document(frames::network), 1, 0, rest);
    sweep.spike(505, 0, 1);
    m_plots->bridge.deliver(sweep.next(1000));
    QVERIFY(!m_plots->rate().smoothGraph(0)->visible());
    m_plots->rate().setSmoothingMs(3.0);
    QTRY_COMPARE(m_plots->rate().smoothGraph(0)->data()->size(), 100);
    QVERIFY(m_plots->rate().smoothGraph(0)->visible());
    double sum = 0.0;
    double highest = 0.0;
    for (const QCPGraphData& point : *m_plots->rate().smoothGraph(0)->data()) {
        sum += point.value;
        highest = std::max(highest, point.value);
    }
    QVERIFY(std::abs(sum - 12.5) < 1e-9); // the area of one spike of 80 neurons
    // A spike is spread as a Gaussian of 3 ms: its top is 1 ms / (3 ms sqrt(2 pi)).
    QVERIFY(std::abs(highest - 12.5 / (3.0 * std::sqrt(2.0 * M_PI))) < 0.02);
    QVERIFY(
        m_plots->rate().spoken().contains(QStringLiteral("0.125"))); // the mean is that of the bins
    m_plots->rate().setSmoothingMs(0.0);
    QVERIFY(!m_plots->rate().smoothGraph(0)->visible());
}

void TestRatePanel::the_menu_of_the_rate_is_remembered()
{
    frames::Sweep sweep(frames::document(frames::network), 1, 0, rest);
    m_plots->bridge.deliver(sweep.next(10));
    QMenu menu;
    m_plots->rate().fillMenu(menu);
    const QList<QMenu*> choices = menu.findChildren<QMenu*>();
    QCOMPARE(choices.size(), 2);
    const auto choose = [&](int which, const QString& text) {
        for (QAction* action : choices[which]->actions()) {
            if (action->text() == text) {
                action->trigger();
            }
        }
    };
    choose(0, QStringLiteral("5 ms"));
    choose(1, QStringLiteral("3 ms"));
    QCOMPARE(m_plots->rate().binMs(), std::optional(5.0));
    const ui::RatePanel next(m_plots->area.timeAxis());
    QCOMPARE(next.binMs(), std::optional(5.0));
    QCOMPARE(next.smoothingMs(), 3.0);
    choose(0, QStringLiteral("Automatic"));
    choose(1, QStringLiteral("None"));
    const ui::RatePanel last(m_plots->area.timeAxis());
    QVERIFY(!last.binMs());
    QCOMPARE(last.smoothingMs(), 0.0);
}

void TestRatePanel::bins_are_one_to_five_milliseconds_wide()
{
    QCOMPARE(ui::rateBinMs(200.0), 1.0);
    QCOMPARE(ui::rateBinMs(1000.0), 1.0);
    QCOMPARE(ui::rateBinMs(2000.0), 2.0);
    QCOMPARE(ui::rateBinMs(5000.0), 5.0);
}

void TestRatePanel::theory_is_a_line_that_steps_with_the_values()
{
    frames::Sweep sweep(
        frames::document(frames::network), 1, 0, [](std::size_t, Step) { return 0.0; });
    m_plots->bridge.deliver(sweep.next(1000)); // 100 ms
    ui::TheoryAnswer answer;
    answer.shape.params.emplace();
    answer.solutions.resize(2);
    answer.solutions[0].rate_Hz = 1.0;
    answer.solutions[1].rate_Hz = 40.0;
    m_plots->rate().setTheory(answer);
    answer.solutions[1].rate_Hz = 20.0;
    answer.from_ms = 150.0;
    m_plots->rate().setTheory(answer);
    m_plots->bridge.deliver(sweep.next(1800)); // 180 ms; the window is of 200 ms
    m_plots->rate().replot(QCustomPlot::rpImmediateRefresh);
    const auto line = m_plots->rate().theoryGraph()->data();
    QCOMPARE(line->size(), 3);
    QCOMPARE(line->at(0)->value, 40.0); // of the highest state
    QCOMPARE(line->at(1)->key, 150.0);
    QCOMPARE(line->at(1)->value, 20.0);
    QCOMPARE(line->at(2)->key, m_plots->rate().xAxis->range().upper);
    QVERIFY(m_plots->rate().yAxis->range().upper > 40.0);
    QVERIFY(m_plots->rate().spoken().contains(QStringLiteral("theory 20.00 Hz")));
    QVERIFY(m_plots->rate().note().indexOf(QStringLiteral("theory")) < 0);

    m_plots->rate().setShowsTheory(false);
    m_plots->rate().replot(QCustomPlot::rpImmediateRefresh);
    QVERIFY(m_plots->rate().theoryGraph()->data()->isEmpty());
    QVERIFY(!m_plots->rate().spoken().contains(QStringLiteral("theory")));
    m_plots->rate().setShowsTheory(true);

    // A new sweep has had the newest values from its beginning.
    m_plots->bridge.deliver(
        frames::Sweep(frames::document(frames::network), 1, 1, [](std::size_t, Step) {
            return 0.0;
        }).next(100));
    m_plots->rate().replot(QCustomPlot::rpImmediateRefresh);
    QCOMPARE(m_plots->rate().theoryGraph()->data()->size(), 2);
    QCOMPARE(m_plots->rate().theoryGraph()->data()->at(0)->value, 20.0);
}

void TestRatePanel::without_theory_the_reason_is_said()
{
    frames::Sweep sweep(
        frames::document(frames::network), 1, 0, [](std::size_t, Step) { return 0.0; });
    m_plots->bridge.deliver(sweep.next(1000));
    ui::TheoryAnswer answer;
    answer.shape.reason = "the delays differ";
    m_plots->rate().setTheory(answer);
    m_plots->bridge.deliver(sweep.next(1100));
    QVERIFY(m_plots->rate().theoryGraph()->data()->isEmpty());
    QVERIFY(m_plots->rate().note().contains(QStringLiteral("no theory")));
    QVERIFY(m_plots->rate().toolTip().contains(QStringLiteral("the delays differ")));
}

QTEST_MAIN(TestRatePanel)
#include "tst_rate_panel.moc"
