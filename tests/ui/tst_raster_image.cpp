#include "ui/plots/raster_image.hpp"

#include "tests/ui/raster_counts.hpp"

#include <QtTest>

using ui::RasterImage;

class TestRasterImage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_column_that_enters_takes_the_place_of_the_one_that_left();
    void a_jump_beyond_the_view_clears_all();
    void without_density_a_pixel_is_coloured_or_not();
    void the_more_spikes_the_stronger_the_colour();
    void the_level_follows_what_is_in_view();
    void rows_have_their_own_colours();
};

namespace {

RasterImage imageOf(QSize size, bool density)
{
    RasterImage image;
    image.reset(size, density, -1);
    image.setColors(
        {QColor(0, 0, 255)}, std::vector<std::uint8_t>(static_cast<std::size_t>(size.height()), 0));
    return image;
}

} // namespace

void TestRasterImage::a_column_that_enters_takes_the_place_of_the_one_that_left()
{
    RasterImage image = imageOf({10, 4}, false);
    for (int column = 0; column < 25; ++column) {
        image.advance(column);
        image.add(column, column % 4);
        QCOMPARE(raster_counts::total(image), std::min(column + 1, 10));
        QCOMPARE(int {image.countAt(column, column % 4)}, 1);
    }
    image.add(14, 2); // has left the view
    QCOMPARE(raster_counts::total(image), 10);
    image.advance(28); // four columns without spikes
    QCOMPARE(raster_counts::total(image), 6);
    QCOMPARE(qAlpha(image.image().pixel(8, 0)), 0); // column 28
    QCOMPARE(qAlpha(image.image().pixel(4, 24 % 4)), 255);
}

void TestRasterImage::a_jump_beyond_the_view_clears_all()
{
    RasterImage image = imageOf({10, 4}, true);
    image.advance(5);
    image.add(5, 1);
    image.advance(1000003);
    QCOMPARE(raster_counts::total(image), 0);
    image.add(1000003, 3);
    QCOMPARE(int {image.countAt(1000003, 3)}, 1);
}

void TestRasterImage::without_density_a_pixel_is_coloured_or_not()
{
    RasterImage image = imageOf({4, 2}, false);
    image.advance(3);
    image.add(1, 0);
    image.add(2, 0);
    image.add(2, 0);
    QCOMPARE(image.image().pixel(1, 0), qRgba(0, 0, 255, 255));
    QCOMPARE(image.image().pixel(2, 0), qRgba(0, 0, 255, 255));
    QCOMPARE(image.image().pixel(3, 0), 0U);
    image.add(3, 0);
    QCOMPARE(image.image().pixel(3, 0), qRgba(0, 0, 255, 255));
}

void TestRasterImage::the_more_spikes_the_stronger_the_colour()
{
    RasterImage image = imageOf({300, 1}, true);
    image.advance(299);
    for (int column = 0; column < 5; ++column) {
        for (int i = 0; i < column; ++i) {
            image.add(column, 0);
        }
    }
    for (int column = 10; column < 300; ++column) {
        image.add(column, 0);
    }
    const QImage& shown = image.image();
    QCOMPARE(qAlpha(shown.pixel(0, 0)), 0);
    for (int column = 1; column < 5; ++column) {
        QVERIFY(qAlpha(shown.pixel(column, 0)) > qAlpha(shown.pixel(column - 1, 0)));
    }
    QCOMPARE(image.level(), 1);
    QCOMPARE(qAlpha(shown.pixel(1, 0)), qRound(0.75 * 255));
    for (int i = 0; i < 400; ++i) {
        image.add(0, 0); // more than are counted
    }
    QCOMPARE(int {image.countAt(0, 0)}, 255);
}

void TestRasterImage::the_level_follows_what_is_in_view()
{
    RasterImage image = imageOf({10, 1}, true);
    image.advance(9);
    for (int column = 0; column < 10; ++column) {
        for (int i = 0; i < 8; ++i) {
            image.add(column, 0);
        }
    }
    const int alpha = qAlpha(image.image().pixel(5, 0));
    QCOMPARE(image.level(), 8);
    QCOMPARE(alpha, qRound(0.75 * 255));
    for (int column = 10; column < 20; ++column) {
        image.advance(column);
        for (int i = 0; i < 9; ++i) {
            image.add(column, 0); // nearly the same: no flicker
        }
        image.image();
        QCOMPARE(image.level(), 8);
    }
    image.advance(40);
    image.add(40, 0);
    image.image();
    QCOMPARE(image.level(), 1);
}

void TestRasterImage::rows_have_their_own_colours()
{
    RasterImage image;
    image.reset({4, 3}, false, -1);
    image.setColors({QColor(0, 0, 255), QColor(255, 0, 0)}, {1, 0, 0});
    image.advance(3);
    for (int row = 0; row < 3; ++row) {
        image.add(2, row);
    }
    QCOMPARE(image.image().pixel(2, 0), qRgba(255, 0, 0, 255));
    QCOMPARE(image.image().pixel(2, 1), qRgba(0, 0, 255, 255));
    QCOMPARE(image.image().pixel(2, 2), qRgba(0, 0, 255, 255));
}

QTEST_GUILESS_MAIN(TestRasterImage)
#include "tst_raster_image.moc"
