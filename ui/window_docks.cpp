#include "ui/window_docks.hpp"

#include <QAction>
#include <QDockWidget>
#include <QMainWindow>
#include <QMenu>
#include <QSettings>

namespace ui {
namespace {

constexpr int stateVersion = 1;

}

WindowDocks::WindowDocks(QMainWindow& window)
    : QObject(&window)
    , m_window(window)
{
    // The plots take the corners: the columns at the sides reach from the tool bar to the status
    // bar.
    window.setCorner(Qt::TopLeftCorner, Qt::LeftDockWidgetArea);
    window.setCorner(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea);
    window.setCorner(Qt::TopRightCorner, Qt::RightDockWidgetArea);
    window.setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
    window.setDockNestingEnabled(true);
}

QDockWidget* WindowDocks::add(QWidget* content, const QString& name, const QString& title,
    Qt::DockWidgetArea area, bool shown)
{
    auto* dock = new QDockWidget(title, &m_window);
    dock->setObjectName(name);
    dock->setWidget(content);
    m_docks.push_back({dock, area, shown});
    m_window.addDockWidget(area, dock);
    dock->setVisible(shown);
    return dock;
}

QString WindowDocks::key() const
{
    return m_layout == Layout::neuron ? QStringLiteral("window/neuron")
                                      : QStringLiteral("window/network");
}

void WindowDocks::use(Layout layout)
{
    if (m_used && layout == m_layout) {
        return;
    }
    if (m_used) {
        save();
    }
    m_layout = layout;
    m_used = true;
    if (!m_window.restoreState(QSettings().value(key()).toByteArray(), stateVersion)) {
        reset();
    }
}

void WindowDocks::reset()
{
    QList<QDockWidget*> left;
    for (const Dock& dock : m_docks) {
        dock.widget->setFloating(false);
        m_window.removeDockWidget(dock.widget);
        m_window.addDockWidget(dock.area, dock.widget);
        dock.widget->setVisible(dock.shown);
        if (dock.area == Qt::LeftDockWidgetArea) {
            left += dock.widget;
        }
    }
    // The parameters of a network are many.
    const int presets = m_layout == Layout::neuron ? 45 : 35;
    QList<int> heights;
    for (int i = 0; i < left.size(); ++i) {
        heights += i == 0 ? presets : 100 - presets;
    }
    m_window.resizeDocks(left, heights, Qt::Vertical);
    m_window.resizeDocks(left,
        QList<int>(left.size(), m_window.fontMetrics().averageCharWidth() * 62), Qt::Horizontal);
}

void WindowDocks::save() const
{
    if (m_used) {
        QSettings().setValue(key(), m_window.saveState(stateVersion));
    }
}

void WindowDocks::fillMenu(QMenu& menu)
{
    for (const Dock& dock : m_docks) {
        menu.addAction(dock.widget->toggleViewAction());
    }
    menu.addSeparator();
    menu.addAction(tr("&Reset layout"), this, &WindowDocks::reset);
}

} // namespace ui
