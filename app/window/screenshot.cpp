#include "app/window/screenshot.hpp"

#include "engine/core/random.hpp"
#include "ui/documents/file_actions.hpp"
#include "ui/engine_bridge.hpp"
#include "ui/main_window.hpp"
#include "ui/pictures.hpp"
#include "ui/plots/plot_area.hpp"

#include <QApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QTimer>

#include <algorithm>

namespace app {
namespace {

constexpr qint64 settle_ms = 400; // of wall time

/// Model time to run, from the beginning of a sweep.
double modelTime(const engine::config::Experiment& experiment, std::optional<double> after_ms)
{
    constexpr double usual = 1000.0;
    const auto duration = experiment.simulation.duration_ms;
    const double wanted
        = after_ms.value_or(duration.value_or(experiment.view.window_ms.value_or(usual)));
    const bool goesOn = experiment.simulation.at_end == engine::config::AtEnd::go_on;
    return duration && !goesOn ? std::min(wanted, *duration) : wanted;
}

/// The window without a focus: its caret would blink, and the same run give another picture.
QImage pictureOf(ui::MainWindow& window)
{
    if (QWidget* focused = window.focusWidget()) {
        focused->clearFocus();
    }
    return window.grab().toImage();
}

/// Lets the window live for a moment; the processor rests between its events.
void live(int ms)
{
    QEventLoop loop;
    QTimer::singleShot(ms, &loop, &QEventLoop::quit);
    loop.exec();
}

/// Until history is loaded, status texts are shown and everything is computed.
void settle(const ui::MainWindow& window)
{
    QElapsedTimer clock;
    clock.start();
    while (clock.elapsed() < settle_ms || window.computing()) {
        live(20);
    }
}

} // namespace

QString takeScreenshot(ui::MainWindow& window, const engine::config::PresetDocument& document,
    const QString& preset, std::optional<double> after_ms, const QString& file)
{
    ui::EngineBridge& bridge = window.bridge();
    const auto& experiment = document.experiment();
    const engine::core::TimeGrid grid(experiment.simulation.dt_ms);
    const engine::core::Step steps = grid.steps(modelTime(experiment, after_ms));

    QString failure;
    bool opened = false;
    bool there = false;
    QObject::connect(
        &bridge, &ui::EngineBridge::notice, &window, [&](const engine::Notice& notice) {
            if (notice.severity == engine::core::Severity::error) {
                failure = QString::fromStdString(notice.text);
            }
        });
    QObject::connect(
        &bridge, &ui::EngineBridge::frameReady, &window, [&](const engine::Frame& frame) {
            if (!opened && frame.history) {
                opened = true;
                // From the beginning, whatever it has done until now.
                bridge.post(engine::Pause {});
                bridge.post(engine::ResetState {});
                bridge.post(engine::StepOnce {steps});
            }
            const bool resting = frame.status.state != engine::RunState::running;
            there = opened && resting
                && (frame.to >= steps || frame.status.state == engine::RunState::ended);
        });
    if (!window.files().openPreset(preset)) {
        return QStringLiteral("%1 could not be opened").arg(preset);
    }
    while (!there && failure.isEmpty()) {
        live(20);
    }
    if (!failure.isEmpty()) {
        return failure;
    }
    settle(window);
    // Axes that shrink slowly would show how fast the run was.
    window.plots().autoscaleAll();
    settle(window);
    return ui::saveImage(file, pictureOf(window), window.pictureTag());
}

QByteArray drawRun(ui::MainWindow& window, const cli::FinishedRun& run)
{
    const engine::Simulation& simulation = run.simulation;
    const auto& experiment = simulation.document().experiment();
    const engine::core::TimeGrid& grid = simulation.grid();
    const engine::core::Step end = simulation.now();
    const auto history = simulation.history();
    engine::Status status;
    status.state = engine::RunState::ended;
    status.t_ms = grid.time_ms(end);
    status.dt_ms = grid.dt_ms();
    status.duration_ms = experiment.simulation.duration_ms;
    status.speed = experiment.simulation.speed;
    status.seed = experiment.simulation.seed;
    status.neurons = simulation.neurons();
    status.synapses = simulation.synapses();
    status.threads = simulation.threads();
    status.state_hash = engine::core::hash_name(simulation.document().text());
    const engine::Frame frame {.session = 1,
        .sweep = 0,
        .document = simulation.document(),
        .status = status,
        .traces = std::vector<engine::recording::TraceRows>(history->groups().size()),
        .spikes = {},
        .from = end, // everything is read from the history
        .to = end,
        .skipped = true,
        .changes = simulation.changes(),
        .notices = {},
        .history = history,
        .statistics = run.statistics,
        .checks = run.checks};
    window.bridge().deliver(frame);
    settle(window);
    // Axes that shrink slowly would show how fast the run was.
    window.plots().autoscaleAll();
    settle(window);
    const engine::config::PresetDocument as_run = simulation.as_run();
    return ui::pngBytes(pictureOf(window),
        {.presetText = QByteArray::fromStdString(as_run.text()),
            .seed = experiment.simulation.seed,
            .title = QString::fromStdString(as_run.info().title)});
}

} // namespace app
