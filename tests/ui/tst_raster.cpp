#include "tests/ui/frames.hpp"
#include "tests/ui/isolated_settings.hpp"
#include "tests/ui/raster_counts.hpp"
#include "ui/engine_bridge.hpp"
#include "ui/plots/panel_layout.hpp"
#include "ui/plots/plot_area.hpp"
#include "ui/plots/plot_menu.hpp"
#include "ui/plots/raster_panel.hpp"
#include "ui/plots/rate_panel.hpp"

#include <QMenu>

#include <algorithm>

using engine::core::Step;

class TestRaster : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void a_network_has_raster_rate_and_potentials();
    void a_spike_is_a_dot_in_the_colour_of_its_population();
    void dots_move_with_the_time_axis();
    void scrolled_back_the_history_is_shown();
    void a_subset_is_shown_and_stated();
    void all_neurons_are_shown_where_somebody_wants_them();
    void a_row_of_pixels_stands_for_many_neurons();
    void zoomed_in_a_neuron_has_its_own_row_and_number();
    void neurons_stand_by_rate_or_first_spike();
    void of_another_order_the_first_are_shown();
    void every_row_is_a_neuron_and_every_neuron_a_row();
    void a_picture_for_print_has_the_counts();
    void rate_is_spikes_per_neuron_and_second();
    void bins_of_the_rate_are_chosen();
    void a_smoothed_rate_keeps_the_number_of_spikes();
    void the_menu_of_the_rate_is_remembered();
    void bins_are_one_to_five_milliseconds_wide();
    void inhibitory_is_what_has_negative_weights();
    void theory_is_a_line_that_steps_with_the_values();
    void without_theory_the_reason_is_said();

private:
    ui::RasterPanel& raster() { return *qobject_cast<ui::RasterPanel*>(m_area->panels().at(0)); }
    ui::RatePanel& rate() { return *qobject_cast<ui::RatePanel*>(m_area->panels().at(1)); }
    /// Whether there is this colour near the place of a spike.
    bool dotAt(double t, double row, const QColor& color);

    IsolatedSettings m_settings;
    std::unique_ptr<ui::EngineBridge> m_bridge;
    std::unique_ptr<ui::PlotArea> m_area;
};

void TestRaster::init()
{
    m_bridge = std::make_unique<ui::EngineBridge>();
    m_area = std::make_unique<ui::PlotArea>(*m_bridge);
    m_area->resize(900, 700);
    m_area->show();
}

void TestRaster::cleanup()
{
    m_area.reset();
    m_bridge.reset();
}

bool TestRaster::dotAt(double t, double row, const QColor& color)
{
    raster().replot(QCustomPlot::rpImmediateRefresh);
    const QImage image = raster().grab().toImage();
    const int x = qRound(raster().xAxis->coordToPixel(t));
    const int y = qRound(raster().yAxis->coordToPixel(row + 0.5));
    for (int i = x - 2; i <= x + 2; ++i) {
        for (int j = y - 2; j <= y + 2; ++j) {
            if (image.valid(i, j) && image.pixelColor(i, j) == color) {
                return true;
            }
        }
    }
    return false;
}

namespace {

double rest(std::size_t /*column*/, Step /*step*/) { return -65.0; }

} // namespace

void TestRaster::a_network_has_raster_rate_and_potentials()
{
    frames::Sweep sweep(frames::document(frames::network), 1, 0, rest);
    m_bridge->deliver(sweep.next(10));
    QCOMPARE(m_area->panels().size(), std::size_t {3});
    QCOMPARE(raster().name(), QStringLiteral("Raster"));
    QCOMPARE(rate().name(), QStringLiteral("Population rate"));
}

void TestRaster::a_spike_is_a_dot_in_the_colour_of_its_population()
{
    frames::Sweep sweep(frames::document(frames::network), 1, 0, rest);
    sweep.spike(500, 0, 40);
    sweep.spike(1500, 1, 10);
    m_bridge->deliver(sweep.next(1800));
    const auto& rows = raster().raster().rows();
    const QColor blue = raster().colors().blue;
    const QColor red = raster().colors().red;
    QVERIFY(dotAt(50.0, *rows.row(0, 40), blue));
    QVERIFY(dotAt(150.0, *rows.row(1, 10), red));
    QVERIFY(!dotAt(100.0, *rows.row(0, 40), blue));
    QVERIFY(!dotAt(50.0, *rows.row(0, 60), blue));
    QVERIFY2(*rows.row(1, 0) > *rows.row(0, 79) + 1.0, "no gap between the populations");
}

void TestRaster::dots_move_with_the_time_axis()
{
    frames::Sweep sweep(frames::document(frames::network), 1, 0, rest);
    sweep.spike(1900, 0, 40);
    m_bridge->deliver(sweep.next(2000));
    for (Step to = 2010; to <= 3500; to += 10) {
        m_bridge->deliver(sweep.next(to));
    }
    QCOMPARE(m_area->timeAxis().upper(), 350.0);
    const double row = *raster().raster().rows().row(0, 40);
    QVERIFY(dotAt(190.0, row, raster().colors().blue));
    // It has left, and its column has been used again.
    for (Step to = 3510; to <= 6500; to += 10) {
        m_bridge->deliver(sweep.next(to));
    }
    raster().replot(QCustomPlot::rpImmediateRefresh);
    const QImage image = raster().grab().toImage();
    const QRect area = raster().axisRect()->rect();
    int dots = 0;
    for (int x = area.left() + 2; x < area.right() - 2; ++x) {
        for (int y = area.top() + 2; y < area.bottom() - 2; ++y) {
            dots += image.pixelColor(x, y) == raster().colors().blue ? 1 : 0;
        }
    }
    QCOMPARE(dots, 0);
}

void TestRaster::scrolled_back_the_history_is_shown()
{
    frames::Sweep sweep(frames::document(frames::network), 1, 0, rest);
    sweep.spike(1000, 0, 20);
    for (Step to = 100; to <= 6000; to += 100) {
        m_bridge->deliver(sweep.next(to));
    }
    m_area->timeAxis().show(50.0, 150.0);
    const double row = *raster().raster().rows().row(0, 20);
    QTRY_VERIFY(dotAt(100.0, row, raster().colors().blue));
}

void TestRaster::a_subset_is_shown_and_stated()
{
    const auto document = frames::document(frames::network);
    engine::config::Experiment experiment = document.experiment();
    experiment.populations[0].size = 8000;
    experiment.populations[1].size = 2000;
    const ui::RasterRows rows(experiment, 200);
    QCOMPARE(rows.blocks()[0].shown, 160U);
    QCOMPARE(rows.blocks()[1].shown, 40U);
    QCOMPARE(ui::RasterRows::text(rows.blocks()[0]), QStringLiteral("E 0-159 of 8000"));
    QVERIFY(rows.row(0, 159).has_value());
    QVERIFY(!rows.row(0, 160).has_value());
}

namespace {

/// 8000 + 2000 neurons, of which the preset asks for 100.
engine::config::PresetDocument largeNetwork()
{
    std::string text = frames::network;
    const auto replace = [&text](const std::string& from, const std::string& to) {
        text.replace(text.find(from), from.size(), to);
    };
    replace("80", "8000");
    replace("20,", "2000,");
    replace("all_to_all\"}, \"weight\": 0.1", "one_to_one\"}, \"weight\": 0.1");
    replace("\"layout\"", "\"raster\": {\"max_neurons\": 100}, \"layout\"");
    // Without projections: who excites and who inhibits does not matter here.
    const std::size_t from = text.find("  \"projections\"");
    text.erase(from, text.find("  \"record\"") - from);
    return frames::document(text.c_str());
}

} // namespace

void TestRaster::all_neurons_are_shown_where_somebody_wants_them()
{
    frames::Sweep sweep(largeNetwork(), 1, 0, rest);
    sweep.spike(500, 0, 7000);
    m_bridge->deliver(sweep.next(1000));
    QCOMPARE(raster().raster().rows().blocks()[0].shown, 80U);
    QVERIFY(!raster().raster().rows().row(0, 7000));
    QMenu menu;
    raster().fillMenu(menu);
    QList<QMenu*> choices = menu.findChildren<QMenu*>();
    QCOMPARE(choices.size(), 2);
    choices.removeFirst(); // the order
    QCOMPARE(choices[0]->actions().size(), 2);
    QVERIFY(choices[0]->actions()[1]->isChecked());
    choices[0]->actions()[0]->trigger();
    QVERIFY(raster().showsAll());
    QCOMPARE(raster().raster().rows().blocks()[0].shown, 8000U);
    QCOMPARE(
        ui::RasterRows::text(raster().raster().rows().blocks()[0]), QStringLiteral("E, all 8000"));
    QTRY_COMPARE(
        raster_counts::total(raster().raster().image()), 1); // what was told before is shown too
    const ui::RasterPanel next(m_area->timeAxis());
    QVERIFY(next.showsAll()); // remembered
    raster().setShowsAll(false);
    QCOMPARE(raster().raster().rows().blocks()[0].shown, 80U);
    choices[0]->actions()[1]->trigger();
}

void TestRaster::a_row_of_pixels_stands_for_many_neurons()
{
    frames::Sweep sweep(largeNetwork(), 1, 0, rest);
    // Half of the neurons fire once each, all at different times.
    int spikes = 0;
    for (std::uint32_t neuron = 0; neuron < 1800; ++neuron, ++spikes) {
        sweep.spike(1 + neuron, neuron % 5 == 0 ? 1U : 0U, neuron);
    }
    m_bridge->deliver(sweep.next(1));
    raster().setShowsAll(true);
    m_bridge->deliver(sweep.next(1900));
    QVERIFY(raster().raster().neuronsPerPixel() > 10.0);
    QTRY_COMPARE(
        raster_counts::total(raster().raster().image()), spikes); // none is lost, none counts twice
    QVERIFY(raster().spoken().contains(QStringLiteral("8000")));
    raster().setShowsAll(false);
}

void TestRaster::zoomed_in_a_neuron_has_its_own_row_and_number()
{
    frames::Sweep sweep(largeNetwork(), 1, 0, rest);
    sweep.spike(500, 0, 4010);
    sweep.spike(800, 0, 4030);
    m_bridge->deliver(sweep.next(1000));
    raster().setShowsAll(true);
    raster().yAxis->setRange(4000.0, 4050.0);
    raster().loadMore();
    QTRY_VERIFY(dotAt(50.0, 4010.0, raster().colors().blue));
    QVERIFY(dotAt(80.0, 4030.0, raster().colors().blue));
    QVERIFY(!dotAt(50.0, 4030.0, raster().colors().blue));
    const auto ticks = raster().raster().rows().ticks(4000.0, 4050.0);
    QCOMPARE(ticks.size(), std::size_t {5});
    QCOMPARE(ticks[1].second, QStringLiteral("E 4010"));
    QCOMPARE(ticks[1].first, 4010.5); // the middle of its row
    const auto whole = raster().raster().rows().ticks(0.0, raster().raster().rows().height());
    QCOMPARE(whole.size(), std::size_t {2});
    QCOMPARE(whole[1].second, QStringLiteral("I"));
    raster().setShowsAll(false);
}

void TestRaster::neurons_stand_by_rate_or_first_spike()
{
    frames::Sweep sweep(frames::document(frames::network), 1, 0, rest);
    sweep.spike(300, 0, 40);
    sweep.spike(500, 0, 7);
    sweep.spike(600, 1, 3);
    sweep.spike(900, 0, 7);
    m_bridge->deliver(sweep.next(1800));
    QMenu menu;
    raster().fillMenu(menu);
    QMenu* orders = menu.findChildren<QMenu*>().front();
    QCOMPARE(orders->actions().size(), 3);
    orders->actions()[1]->trigger();
    const auto& rows = raster().raster().rows();
    QCOMPARE(*rows.row(0, 7), 0.0); // twice
    QCOMPARE(*rows.row(0, 40), 1.0);
    QCOMPARE(*rows.row(0, 0), 2.0); // silent ones by their number
    QCOMPARE(*rows.row(0, 79), 79.0);
    QCOMPARE(*rows.row(1, 3), rows.blocks()[1].first); // each population by itself
    QTRY_VERIFY(dotAt(90.0, 0.0, raster().colors().blue)); // dots have moved with their neurons
    QVERIFY(!dotAt(90.0, 7.0, raster().colors().blue));
    QVERIFY(raster().spoken().contains(QStringLiteral("by rate in 0-180 ms")));
    // The order stays while the run goes on.
    sweep.spike(1900, 0, 50);
    m_bridge->deliver(sweep.next(2000));
    QCOMPARE(*rows.row(0, 50), 50.0);

    orders->actions()[2]->trigger();
    QCOMPARE(*rows.row(0, 40), 0.0);
    QCOMPARE(*rows.row(0, 7), 1.0);
    QCOMPARE(*rows.row(0, 50), 2.0);
    orders->actions()[0]->trigger();
    QCOMPARE(*rows.row(0, 40), 40.0);
}

void TestRaster::of_another_order_the_first_are_shown()
{
    frames::Sweep sweep(largeNetwork(), 1, 0, rest);
    sweep.spike(500, 0, 7000);
    m_bridge->deliver(sweep.next(1000));
    QVERIFY(!raster().raster().rows().row(0, 7000)); // of 80 by number
    raster().setOrder(ui::RasterPanel::Order::rate);
    QCOMPARE(*raster().raster().rows().row(0, 7000), 0.0);
    QCOMPARE(ui::RasterRows::text(raster().raster().rows().blocks()[0]),
        QStringLiteral("E, 80 of 8000"));
    QTRY_VERIFY(dotAt(50.0, 0.0, raster().colors().blue));
    QCOMPARE(raster_counts::total(raster().raster().image()) > 0, true);
}

void TestRaster::every_row_is_a_neuron_and_every_neuron_a_row()
{
    const auto document = frames::document(frames::network);
    ui::RasterRows rows(document.experiment());
    std::vector<std::uint32_t> backwards;
    for (std::uint32_t neuron = 80; neuron-- > 0;) {
        backwards.push_back(neuron);
    }
    rows.setOrder(0, backwards);
    for (std::uint32_t population = 0; population < 2; ++population) {
        for (std::uint32_t neuron = 0; neuron < (population == 0 ? 80 : 20); ++neuron) {
            const auto at = rows.row(population, neuron);
            QVERIFY(at.has_value());
            QVERIFY(rows.neuronAt(*at + 0.5) == std::pair(population, neuron));
        }
    }
    QCOMPARE(*rows.row(0, 79), 0.0);
    QVERIFY(!rows.neuronAt(rows.blocks()[1].first - 0.5)); // the gap
    QVERIFY(!rows.neuronAt(-1.0));
    QVERIFY(!rows.neuronAt(rows.height() + 0.5));
}

void TestRaster::a_picture_for_print_has_the_counts()
{
    frames::Sweep sweep(largeNetwork(), 1, 0, rest);
    for (std::uint32_t neuron = 0; neuron < 8000; ++neuron) {
        sweep.spike(1000, 0, neuron);
    }
    m_bridge->deliver(sweep.next(1));
    raster().setShowsAll(true);
    m_bridge->deliver(sweep.next(2000));
    QImage image(raster().size(), QImage::Format_RGB32);
    QPainter painter(&image);
    ui::paintForExport(raster(), painter, image.size());
    // A stripe over all excitatory neurons, and nothing beside it.
    const auto blue = [&](double t) {
        int count = 0;
        const int x = qRound(raster().xAxis->coordToPixel(t));
        for (int y = 0; y < image.height(); ++y) {
            const QColor color = image.pixelColor(x, y);
            count += color.blue() > color.red() + 30 ? 1 : 0;
        }
        return count;
    };
    const double rows = raster().axisRect()->height();
    const int stripe = std::max({blue(99.8), blue(100.0), blue(100.2), blue(100.4)});
    QVERIFY2(stripe > 0.7 * rows, qPrintable(QString::number(stripe)));
    QCOMPARE(blue(50.0), 0);
    raster().setShowsAll(false);
}

void TestRaster::rate_is_spikes_per_neuron_and_second()
{
    frames::Sweep sweep(frames::document(frames::network), 1, 0, rest);
    // 8 of 80 neurons in the millisecond (10, 11] ms: 100 Hz.
    for (std::uint32_t neuron = 0; neuron < 8; ++neuron) {
        sweep.spike(105, 0, neuron);
    }
    sweep.spike(110, 1, 3); // at the end of the bin: 1 of 20, 50 Hz
    m_bridge->deliver(sweep.next(107));
    m_bridge->deliver(sweep.next(500));
    const auto valueAt = [&](std::size_t line, double t) {
        return rate().graph(line)->data()->findBegin(t, false)->value;
    };
    QCOMPARE(valueAt(0, 10.0), 100.0);
    QCOMPARE(valueAt(1, 10.0), 50.0);
    QCOMPARE(valueAt(0, 9.0), 0.0);
    QCOMPARE(valueAt(0, 11.0), 0.0);
    QCOMPARE(rate().graph(0)->data()->size(), 50);
}

void TestRaster::bins_of_the_rate_are_chosen()
{
    frames::Sweep sweep(frames::document(frames::network), 1, 0, rest);
    sweep.spike(105, 0, 1); // in 1 ms of 80 neurons: 12.5 Hz
    m_bridge->deliver(sweep.next(1000));
    const auto data = rate().graph(0)->data();
    QCOMPARE(data->size(), 100);
    rate().setBinMs(5.0);
    QTRY_COMPARE(data->size(), 20);
    QCOMPARE(data->at(2)->key, 10.0);
    QCOMPARE(data->at(2)->value, 2.5);
    m_bridge->deliver(sweep.next(1500)); // new bins are as wide as those of the past
    QTRY_COMPARE(data->size(), 30);
    rate().setBinMs({});
    QTRY_COMPARE(data->size(), 150);
    QCOMPARE(data->at(10)->value, 12.5);
}

void TestRaster::a_smoothed_rate_keeps_the_number_of_spikes()
{
    frames::Sweep sweep(frames::document(frames::network), 1, 0, rest);
    sweep.spike(505, 0, 1);
    m_bridge->deliver(sweep.next(1000));
    QVERIFY(!rate().smoothGraph(0)->visible());
    rate().setSmoothingMs(3.0);
    QTRY_COMPARE(rate().smoothGraph(0)->data()->size(), 100);
    QVERIFY(rate().smoothGraph(0)->visible());
    double sum = 0.0;
    double highest = 0.0;
    for (const QCPGraphData& point : *rate().smoothGraph(0)->data()) {
        sum += point.value;
        highest = std::max(highest, point.value);
    }
    QVERIFY(std::abs(sum - 12.5) < 1e-9); // the area of one spike of 80 neurons
    // A spike is spread as a Gaussian of 3 ms: its top is 1 ms / (3 ms sqrt(2 pi)).
    QVERIFY(std::abs(highest - 12.5 / (3.0 * std::sqrt(2.0 * M_PI))) < 0.02);
    QVERIFY(rate().spoken().contains(QStringLiteral("0.125"))); // the mean is that of the bins
    rate().setSmoothingMs(0.0);
    QVERIFY(!rate().smoothGraph(0)->visible());
}

void TestRaster::the_menu_of_the_rate_is_remembered()
{
    frames::Sweep sweep(frames::document(frames::network), 1, 0, rest);
    m_bridge->deliver(sweep.next(10));
    QMenu menu;
    rate().fillMenu(menu);
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
    QCOMPARE(rate().binMs(), std::optional(5.0));
    const ui::RatePanel next(m_area->timeAxis());
    QCOMPARE(next.binMs(), std::optional(5.0));
    QCOMPARE(next.smoothingMs(), 3.0);
    choose(0, QStringLiteral("Automatic"));
    choose(1, QStringLiteral("None"));
    const ui::RatePanel last(m_area->timeAxis());
    QVERIFY(!last.binMs());
    QCOMPARE(last.smoothingMs(), 0.0);
}

void TestRaster::bins_are_one_to_five_milliseconds_wide()
{
    QCOMPARE(ui::rateBinMs(200.0), 1.0);
    QCOMPARE(ui::rateBinMs(1000.0), 1.0);
    QCOMPARE(ui::rateBinMs(2000.0), 2.0);
    QCOMPARE(ui::rateBinMs(5000.0), 5.0);
}

void TestRaster::inhibitory_is_what_has_negative_weights()
{
    const auto document = frames::document(frames::network);
    QVERIFY(!ui::inhibitory(document.experiment(), 0));
    QVERIFY(ui::inhibitory(document.experiment(), 1));
    const auto weak = document.set("g", 0.0);
    QVERIFY(weak.document.has_value());
    QVERIFY(ui::inhibitory(weak.document->experiment(), 1)); // the sign stays at weight 0
}

void TestRaster::theory_is_a_line_that_steps_with_the_values()
{
    frames::Sweep sweep(
        frames::document(frames::network), 1, 0, [](std::size_t, Step) { return 0.0; });
    m_bridge->deliver(sweep.next(1000)); // 100 ms
    ui::TheoryAnswer answer;
    answer.shape.params.emplace();
    answer.solutions.resize(2);
    answer.solutions[0].rate_Hz = 1.0;
    answer.solutions[1].rate_Hz = 40.0;
    rate().setTheory(answer);
    answer.solutions[1].rate_Hz = 20.0;
    answer.from_ms = 150.0;
    rate().setTheory(answer);
    m_bridge->deliver(sweep.next(1800)); // 180 ms; the window is of 200 ms
    rate().replot(QCustomPlot::rpImmediateRefresh);
    const auto line = rate().theoryGraph()->data();
    QCOMPARE(line->size(), 3);
    QCOMPARE(line->at(0)->value, 40.0); // of the highest state
    QCOMPARE(line->at(1)->key, 150.0);
    QCOMPARE(line->at(1)->value, 20.0);
    QCOMPARE(line->at(2)->key, rate().xAxis->range().upper);
    QVERIFY(rate().yAxis->range().upper > 40.0);
    QVERIFY(rate().spoken().contains(QStringLiteral("theory 20.00 Hz")));
    QVERIFY(rate().note().indexOf(QStringLiteral("theory")) < 0);

    rate().setShowsTheory(false);
    rate().replot(QCustomPlot::rpImmediateRefresh);
    QVERIFY(rate().theoryGraph()->data()->isEmpty());
    QVERIFY(!rate().spoken().contains(QStringLiteral("theory")));
    rate().setShowsTheory(true);

    // A new sweep has had the newest values from its beginning.
    m_bridge->deliver(frames::Sweep(frames::document(frames::network), 1, 1, [](std::size_t, Step) {
        return 0.0;
    }).next(100));
    rate().replot(QCustomPlot::rpImmediateRefresh);
    QCOMPARE(rate().theoryGraph()->data()->size(), 2);
    QCOMPARE(rate().theoryGraph()->data()->at(0)->value, 20.0);
}

void TestRaster::without_theory_the_reason_is_said()
{
    frames::Sweep sweep(
        frames::document(frames::network), 1, 0, [](std::size_t, Step) { return 0.0; });
    m_bridge->deliver(sweep.next(1000));
    ui::TheoryAnswer answer;
    answer.shape.reason = "the delays differ";
    rate().setTheory(answer);
    m_bridge->deliver(sweep.next(1100));
    QVERIFY(rate().theoryGraph()->data()->isEmpty());
    QVERIFY(rate().note().contains(QStringLiteral("no theory")));
    QVERIFY(rate().toolTip().contains(QStringLiteral("the delays differ")));
}

QTEST_MAIN(TestRaster)
#include "tst_raster.moc"
