// `spikescope run --screenshot`: the program draws a finished run without a display.

#include "ui/pictures.hpp"

#include "engine/config/preset_document.hpp"

#include <QFile>
#include <QImage>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <set>

namespace {

struct Result {
    int status = -1;
    QByteArray out;
    QByteArray err;
};

/// Drives the program where there is no display and no session.
Result run(const QStringList& arguments)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const char* name : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "XDG_RUNTIME_DIR"}) {
        environment.remove(name);
    }
    QProcess process;
    process.setProcessEnvironment(environment);
    process.start(SPIKESCOPE_PROGRAM,
        QStringList {"run", "izh2003-rs", "--duration", "300", "--quiet"} + arguments);
    constexpr int longest_ms = 120000;
    Result result;
    if (process.waitForFinished(longest_ms) && process.exitStatus() == QProcess::NormalExit) {
        result.status = process.exitCode();
    }
    result.out = process.readAllStandardOutput();
    result.err = process.readAllStandardError();
    return result;
}

/// Colours in the middle of the picture, where the plots are.
std::size_t coloursOfPlots(const QImage& image)
{
    std::set<QRgb> colours;
    for (int x = image.width() / 3; x < 2 * image.width() / 3; ++x) {
        for (int y = image.height() / 6; y < image.height() / 2; ++y) {
            colours.insert(image.pixel(x, y));
        }
    }
    return colours.size();
}

} // namespace

class TestRunPicture : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    QString path(const char* name) const { return m_folder.filePath(QLatin1String(name)); }

private Q_SLOTS:
    void the_picture_shows_the_run_and_carries_it()
    {
        const Result result = run({"--seed", "7", "--screenshot", path("run.png")});
        QCOMPARE(result.status, 0);
        QCOMPARE(result.err, QByteArray());
        const QImage image(path("run.png"));
        QCOMPARE(image.size(), QSize(1280, 800));
        QVERIFY(coloursOfPlots(image) > 2); // ground, grid and a trace
        const auto text = ui::presetTextInPicture(path("run.png"));
        QVERIFY(text);
        const auto preset
            = engine::config::PresetDocument::parse(text->toStdString(), "picture", {});
        QVERIFY(preset.document);
        QCOMPARE(preset.document->info().id, std::string("izh2003-rs"));
        QCOMPARE(preset.document->experiment().simulation.seed, std::uint64_t {7});
        QCOMPARE(*preset.document->experiment().simulation.duration_ms, 300.0);
    }

    void the_same_run_gives_the_same_picture()
    {
        const Result first = run({"--screenshot", "-"});
        QCOMPARE(first.status, 0);
        QVERIFY(run({"--screenshot", "-"}).out == first.out);
    }

    void the_other_files_are_the_same_with_a_picture()
    {
        const Result without = run({"--traces", "-"});
        const Result with = run({"--traces", "-", "--screenshot", path("more.png")});
        QCOMPARE(with.status, 0);
        QVERIFY(without.out.size() > 1000);
        QCOMPARE(with.out, without.out);
    }

    void a_picture_can_go_to_standard_output()
    {
        const Result result = run({"--screenshot", "-"});
        QCOMPARE(result.status, 0);
        QCOMPARE(QImage::fromData(result.out, "PNG").size(), QSize(1280, 800));
        QCOMPARE(run({"--screenshot", "-", "--traces", "-"}).status, 2);
    }

    void a_picture_that_cannot_be_written_ends_with_3()
    {
        const Result nowhere = run({"--screenshot", path("none/run.png")});
        QCOMPARE(nowhere.status, 3);
        QVERIFY(nowhere.err.contains("none/run.png"));
        const Result full = run({"--screenshot", "/dev/full", "--traces", path("with-full.csv")});
        QCOMPARE(full.status, 3);
        QVERIFY(full.err.contains("/dev/full"));
        QVERIFY(!QFile::exists(path("with-full.csv")));
    }
};

QTEST_GUILESS_MAIN(TestRunPicture)
#include "tst_run_picture.moc"
