#include "ui/window_docks.hpp"

#include <QAction>
#include <QDockWidget>
#include <QMainWindow>
#include <QMenu>
#include <QSettings>

namespace ui {
namespace {

constexpr int stateVersion = 2;

// Widths in characters: below these, names or values are cut.
constexpr int leftChars = 62;
constexpr int besideChars = 84;
// Height in lines of docks below the plots: a headline and five rows.
constexpr int belowLines = 12;

} // namespace

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
    window.setTabPosition(Qt::BottomDockWidgetArea, QTabWidget::North);
}

QDockWidget* WindowDocks::add(
    QWidget* content, const QString& name, const QString& title, Place place, bool shown)
{
    auto* dock = new QDockWidget(title, &m_window);
    dock->setObjectName(name);
    dock->setWidget(content);
    m_docks.push_back({dock, place, shown});
    m_window.addDockWidget(areaOf(place), dock);
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

bool WindowDocks::hasRoomBeside() const
{
    constexpr double plotsShare = 0.6;
    const int sides = (leftChars + besideChars) * m_window.fontMetrics().averageCharWidth();
    return m_window.width() - sides >= plotsShare * m_window.width();
}

Qt::DockWidgetArea WindowDocks::areaOf(Place place) const
{
    switch (place) {
    case Place::left:
        return Qt::LeftDockWidgetArea;
    case Place::right:
        return Qt::RightDockWidgetArea;
    case Place::beside:
        break;
    }
    return hasRoomBeside() ? Qt::RightDockWidgetArea : Qt::BottomDockWidgetArea;
}

QList<QDockWidget*> WindowDocks::docksAt(Place place) const
{
    QList<QDockWidget*> docks;
    for (const Dock& dock : m_docks) {
        if (dock.place == place) {
            docks += dock.widget;
        }
    }
    return docks;
}

void WindowDocks::reset()
{
    for (const Dock& dock : m_docks) {
        dock.widget->setFloating(false);
        m_window.removeDockWidget(dock.widget);
        m_window.addDockWidget(areaOf(dock.place), dock.widget);
        dock.widget->setVisible(dock.shown);
    }
    divideLeft();
    arrangeBeside();
}

void WindowDocks::divideLeft()
{
    const QList<QDockWidget*> left = docksAt(Place::left);
    // The parameters of a network are many.
    const int presets = m_layout == Layout::neuron ? 45 : 35;
    QList<int> heights;
    for (int i = 0; i < left.size(); ++i) {
        heights += i == 0 ? presets : 100 - presets;
    }
    m_window.resizeDocks(left, heights, Qt::Vertical);
    m_window.resizeDocks(left,
        QList<int>(left.size(), m_window.fontMetrics().averageCharWidth() * leftChars),
        Qt::Horizontal);
}

void WindowDocks::arrangeBeside()
{
    const QList<QDockWidget*> docks = docksAt(Place::beside);
    const QFontMetrics metrics = m_window.fontMetrics();
    if (hasRoomBeside()) {
        m_window.resizeDocks(docks,
            QList<int>(docks.size(), metrics.averageCharWidth() * besideChars), Qt::Horizontal);
        m_window.resizeDocks(docks, QList<int>(docks.size(), 1), Qt::Vertical); // equal parts
        return;
    }
    for (int i = 1; i < docks.size(); ++i) {
        m_window.tabifyDockWidget(docks[i - 1], docks[i]);
    }
    if (!docks.isEmpty()) {
        docks.front()->raise();
    }
    m_window.resizeDocks(
        docks, QList<int>(docks.size(), metrics.lineSpacing() * belowLines), Qt::Vertical);
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
