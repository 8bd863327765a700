#include "tests/ui/frames.hpp"
#include "ui/engine_bridge.hpp"
#include "ui/pictures.hpp"
#include "ui/plots/plot_area.hpp"
#include "ui/plots/plot_menu.hpp"
#include "ui/plots/time_plot.hpp"

#include <QPainter>
#include <QTemporaryDir>

class TestPictures : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void png_and_svg_give_the_preset_back();
    void pdf_is_vector_and_has_its_title();
    void pictures_of_others_carry_no_preset();
    void an_unknown_ending_is_refused();
    void nothing_is_left_where_the_file_cannot_be_written();
    void a_panel_is_drawn_on_white_in_every_theme();

private:
    QString path(const char* name) const { return m_folder.filePath(QLatin1String(name)); }
    static ui::PictureTag tag()
    {
        return {.presetText = QByteArray("{\n  \"title\": \"<&> \\u00fc \u00e9\"\n}\n"),
            .seed = 42,
            .title = QStringLiteral("A & B")};
    }
    static void paint(QPainter& painter, QSize size)
    {
        painter.fillRect(QRect(QPoint(0, 0), size), Qt::white);
        painter.drawLine(0, 0, size.width(), size.height());
    }

    QTemporaryDir m_folder;
};

void TestPictures::png_and_svg_give_the_preset_back()
{
    for (const char* name : {"a.png", "a.svg"}) {
        QCOMPARE(ui::savePicture(path(name), {200, 100}, tag(), paint), QString());
        QCOMPARE(ui::presetTextInPicture(path(name)).value_or("none"), tag().presetText);
    }
    const QImage image(path("a.png"));
    QCOMPARE(image.size(), QSize(400, 200)); // twice the size
    QCOMPARE(image.text(QStringLiteral("spikescope-seed")), QStringLiteral("42"));
    QCOMPARE(image.text(QStringLiteral("Title")), QStringLiteral("A & B"));
}

void TestPictures::pdf_is_vector_and_has_its_title()
{
    QCOMPARE(ui::savePicture(path("a.pdf"), {200, 100}, tag(), paint), QString());
    QFile file(path("a.pdf"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray bytes = file.readAll();
    QVERIFY(bytes.startsWith("%PDF"));
    QVERIFY(bytes.contains("/Title"));
    QVERIFY(bytes.contains("preset.json") || bytes.contains("/EmbeddedFiles"));
    QVERIFY(!bytes.contains("/Subtype /Image"));
}

void TestPictures::pictures_of_others_carry_no_preset()
{
    QImage image(10, 10, QImage::Format_RGB32);
    image.fill(Qt::red);
    QVERIFY(image.save(path("other.png")));
    QVERIFY(!ui::presetTextInPicture(path("other.png")));
    QVERIFY(!ui::presetTextInPicture(path("missing.png")));
}

void TestPictures::an_unknown_ending_is_refused()
{
    QVERIFY(
        ui::savePicture(path("a.gif"), {20, 20}, tag(), paint).contains(QStringLiteral(".png")));
    QVERIFY(!QFile::exists(path("a.gif")));
}

void TestPictures::nothing_is_left_where_the_file_cannot_be_written()
{
    QVERIFY(!ui::savePicture(path("no/folder/a.png"), {20, 20}, tag(), paint).isEmpty());
    QVERIFY(!QFile::exists(path("no")));
}

void TestPictures::a_panel_is_drawn_on_white_in_every_theme()
{
    ui::EngineBridge bridge;
    ui::PlotArea area(bridge);
    area.resize(700, 500);
    area.show();
    frames::Sweep sweep(frames::document(frames::network), 1, 0,
        [](std::size_t, engine::core::Step) { return -65.0; });
    sweep.spike(300, 0, 20);
    bridge.deliver(sweep.next(1000));
    ui::TimePlot& raster = *area.panels().front();
    raster.applyTheme(ui::plotColors(true));
    const auto draw
        = [&](QPainter& painter, QSize size) { ui::paintForExport(raster, painter, size); };
    QCOMPARE(ui::savePicture(path("raster.png"), {700, 300}, tag(), draw), QString());
    const QImage image = QImage(path("raster.png")).convertToFormat(QImage::Format_RGB32);
    QCOMPARE(image.pixelColor(2, 2), QColor(Qt::white));
    int blue = 0;
    for (int x = 0; x < image.width(); ++x) {
        for (int y = image.height() / 6; y < image.height(); ++y) {
            blue += image.pixelColor(x, y) == ui::plotColors(false).blue ? 1 : 0;
        }
    }
    QVERIFY2(blue > 0, "the spike is missing");
    QCOMPARE(
        raster.colors().background, ui::plotColors(true).background); // the window keeps its theme

    QCOMPARE(ui::savePicture(path("raster.svg"), {700, 300}, tag(), draw), QString());
    QFile svg(path("raster.svg"));
    QVERIFY(svg.open(QIODevice::ReadOnly));
    QVERIFY2(!svg.readAll().contains("<image"), "dots must be vector graphics");
}

QTEST_MAIN(TestPictures)
#include "tst_pictures.moc"
