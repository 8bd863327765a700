#pragma once

#include <QDockWidget>
#include <QMainWindow>

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
