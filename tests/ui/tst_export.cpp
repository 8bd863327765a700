#include "tests/ui/isolated_settings.hpp"
#include "tests/ui/running_preset.hpp"
#include "ui/documents/csv_export.hpp"
#include "ui/documents/export_actions.hpp"
#include "ui/documents/preset_files.hpp"
#include "ui/widgets/message_bar.hpp"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QSignalSpy>
#include <QTest>

using engine::config::PresetDocument;

namespace {

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// As fast as the processor allows, one sweep.
PresetDocument oneSweep(const PresetDocument& document)
{
    return with(with(document, "simulation/at_end", std::string("stop")), "simulation/speed",
        std::string("max"));
}

} // namespace

class TestExport : public QObject {
    Q_OBJECT

    IsolatedSettings m_settings;

private Q_SLOTS:
    void window_and_command_line_write_the_same_bytes_data()
    {
        QTest::addColumn<QString>("id");
        QTest::addColumn<QString>("path");
        QTest::addColumn<double>("value");
        QTest::addRow("LIF, current changed while running") << "lif-dc"
                                                            << "I" << 1.75;
        QTest::addRow("Izhikevich, parameter changed while running")
            << "izh2003-rs"
            << "populations/n/params/d" << 3.0;
        QTest::addRow("GLIF, weight changed while running") << "glif-lif-r-asc-a"
                                                            << "w_ex" << 35.0;
    }

    void window_and_command_line_write_the_same_bytes()
    {
        QFETCH(QString, id);
        QFETCH(QString, path);
        QFETCH(double, value);
        ui::EngineBridge bridge;
        // Slow enough that the change falls into the sweep.
        const auto document
            = with(oneSweep(shippedPreset(id.toStdString())), "simulation/speed", 1.0);
        QVERIFY(runPreset(bridge, document));
        QTRY_VERIFY(bridge.status().t_ms > 20.0);
        bridge.post(engine::SetValues {{{path.toStdString(), value}}});
        bridge.post(engine::SetSpeed {std::nullopt});
        QTRY_COMPARE_WITH_TIMEOUT(bridge.status().state, engine::RunState::ended, 30000);

        QWidget window;
        ui::ExportActions exports(bridge, &window);
        QSignalSpy exported(&exports, &ui::ExportActions::exported);
        const QString mine = m_settings.path(id + QStringLiteral("-window"));
        QVERIFY(exports.exportTo(mine + "-traces.csv", mine + "-spikes.csv"));
        QVERIFY(exported.count() > 0 || exported.wait(30000));
        const auto result = exported.front().front().value<ui::ExportResult>();
        QVERIFY2(result.error.empty(), result.error.c_str());
        QCOMPARE(result.from_ms, 0.0);

        const auto recording = bridge.recording();
        QVERIFY(recording);
        QCOMPARE(recording->as_run.experiment().events.size(), 1U);
        const QString run = m_settings.path(id + QStringLiteral("-run.json"));
        QVERIFY(ui::savePreset(recording->as_run, run.toStdString()).empty());
        const QString theirs = m_settings.path(id + QStringLiteral("-command"));
        QProcess program;
        program.start(QStringLiteral(SPIKESCOPE_PROGRAM),
            {QStringLiteral("run"), run, QStringLiteral("--traces"), theirs + "-traces.csv",
                QStringLiteral("--spikes"), theirs + "-spikes.csv", QStringLiteral("--quiet")});
        QVERIFY(program.waitForFinished(60000));
        QVERIFY2(program.exitCode() == 0, program.readAllStandardError().constData());
        for (const QString& kind : {QStringLiteral("-traces.csv"), QStringLiteral("-spikes.csv")}) {
            const QByteArray one = contentOf(mine + kind);
            QVERIFY(one.count('\n') > 2);
            QVERIFY2(one == contentOf(theirs + kind), qPrintable(kind));
        }
    }

    void cancelled_export_leaves_no_file()
    {
        ui::EngineBridge bridge;
        QVERIFY(runPreset(bridge, oneSweep(shippedPreset("lif-dc"))));
        QTRY_COMPARE_WITH_TIMEOUT(bridge.status().state, engine::RunState::ended, 30000);
        const QString folder = m_settings.path(QStringLiteral("cancelled"));
        QVERIFY(QDir().mkpath(folder));
        engine::core::Progress progress;
        progress.cancel();
        const auto result
            = ui::exportCsv({*bridge.recording(), (folder + "/traces.csv").toStdString(),
                                (folder + "/spikes.csv").toStdString()},
                progress);
        QVERIFY(result.cancelled);
        QVERIFY(QDir(folder).isEmpty());
    }

    void folder_that_does_not_exist_is_an_answer()
    {
        ui::EngineBridge bridge;
        QVERIFY(runPreset(bridge, oneSweep(shippedPreset("lif-dc"))));
        QTRY_COMPARE_WITH_TIMEOUT(bridge.status().state, engine::RunState::ended, 30000);
        QWidget window;
        ui::MessageBar messages(&window);
        ui::ExportActions exports(bridge, &window);
        exports.setMessageBar(&messages);
        QSignalSpy exported(&exports, &ui::ExportActions::exported);
        QVERIFY(exports.exportTo(m_settings.path(QStringLiteral("no/such/folder.csv")), {}));
        QVERIFY(exported.count() > 0 || exported.wait(30000));
        QVERIFY(!exported.front().front().value<ui::ExportResult>().error.empty());
        QCOMPARE(messages.items().size(), 1U);
        QCOMPARE(messages.items().front()->severity(), engine::core::Severity::error);
    }

    void dropped_history_is_said()
    {
        // A budget of 256 KiB holds a few seconds of two columns at 0.1 ms.
        engine::LiveOptions options;
        options.history_bytes = std::size_t {1} << 18;
        ui::EngineBridge bridge(options);
        const auto document
            = with(with(shippedPreset("lif-dc"), "simulation/at_end", std::string("continue")),
                "simulation/speed", std::string("max"));
        QVERIFY(runPreset(bridge, document));
        QTRY_VERIFY_WITH_TIMEOUT(bridge.status().history_from_ms > 0.0, 30000);
        bridge.post(engine::Pause {});
        QTRY_COMPARE(bridge.status().state, engine::RunState::paused);
        engine::core::Progress progress;
        const auto recording = bridge.recording();
        const QString file = m_settings.path(QStringLiteral("late.csv"));
        const auto result = ui::exportCsv({*recording, file.toStdString(), {}}, progress);
        QVERIFY2(result.error.empty(), result.error.c_str());
        QVERIFY(result.from_ms > 0.0);
        const QList<QByteArray> lines = contentOf(file).split('\n');
        const double first = lines[1].split(',').front().toDouble();
        const double dt_ms = document.experiment().simulation.dt_ms;
        QVERIFY2(first < result.from_ms + 1.5 * dt_ms, lines[1].constData());
        // Nothing is missing from there on.
        const auto samples = static_cast<double>(lines.size() - 2);
        const double last = lines[lines.size() - 2].split(',').front().toDouble();
        QCOMPARE(samples, std::round((last - first) / 0.1) + 1.0);
    }
};

QTEST_MAIN(TestExport)
#include "tst_export.moc"
