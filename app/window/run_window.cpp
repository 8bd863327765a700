#include "app/window/run_window.hpp"

#include "app/cli/console.hpp"
#include "app/window/screenshot.hpp"
#include "app/window/window_arguments.hpp"
#include "engine/config/preset_library.hpp"
#include "ui/documents/file_actions.hpp"
#include "ui/engine_bridge.hpp"
#include "ui/main_window.hpp"
#include "ui/theme.hpp"
#include "version.hpp"

#include <QApplication>
#include <QSettings>
#include <QTemporaryDir>

#include <iostream>

namespace app {
namespace {

enum Exit : int { done = 0, wrongInput = 1, wrongUsage = 2, failed = 3 };

const QSize pictureSize(1280, 800);

int complain(const QString& text, int status)
{
    std::cerr << "spikescope: " << text.toStdString() << '\n';
    return status;
}

bool hasDisplay()
{
    return !qEnvironmentVariableIsEmpty("DISPLAY")
        || !qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY")
        || !qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM");
}

void nameApplication()
{
    QCoreApplication::setOrganizationName(QStringLiteral("spikescope"));
    QCoreApplication::setApplicationName(QStringLiteral("spikescope"));
    QCoreApplication::setApplicationVersion(QLatin1String(spikescope::version));
    QApplication::setStyle(QStringLiteral("Fusion"));
}

QtMessageHandler usualMessages = nullptr;

/// Leaves out remarks about what only a display has.
void messagesOffScreen(QtMsgType type, const QMessageLogContext& context, const QString& text)
{
    if (!text.startsWith(QLatin1String("This plugin does not support"))
        && !text.startsWith(QLatin1String("QStandardPaths: "))) {
        usualMessages(type, context, text);
    }
}

/// Pictures look the same for everybody: settings and sessions of the person are not touched.
class Clean {
public:
    Clean()
    {
        QSettings::setDefaultFormat(QSettings::IniFormat);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_folder.path());
        qputenv("XDG_DATA_HOME", m_folder.path().toUtf8());
        usualMessages = qInstallMessageHandler(messagesOffScreen);
    }

private:
    QTemporaryDir m_folder;
};

int screenshot(engine::config::PresetLibrary& library, const WindowArguments& arguments)
{
    const engine::config::LoadResult loaded = library.open(arguments.preset.toStdString());
    if (!loaded.document) {
        std::cerr << engine::core::text(loaded.diagnostics) << '\n';
        return wrongInput;
    }
    ui::MainWindow window(library);
    window.resize(pictureSize);
    window.show();
    window.bridge().start();
    const QString failure = takeScreenshot(
        window, *loaded.document, arguments.preset, arguments.after_ms, arguments.screenshot);
    return failure.isEmpty() ? done : complain(failure, failed);
}

int open(engine::config::PresetLibrary& library, const WindowArguments& arguments)
{
    ui::MainWindow window(library);
    window.show();
    window.bridge().start();
    // A wrong preset is said in the window, which opens all the same.
    window.files().openPreset(arguments.preset);
    return QApplication::exec();
}

} // namespace

int run_window(int argc, char** argv)
{
    QStringList given;
    for (int i = 1; i < argc; ++i) {
        given += QString::fromLocal8Bit(argv[i]);
    }
    const ParsedArguments parsed = parseWindowArguments(given);
    if (!parsed.arguments) {
        return complain(parsed.error, wrongUsage);
    }
    const bool picture = !parsed.arguments->screenshot.isEmpty();
    if (!hasDisplay()) {
        if (!picture) {
            return complain(
                QStringLiteral("there is no display; `spikescope run %1` works without one")
                    .arg(parsed.arguments->preset),
                wrongInput);
        }
        qputenv("QT_QPA_PLATFORM", "offscreen");
    }
    nameApplication();
    std::optional<Clean> clean;
    if (picture) {
        clean.emplace();
    }
    int count = 1; // the other arguments are the program's, not the toolkit's
    const QApplication application(count, argv);
    engine::config::PresetLibrary library = cli::preset_library();
    return picture ? screenshot(library, *parsed.arguments) : open(library, *parsed.arguments);
}

std::string draw_finished_run(const cli::FinishedRun& run)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    nameApplication();
    const Clean clean;
    char name[] = "spikescope";
    char* arguments[] = {name, nullptr};
    int count = 1;
    const QApplication application(count, arguments);
    engine::config::PresetLibrary library = cli::preset_library();
    ui::MainWindow window(library);
    window.resize(pictureSize);
    window.show();
    return drawRun(window, run).toStdString();
}

} // namespace app
