#include "tests/ui/frames.hpp"
#include "tests/ui/isolated_settings.hpp"
#include "tests/ui/network_plots.hpp"
#include "tests/ui/raster_counts.hpp"
#include "ui/plots/panel_layout.hpp"
#include "ui/plots/plot_menu.hpp"

#include <QMenu>

#include <algorithm>

using engine::core::Step;

class TestRaster : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_plots = std::make_unique<NetworkPlots>(); }
    void cleanup() { m_plots.reset(); }
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
    void inhibitory_is_what_has_negative_weights();

private:
    /// Whether there is this colour near the place of a spike.
    bool dotAt(double t, double row, const QColor& color);

    IsolatedSettings m_settings;
    std::unique_ptr<NetworkPlots> m_plots;
};

bool TestRaster::dotAt(double t, double row, const QColor& color)
{
    m_plots->raster().replot(QCustomPlot::rpImmediateRefresh);
    const QImage image = m_plots->raster().grab().toImage();
    const int x = qRound(m_plots->raster().xAxis->coordToPixel(t));
    const int y = qRound(m_plots->raster().yAxis->coordToPixel(row + 0.5));
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
    m_plots->bridge.deliver(sweep.next(10));
    QCOMPARE(m_plots->area.panels().size(), std::size_t {3});
    QCOMPARE(m_plots->raster().name(), QStringLiteral("Raster"));
    QCOMPARE(m_plots->rate().name(), QStringLiteral("Population rate"));
}

void TestRaster::a_spike_is_a_dot_in_the_colour_of_its_population()
{
    frames::Sweep sweep(frames::document(frames::network), 1, 0, rest);
    sweep.spike(500, 0, 40);
    sweep.spike(1500, 1, 10);
    m_plots->bridge.deliver(sweep.next(1800));
    const auto& rows = m_plots->raster().raster().rows();
    const QColor blue = m_plots->raster().colors().blue;
    const QColor red = m_plots->raster().colors().red;
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
    m_plots->bridge.deliver(sweep.next(2000));
    for (Step to = 2010; to <= 3500; to += 10) {
        m_plots->bridge.deliver(sweep.next(to));
    }
    QCOMPARE(m_plots->area.timeAxis().upper(), 350.0);
    const double row = *m_plots->raster().raster().rows().row(0, 40);
    QVERIFY(dotAt(190.0, row, m_plots->raster().colors().blue));
    // It has left, and its column has been used again.
    for (Step to = 3510; to <= 6500; to += 10) {
        m_plots->bridge.deliver(sweep.next(to));
    }
    m_plots->raster().replot(QCustomPlot::rpImmediateRefresh);
    const QImage image = m_plots->raster().grab().toImage();
    const QRect area = m_plots->raster().axisRect()->rect();
    int dots = 0;
    for (int x = area.left() + 2; x < area.right() - 2; ++x) {
        for (int y = area.top() + 2; y < area.bottom() - 2; ++y) {
            dots += image.pixelColor(x, y) == m_plots->raster().colors().blue ? 1 : 0;
        }
    }
    QCOMPARE(dots, 0);
}

void TestRaster::scrolled_back_the_history_is_shown()
{
    frames::Sweep sweep(frames::document(frames::network), 1, 0, rest);
    sweep.spike(1000, 0, 20);
    for (Step to = 100; to <= 6000; to += 100) {
        m_plots->bridge.deliver(sweep.next(to));
    }
    m_plots->area.timeAxis().show(50.0, 150.0);
    const double row = *m_plots->raster().raster().rows().row(0, 20);
    QTRY_VERIFY(dotAt(100.0, row, m_plots->raster().colors().blue));
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
    m_plots->bridge.deliver(sweep.next(1000));
    QCOMPARE(m_plots->raster().raster().rows().blocks()[0].shown, 80U);
    QVERIFY(!m_plots->raster().raster().rows().row(0, 7000));
    QMenu menu;
    m_plots->raster().fillMenu(menu);
    QList<QMenu*> choices = menu.findChildren<QMenu*>();
    QCOMPARE(choices.size(), 2);
    choices.removeFirst(); // the order
    QCOMPARE(choices[0]->actions().size(), 2);
    QVERIFY(choices[0]->actions()[1]->isChecked());
    choices[0]->actions()[0]->trigger();
    QVERIFY(m_plots->raster().showsAll());
    QCOMPARE(m_plots->raster().raster().rows().blocks()[0].shown, 8000U);
    QCOMPARE(ui::RasterRows::text(m_plots->raster().raster().rows().blocks()[0]),
        QStringLiteral("E, all 8000"));
    QTRY_COMPARE(raster_counts::total(m_plots->raster().raster().image()),
        1); // what was told before is shown too
    const ui::RasterPanel next(m_plots->area.timeAxis());
    QVERIFY(next.showsAll()); // remembered
    m_plots->raster().setShowsAll(false);
    QCOMPARE(m_plots->raster().raster().rows().blocks()[0].shown, 80U);
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
    m_plots->bridge.deliver(sweep.next(1));
    m_plots->raster().setShowsAll(true);
    m_plots->bridge.deliver(sweep.next(1900));
    QVERIFY(m_plots->raster().raster().neuronsPerPixel() > 10.0);
    QTRY_COMPARE(raster_counts::total(m_plots->raster().raster().image()),
        spikes); // none is lost, none counts twice
    QVERIFY(m_plots->raster().spoken().contains(QStringLiteral("8000")));
    m_plots->raster().setShowsAll(false);
}

void TestRaster::zoomed_in_a_neuron_has_its_own_row_and_number()
{
    frames::Sweep sweep(largeNetwork(), 1, 0, rest);
    sweep.spike(500, 0, 4010);
    sweep.spike(800, 0, 4030);
    m_plots->bridge.deliver(sweep.next(1000));
    m_plots->raster().setShowsAll(true);
    m_plots->raster().yAxis->setRange(4000.0, 4050.0);
    m_plots->raster().loadMore();
    QTRY_VERIFY(dotAt(50.0, 4010.0, m_plots->raster().colors().blue));
    QVERIFY(dotAt(80.0, 4030.0, m_plots->raster().colors().blue));
    QVERIFY(!dotAt(50.0, 4030.0, m_plots->raster().colors().blue));
    const auto ticks = m_plots->raster().raster().rows().ticks(4000.0, 4050.0);
    QCOMPARE(ticks.size(), std::size_t {5});
    QCOMPARE(ticks[1].second, QStringLiteral("E 4010"));
    QCOMPARE(ticks[1].first, 4010.5); // the middle of its row
    const auto whole
        = m_plots->raster().raster().rows().ticks(0.0, m_plots->raster().raster().rows().height());
    QCOMPARE(whole.size(), std::size_t {2});
    QCOMPARE(whole[1].second, QStringLiteral("I"));
    m_plots->raster().setShowsAll(false);
}

void TestRaster::neurons_stand_by_rate_or_first_spike()
{
    frames::Sweep sweep(frames::document(frames::network), 1, 0, rest);
    sweep.spike(300, 0, 40);
    sweep.spike(500, 0, 7);
    sweep.spike(600, 1, 3);
    sweep.spike(900, 0, 7);
    m_plots->bridge.deliver(sweep.next(1800));
    QMenu menu;
    m_plots->raster().fillMenu(menu);
    QMenu* orders = menu.findChildren<QMenu*>().front();
    QCOMPARE(orders->actions().size(), 3);
    orders->actions()[1]->trigger();
    const auto& rows = m_plots->raster().raster().rows();
    QCOMPARE(*rows.row(0, 7), 0.0); // twice
    QCOMPARE(*rows.row(0, 40), 1.0);
    QCOMPARE(*rows.row(0, 0), 2.0); // silent ones by their number
    QCOMPARE(*rows.row(0, 79), 79.0);
    QCOMPARE(*rows.row(1, 3), rows.blocks()[1].first); // each population by itself
    QTRY_VERIFY(
        dotAt(90.0, 0.0, m_plots->raster().colors().blue)); // dots have moved with their neurons
    QVERIFY(!dotAt(90.0, 7.0, m_plots->raster().colors().blue));
    QVERIFY(m_plots->raster().spoken().contains(QStringLiteral("by rate in 0-180 ms")));
    // The order stays while the run goes on.
    sweep.spike(1900, 0, 50);
    m_plots->bridge.deliver(sweep.next(2000));
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
    m_plots->bridge.deliver(sweep.next(1000));
    QVERIFY(!m_plots->raster().raster().rows().row(0, 7000)); // of 80 by number
    m_plots->raster().setOrder(ui::RasterPanel::Order::rate);
    QCOMPARE(*m_plots->raster().raster().rows().row(0, 7000), 0.0);
    QCOMPARE(ui::RasterRows::text(m_plots->raster().raster().rows().blocks()[0]),
        QStringLiteral("E, 80 of 8000"));
    QTRY_VERIFY(dotAt(50.0, 0.0, m_plots->raster().colors().blue));
    QCOMPARE(raster_counts::total(m_plots->raster().raster().image()) > 0, true);
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
    m_plots->bridge.deliver(sweep.next(1));
    m_plots->raster().setShowsAll(true);
    m_plots->bridge.deliver(sweep.next(2000));
    QImage image(m_plots->raster().size(), QImage::Format_RGB32);
    QPainter painter(&image);
    ui::paintForExport(m_plots->raster(), painter, image.size());
    // A stripe over all excitatory neurons, and nothing beside it.
    const auto blue = [&](double t) {
        int count = 0;
        const int x = qRound(m_plots->raster().xAxis->coordToPixel(t));
        for (int y = 0; y < image.height(); ++y) {
            const QColor color = image.pixelColor(x, y);
            count += color.blue() > color.red() + 30 ? 1 : 0;
        }
        return count;
    };
    const double rows = m_plots->raster().axisRect()->height();
    const int stripe = std::max({blue(99.8), blue(100.0), blue(100.2), blue(100.4)});
    QVERIFY2(stripe > 0.7 * rows, qPrintable(QString::number(stripe)));
    QCOMPARE(blue(50.0), 0);
    m_plots->raster().setShowsAll(false);
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

QTEST_MAIN(TestRaster)
#include "tst_raster.moc"
