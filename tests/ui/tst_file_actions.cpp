#include "engine/models/description.hpp"
#include "tests/ui/isolated_settings.hpp"
#include "tests/ui/running_preset.hpp"
#include "ui/documents/file_actions.hpp"
#include "ui/documents/preset_files.hpp"
#include "ui/documents/recent_files.hpp"
#include "ui/documents/session_file.hpp"
#include "ui/documents/set_values_command.hpp"
#include "ui/pictures.hpp"
#include "ui/widgets/message_bar.hpp"

#include <QAbstractButton>
#include <QApplication>
#include <QDir>
#include <QDropEvent>
#include <QFile>
#include <QImage>
#include <QMenu>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QUndoStack>

namespace {

/// The parts of a window that files need.
struct Window {
    explicit Window(const QString& ownFolder)
        : library(SPIKESCOPE_PROGRAM, ownFolder.toStdString())
        , messages(&widget)
        , files(new ui::FileActions(bridge, library, undo, &widget))
    {
        files->setMessageBar(&messages);
        bridge.start();
    }
    ~Window() { bridge.stop(); }

    bool open(const QString& idOrPath)
    {
        const QSignalSpy opened(files, &ui::FileActions::presetOpened);
        return files->openPreset(idOrPath)
            && QTest::qWaitFor([&] { return opened.count() > 0; }, 20000);
    }

    bool set(const std::string& path, double value)
    {
        undo.push(new ui::SetValuesCommand(bridge, {{path, *bridge.document()->value(path), value}},
            QString::fromStdString(path)));
        return QTest::qWaitFor([&] {
            return bridge.document()->value(path) == std::optional<engine::core::Value>(value);
        });
    }

    QString messageTexts() const
    {
        QString texts;
        for (const auto* item : messages.items()) {
            texts += item->text() + '\n' + item->details() + '\n';
        }
        return texts;
    }

    QPushButton* button(const QString& text) const
    {
        for (auto* candidate : messages.findChildren<QPushButton*>()) {
            if (candidate->text() == text) {
                return candidate;
            }
        }
        return nullptr;
    }

    ui::EngineBridge bridge;
    engine::config::PresetLibrary library;
    QUndoStack undo;
    QWidget widget;
    ui::MessageBar messages;
    ui::FileActions* files; // the widget deletes it
};

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void writeFile(const QString& path, const QByteArray& content)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(content), content.size());
}

/// Presses a button of the next message box.
void answerNextBox(QMessageBox::StandardButton button, int& asked)
{
    QTimer::singleShot(200, qApp, [button, &asked] {
        if (auto* box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget())) {
            ++asked;
            box->button(button)->click();
        }
    });
}

} // namespace

class TestFileActions : public QObject {
    Q_OBJECT

    IsolatedSettings m_settings;

    QString own() const { return m_settings.path(QStringLiteral("presets")); }

private Q_SLOTS:
    void title_has_a_star_while_there_are_changes()
    {
        Window window(own());
        QSignalSpy titles(window.files, &ui::FileActions::titleChanged);
        QVERIFY(window.open(QStringLiteral("lif-dc")));
        QTRY_COMPARE(
            titles.back().front().toString(), QStringLiteral("LIF neuron, constant drive"));
        QVERIFY(window.set("I", 2.0));
        QTRY_COMPARE(
            titles.back().front().toString(), QStringLiteral("LIF neuron, constant drive*"));
        window.undo.undo();
        QTRY_COMPARE(
            titles.back().front().toString(), QStringLiteral("LIF neuron, constant drive"));
    }

    void saved_preset_opens_as_the_same()
    {
        Window window(own());
        QVERIFY(window.open(QStringLiteral("glif-lif-r")));
        QVERIFY(window.set("I", 123.5));
        QTRY_VERIFY(window.files->opened().isChanged());
        const QString path = m_settings.path(QStringLiteral("round/trip.json"));
        QVERIFY(window.files->saveTo(path));
        QVERIFY(!window.files->opened().isChanged());
        const std::string saved = window.files->opened().working()->text();
        QCOMPARE(contentOf(path).toStdString(), saved);
        QVERIFY(window.open(QStringLiteral("lif-dc")));
        QVERIFY(window.open(path));
        QCOMPARE(window.bridge.document()->text(), saved);
        QCOMPARE(window.files->opened().file(), path);
        QVERIFY(ui::recentFiles().contains(path));
    }

    void shipped_presets_are_never_written_to()
    {
        Window window(own());
        QVERIFY(window.open(QStringLiteral("lif-dc")));
        const QString shipped = window.files->opened().file();
        const QByteArray before = contentOf(shipped);
        QVERIFY(!before.isEmpty());
        QVERIFY(window.set("I", 3.0));
        QVERIFY(!window.files->saveInPlace());
        QVERIFY(!window.files->saveTo(shipped));
        QCOMPARE(contentOf(shipped), before);
    }

    void failed_load_says_everything_and_leaves_the_session()
    {
        Window window(own());
        QVERIFY(window.open(QStringLiteral("lif-dc")));
        QVERIFY(window.set("I", 3.0));
        QByteArray broken = contentOf(window.files->opened().file());
        broken.replace("\"dt\": 0.1", "\"dt\": -1").replace("\"tau_m\"", "\"tua_m\"");
        const QString path = m_settings.path(QStringLiteral("broken.json"));
        writeFile(path, broken);
        const QSignalSpy opened(window.files, &ui::FileActions::presetOpened);
        QVERIFY(!window.files->openFile(path));
        const QString said = window.messageTexts();
        QVERIFY2(said.contains(QStringLiteral("/simulation/dt")), qPrintable(said));
        QVERIFY2(said.contains(QStringLiteral("did you mean tau_m")), qPrintable(said));
        QVERIFY(!window.files->openFile(m_settings.path(QStringLiteral("absent.json"))));
        QTest::qWait(200);
        QCOMPARE(opened.count(), 0);
        QCOMPARE(std::get<double>(*window.bridge.document()->value("I")), 3.0);
        QCOMPARE(window.undo.count(), 1);
    }

    void duplicate_goes_to_my_presets_and_keeps_the_changes()
    {
        Window window(own());
        QVERIFY(window.open(QStringLiteral("lif-dc")));
        QVERIFY(window.set("I", 3.0));
        QTRY_VERIFY(window.files->opened().isChanged());
        const QSignalSpy opened(window.files, &ui::FileActions::presetOpened);
        const QSignalSpy library(window.files, &ui::FileActions::libraryChanged);
        QVERIFY(window.files->duplicate());
        QTRY_COMPARE(opened.count(), 1);
        QCOMPARE(library.count(), 1);
        QVERIFY(window.files->opened().file().startsWith(own()));
        QVERIFY(!window.files->opened().isChanged());
        QCOMPARE(std::get<double>(*window.bridge.document()->value("I")), 3.0);
        QVERIFY(window.bridge.document()->info().id != "lif-dc");
        // Of one's own: saving needs no other name.
        QVERIFY(window.set("I", 2.0));
        QTRY_VERIFY(window.files->opened().isChanged());
        QVERIFY(window.files->saveInPlace());
        QVERIFY(!window.files->opened().isChanged());
    }

    void every_model_makes_a_new_preset()
    {
        Window window(own());
        QVERIFY(!window.files->newFromModelMenu()->actions().isEmpty());
        for (const auto* model : engine::models::Registry::instance().all()) {
            const QSignalSpy opened(window.files, &ui::FileActions::presetOpened);
            QVERIFY(window.files->openModel(model->name));
            QTRY_COMPARE(opened.count(), 1);
            QCOMPARE(window.bridge.document()->experiment().populations.front().model->name,
                model->name);
        }
    }

    void left_changes_can_be_returned_to()
    {
        Window window(own());
        QVERIFY(window.open(QStringLiteral("lif-dc")));
        QVERIFY(window.set("I", 3.25));
        QTRY_VERIFY(window.files->opened().isChanged());
        QVERIFY(window.open(QStringLiteral("izh2003-rs")));
        QPushButton* back = window.button(QStringLiteral("Return to it"));
        QVERIFY(back != nullptr);
        const QSignalSpy opened(window.files, &ui::FileActions::presetOpened);
        back->click();
        QTRY_COMPARE(opened.count(), 1);
        QCOMPARE(std::get<double>(*window.bridge.document()->value("I")), 3.25);
        QVERIFY(window.files->opened().isChanged());
    }

    void close_asks_once_and_only_about_changes()
    {
        Window window(own());
        QVERIFY(window.open(QStringLiteral("lif-dc")));
        int asked = 0;
        QVERIFY(window.files->confirmClose());
        QVERIFY(window.set("I", 3.0));
        QTRY_VERIFY(window.files->opened().isChanged());
        answerNextBox(QMessageBox::Cancel, asked);
        QVERIFY(!window.files->confirmClose());
        answerNextBox(QMessageBox::Discard, asked);
        QVERIFY(window.files->confirmClose());
        QCOMPARE(asked, 2);
    }

    void crashed_session_is_offered_again_with_its_changes()
    {
        const QString folder
            = QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) + "/sessions";
        QDir().mkpath(folder);
        {
            // What a window that was killed leaves: its file, and a lock of a process that is gone.
            auto crashed = std::make_unique<ui::SessionFile>(folder);
            const auto document = with(shippedPreset("lif-dc"), "I", 3.75);
            QVERIFY(crashed->write({QString::fromStdString(document.text()), {}}));
            const auto names = QDir(folder).entryList({QStringLiteral("session-*.ini")});
            QCOMPARE(names.size(), 1);
            const QByteArray content = contentOf(folder + '/' + names.front());
            crashed.reset();
            QVERIFY(QDir(folder).entryList({QStringLiteral("session-*.ini")}).isEmpty());
            writeFile(folder + '/' + names.front(), content);
        }
        Window window(own());
        QPushButton* restore = window.button(QStringLiteral("Restore"));
        QVERIFY(restore != nullptr);
        const QSignalSpy opened(window.files, &ui::FileActions::presetOpened);
        restore->click();
        QTRY_COMPARE(opened.count(), 1);
        QCOMPARE(std::get<double>(*window.bridge.document()->value("I")), 3.75);
        QVERIFY(window.files->opened().isChanged());
    }

    void living_session_is_not_taken_for_a_crashed_one()
    {
        const QString folder = m_settings.path(QStringLiteral("sessions"));
        ui::SessionFile living(folder);
        QVERIFY(living.write({QStringLiteral("text"), {}}));
        ui::SessionFile other(folder);
        QVERIFY(!other.takeCrashed());
    }

    void dropped_file_is_opened()
    {
        Window window(own());
        const QString path = m_settings.path(QStringLiteral("dropped.json"));
        QVERIFY(ui::savePreset(shippedPreset("izh2003-ch"), path.toStdString()).empty());
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(path)});
        const QSignalSpy opened(window.files, &ui::FileActions::presetOpened);
        QDragEnterEvent enter({10, 10}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&window.widget, &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop(
            {10, 10}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier, QEvent::Drop);
        QCoreApplication::sendEvent(&window.widget, &drop);
        QTRY_COMPARE(opened.count(), 1);
        QCOMPARE(window.bridge.document()->info().id, std::string("izh2003-ch"));
    }

    void picture_opens_the_preset_that_it_carries()
    {
        Window window(own());
        const auto document = with(shippedPreset("lif-dc"), "I", 2.25);
        const QString path = m_settings.path(QStringLiteral("picture.png"));
        QImage image(20, 20, QImage::Format_RGB32);
        image.fill(Qt::white);
        QCOMPARE(ui::saveImage(path, image,
                     {QByteArray::fromStdString(document.text()), 1, QStringLiteral("LIF")}),
            QString());
        const QSignalSpy opened(window.files, &ui::FileActions::presetOpened);
        QVERIFY(window.files->openFile(path));
        QTRY_COMPARE(opened.count(), 1);
        QCOMPARE(std::get<double>(*window.bridge.document()->value("I")), 2.25);
    }

    void saved_run_holds_the_changes_as_events()
    {
        Window window(own());
        const auto document
            = with(shippedPreset("lif-dc"), "simulation/at_end", std::string("continue"));
        const QSignalSpy opened(window.files, &ui::FileActions::presetOpened);
        window.files->openDocument(document);
        QTRY_COMPARE(opened.count(), 1);
        QVERIFY(window.set("I", 2.0));
        const QString path = m_settings.path(QStringLiteral("run.json"));
        QVERIFY(window.files->saveRunTo(path));
        const auto loaded = engine::config::PresetDocument::load(path.toStdString());
        QVERIFY(loaded.document);
        QCOMPARE(std::get<double>(*loaded.document->value("I")), 1.2); // as at t = 0
        const auto& events = loaded.document->experiment().events;
        QCOMPARE(events.size(), 1U);
        QCOMPARE(events.front().path, std::string("I"));
        QCOMPARE(std::get<double>(events.front().value), 2.0);
        QVERIFY(events.front().at_ms > 0.0);
        QVERIFY(window.files->opened().isChanged()); // the run is saved, the preset is not
    }
};

QTEST_MAIN(TestFileActions)
#include "tst_file_actions.moc"
