#pragma once

#include "app/cli/finished_run.hpp"
#include "engine/config/preset_document.hpp"

#include <QByteArray>
#include <QString>

#include <optional>

namespace ui {
class MainWindow;
}

namespace app {

/// Opens the preset (an id or a path, which means this document) in the window, runs it for
/// `after_ms` of model time (what its plots show, where missing), draws the window and writes it.
/// Needs a running application. Returns what went wrong, empty = done.
QString takeScreenshot(ui::MainWindow& window, const engine::config::PresetDocument& document,
    const QString& preset, std::optional<double> after_ms, const QString& file);

/// The window as it stands at the end of a run that was made without the live engine, as PNG.
QByteArray drawRun(ui::MainWindow& window, const cli::FinishedRun& run);

} // namespace app
