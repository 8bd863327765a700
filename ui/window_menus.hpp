#pragma once

#include <QList>

class QAction;
class QMenu;

namespace ui {

class FileActions;
class MainWindow;
class PlotArea;
class RunControls;
class TimeCursors;
class WindowDocks;

/// The menus and keys of the main window.
class WindowMenus {
public:
    WindowMenus(MainWindow& window, FileActions& files, const QList<QAction*>& undo,
        RunControls& controls, PlotArea& plots, WindowDocks& docks);

private:
    void fillFile(FileActions& files);

    void fillView(PlotArea& plots, WindowDocks& docks);
    void fillHelp();
    void addCursors(QMenu& menu, TimeCursors& cursors);
    void addThemes(QMenu& menu);

    MainWindow& m_window;
};

} // namespace ui
