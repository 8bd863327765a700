// What the tiles of a gallery are made of: their grid, traces and pictures.

#include "engine/simulation.hpp"
#include "tests/support/shipped_run.hpp"
#include "tests/ui/image_colors.hpp"
#include "ui/gallery/tile_grid.hpp"
#include "ui/gallery/tile_painter.hpp"

#include <QPainter>
#include <QtTest>

#include <cmath>

using engine::config::PresetDocument;

namespace {

/// A sweep of a whole preset, as a tile is told of it.
engine::gallery::Sweep sweepOf(engine::Simulation& simulation, engine::core::Step steps)
{
    simulation.advance(steps);
    return {simulation.history(), simulation.now(), simulation.end()};
}

} // namespace

class TestGalleryTiles : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void columns_are_as_wanted_where_there_is_room_data();
    void columns_are_as_wanted_where_there_is_room();
    void keys_lead_through_the_grid_and_stop_at_its_edge();
    void scale_bars_are_round_and_fit();
    void a_trace_read_in_pieces_is_the_one_read_at_once();
    void a_thinned_trace_keeps_the_extremes();
    void strokes_begin_where_the_potential_was();
    void a_picture_shows_strokes_threshold_and_stimulus();
};

void TestGalleryTiles::columns_are_as_wanted_where_there_is_room_data()
{
    QTest::addColumn<int>("count");
    QTest::addColumn<int>("wanted");
    QTest::addColumn<QSize>("room");
    QTest::addColumn<int>("columns");
    QTest::newRow("as in the figure") << 20 << 4 << QSize(1400, 800) << 4;
    QTest::newRow("narrow") << 20 << 4 << QSize(500, 800) << 2;
    QTest::newRow("narrower than a tile") << 20 << 4 << QSize(100, 800) << 1;
    QTest::newRow("as fits, wide") << 8 << 0 << QSize(1600, 400) << 4;
    QTest::newRow("as fits, square") << 8 << 0 << QSize(1200, 1200) << 2;
    QTest::newRow("one tile") << 1 << 0 << QSize(1600, 800) << 1;
    QTest::newRow("more than tiles") << 3 << 6 << QSize(1600, 800) << 3;
    QTest::newRow("no room at all") << 8 << 0 << QSize(0, 0) << 1;
}

void TestGalleryTiles::columns_are_as_wanted_where_there_is_room()
{
    QFETCH(int, count);
    QFETCH(int, wanted);
    QFETCH(QSize, room);
    QTEST(ui::gridColumns(count, wanted, room, 200), "columns");
}

void TestGalleryTiles::keys_lead_through_the_grid_and_stop_at_its_edge()
{
    // 8 tiles in rows of 3: 0 1 2 / 3 4 5 / 6 7
    QCOMPARE(ui::movedIndex(4, 8, 3, Qt::Key_Left), 3);
    QCOMPARE(ui::movedIndex(4, 8, 3, Qt::Key_Right), 5);
    QCOMPARE(ui::movedIndex(4, 8, 3, Qt::Key_Up), 1);
    QCOMPARE(ui::movedIndex(4, 8, 3, Qt::Key_Down), 7);
    QCOMPARE(ui::movedIndex(5, 8, 3, Qt::Key_Down), 5); // nothing below
    QCOMPARE(ui::movedIndex(0, 8, 3, Qt::Key_Left), 0);
    QCOMPARE(ui::movedIndex(7, 8, 3, Qt::Key_Right), 7);
    QCOMPARE(ui::movedIndex(4, 8, 3, Qt::Key_Home), 0);
    QCOMPARE(ui::movedIndex(4, 8, 3, Qt::Key_End), 7);
}

void TestGalleryTiles::scale_bars_are_round_and_fit()
{
    for (double most = 0.013; most < 5e4; most *= 1.37) {
        const double bar = ui::scaleBar(most);
        QVERIFY(bar <= most && bar > 0.39 * most);
        const double digits = bar / std::pow(10.0, std::floor(std::log10(bar) + 1e-9));
        QVERIFY(std::abs(digits - 1) < 1e-9 || std::abs(digits - 2) < 1e-9
            || std::abs(digits - 5) < 1e-9);
    }
    QCOMPARE(ui::scaleBar(0.0), 1.0);
}

void TestGalleryTiles::a_trace_read_in_pieces_is_the_one_read_at_once()
{
    const PresetDocument document = test_support::shipped("glif-lif-r").with_default_record();
    engine::Simulation simulation(document, {});
    ui::SweepTrace pieces;
    while (simulation.now() < simulation.end()) {
        pieces.update(sweepOf(simulation, 777), simulation.grid(), 120);
    }
    ui::SweepTrace whole;
    whole.update(sweepOf(simulation, 0), simulation.grid(), 120);
    QVERIFY(whole.complete());
    QVERIFY(pieces.V_m().drawn() == whole.V_m().drawn());
    QVERIFY(pieces.threshold().drawn() == whole.threshold().drawn());
    QVERIFY(pieces.current().drawn() == whole.current().drawn());
    QCOMPARE(pieces.spikes().size(), whole.spikes().size());
    for (std::size_t i = 0; i < whole.spikes().size(); ++i) {
        QCOMPARE(pieces.spikes()[i].from, whole.spikes()[i].from);
    }
}

void TestGalleryTiles::a_thinned_trace_keeps_the_extremes()
{
    const PresetDocument document = test_support::shipped("izh2003-fs").with_default_record();
    engine::Simulation simulation(document, {});
    const engine::gallery::Sweep sweep = sweepOf(simulation, simulation.end());
    ui::SweepTrace trace;
    trace.update(sweep, simulation.grid(), 40);
    const std::vector<ui::PlotPoint> points = trace.V_m().drawn();
    QVERIFY(points.size() < 1000); // of 3000 samples
    ui::Extent drawn;
    for (const ui::PlotPoint& point : points) {
        drawn.include(point.value);
    }
    QCOMPARE(drawn.lower, trace.voltages().lower);
    QCOMPARE(drawn.upper, trace.voltages().upper);
    // Another width: read anew, with the same extremes.
    trace.update(sweep, simulation.grid(), 4000);
    QVERIFY(trace.V_m().drawn().size() > 2000);
    QCOMPARE(drawn.upper, trace.voltages().upper);
}

void TestGalleryTiles::strokes_begin_where_the_potential_was()
{
    const PresetDocument document = test_support::shipped("glif-lif").with_default_record();
    engine::Simulation simulation(document, {});
    ui::SweepTrace trace;
    trace.update(sweepOf(simulation, simulation.end()), simulation.grid(), 500);
    QCOMPARE(trace.spikes().size(), test_support::run(document).spikes.size());
    for (const ui::SweepTrace::Spike& spike : trace.spikes()) {
        // Just below the threshold of -51.68 mV, and not at the reset of -78.85 mV.
        QVERIFY(spike.from > -60.0 && spike.from <= -51.68);
    }
}

void TestGalleryTiles::a_picture_shows_strokes_threshold_and_stimulus()
{
    const PresetDocument document = test_support::shipped("glif-lif").with_default_record();
    engine::Simulation simulation(document, {});
    ui::TilePicture picture;
    picture.title = QStringLiteral("LIF");
    picture.present.update(sweepOf(simulation, simulation.end()), simulation.grid(), 300);
    picture.voltages = ui::voltageAxis(picture.voltageExtent());
    for (const bool dark : {false, true}) {
        const ui::PlotColors& colors = ui::plotColors(dark);
        QImage image(360, 180, QImage::Format_RGB32);
        QPainter painter(&image);
        ui::paintTile(painter, image.rect(), picture, colors, QFont());
        painter.end();
        QVERIFY(has_color(image, colors.blue));
        QVERIFY(has_color(image, colors.green));
        QVERIFY(has_color(image, colors.red)); // marks of spikes
        QCOMPARE(image.pixelColor(1, 1), colors.background);
    }
    // Strokes rise above the data.
    QVERIFY(picture.voltages.upper > picture.voltageExtent().upper + 5.0);
}

QTEST_MAIN(TestGalleryTiles)
#include "tst_gallery_tiles.moc"
