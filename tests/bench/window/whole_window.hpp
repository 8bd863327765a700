#pragma once

#include "tests/bench/window/measuring.hpp"
#include "ui/documents/file_actions.hpp"
#include "ui/engine_bridge.hpp"
#include "ui/main_window.hpp"
#include "ui/plots/plot_area.hpp"

#include <QDockWidget>
#include <QMainWindow>

#include <cstdio>
#include <string>

/// Shows the window at 1600 x 1000 and opens the preset in it; false where that is not possible.
/// `speed`: model time / wall time, or "max".
inline bool runIn(ui::MainWindow& window, const QString& preset, const std::string& speed)
{
    window.resize(1600, 1000);
    window.show();
    window.bridge().start();
    if (!window.files().openPreset(preset)) {
        std::fprintf(stderr, "%s could not be opened\n", qPrintable(preset));
        return false;
    }
    while (window.plots().panels().empty()) {
        processFor(0.05);
    }
    window.bridge().post(
        engine::SetSpeed {speed == "max" ? std::nullopt : std::optional<double>(std::stod(speed))});
    return true;
}

/// Every dock, beside one another where they would be tabs.
inline void openEverything(QMainWindow& window)
{
    for (QDockWidget* dock : window.findChildren<QDockWidget*>()) {
        dock->show();
    }
    for (QDockWidget* dock : window.findChildren<QDockWidget*>()) {
        for (QDockWidget* behind : window.tabifiedDockWidgets(dock)) {
            window.removeDockWidget(behind);
            window.addDockWidget(window.dockWidgetArea(dock), behind);
            behind->show();
        }
    }
}
