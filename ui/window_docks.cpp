#include "ui/window_docks.hpp"

#include <QAction>
#include <QChildEvent>
#include <QDockWidget>
#include <QMainWindow>
#include <QMenu>
#include <QSettings>
#include <QTabBar>

#include <algorithm>
#include <utility>

namespace ui {
namespace {

constexpr int stateVersion = 3;

// Widths in characters: below the least, names or values are cut; above the most, nothing is won.
constexpr int leastLeftChars = 52;
constexpr int leftChars = 62;
constexpr int leastColumnChars = 46;
constexpr int besideChars = 84;
// Parts of the window that the columns take between these: the plots keep more than half.
constexpr double leftShare = 0.235;
constexpr double columnShare = 0.25;
// Height in lines of docks below the plots: a headline and five rows.
constexpr int belowLines = 12;
// Height in lines that a dock may shrink to: without it two panels of texts that wrap, one above
// the other, would make the window higher than a small screen.
constexpr int leastLines = 6;
// What is left of the left column in a window that shrinks, which takes from it first.
constexpr int shrunkLeftChars = 24;

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
    window.setTabPosition(Qt::RightDockWidgetArea, QTabWidget::North);
    window.installEventFilter(this);
}

bool WindowDocks::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::ChildPolished) {
        // In a narrow column titles keep all their letters, and arrows lead to the others.
        if (auto* tabs = qobject_cast<QTabBar*>(static_cast<QChildEvent*>(event)->child())) {
            tabs->setElideMode(Qt::ElideNone);
            tabs->setUsesScrollButtons(true);
        }
    }
    return QObject::eventFilter(watched, event);
}

QDockWidget* WindowDocks::add(
    QWidget* content, const QString& name, const QString& title, Place place, Shown shown)
{
    auto* dock = new QDockWidget(title, &m_window);
    dock->setObjectName(name);
    content->setMinimumHeight(m_window.fontMetrics().lineSpacing() * leastLines);
    if (place == Place::left) {
        content->setMinimumWidth(chars(shrunkLeftChars));
    }
    dock->setWidget(content);
    // Tabs from the beginning: a window that is shown with all docks above each other grows beyond
    // the screen and stays so.
    const QList<QDockWidget*> group = place == Place::left ? QList<QDockWidget*> {}
        : place == Place::lower                            ? docksAt({Place::lower})
                                                           : docksAt({Place::upper, Place::right});
    m_docks.push_back({dock, place, shown});
    m_window.addDockWidget(areaOf(place), dock);
    if (!group.isEmpty()) {
        m_window.tabifyDockWidget(group.back(), dock);
    }
    dock->setVisible(shownByDefault(m_docks.back()));
    connect(dock->toggleViewAction(), &QAction::triggered, dock, [dock](bool show) {
        if (show) {
            bringForward(*dock); // not behind other tabs
        }
    });
    return dock;
}

void WindowDocks::bringForward(QDockWidget& dock)
{
    dock.show();
    dock.raise();
}

bool WindowDocks::shownByDefault(const Dock& dock) const
{
    return dock.shown == Shown::always
        || dock.shown == (m_layout == Layout::neuron ? Shown::forNeurons : Shown::forNetworks);
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

int WindowDocks::chars(int count) const
{
    return count * m_window.fontMetrics().averageCharWidth();
}

int WindowDocks::columnWidth(double share, int leastChars, int mostChars) const
{
    return std::clamp(
        static_cast<int>(share * m_window.width()), chars(leastChars), chars(mostChars));
}

bool WindowDocks::hasColumn() const
{
    if (m_layout == Layout::neuron) {
        return true;
    }
    constexpr double plotsShare = 0.48;
    const int column = columnWidth(columnShare, leastColumnChars, besideChars);
    return m_window.width() - chars(leftChars) - column >= plotsShare * m_window.width();
}

Qt::DockWidgetArea WindowDocks::areaOf(Place place) const
{
    if (place == Place::left) {
        return Qt::LeftDockWidgetArea;
    }
    const bool below = place != Place::right && !hasColumn();
    return below ? Qt::BottomDockWidgetArea : Qt::RightDockWidgetArea;
}

QList<QDockWidget*> WindowDocks::docksAt(std::initializer_list<Place> places) const
{
    QList<QDockWidget*> docks;
    for (const Place place : places) {
        for (const Dock& dock : m_docks) {
            if (dock.place == place) {
                docks += dock.widget;
            }
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
    }
    if (hasColumn()) {
        stackAsTabs(docksAt({Place::upper, Place::right}));
        stackAsTabs(docksAt({Place::lower}));
    } else {
        stackAsTabs(docksAt({Place::lower, Place::upper}));
    }
    for (const Dock& dock : m_docks) {
        dock.widget->setVisible(shownByDefault(dock));
    }
    // Only what is shown can be given a size and be brought forward.
    divideLeft();
    if (hasColumn()) {
        divideColumn();
    } else {
        divideBelow();
    }
}

void WindowDocks::stackAsTabs(const QList<QDockWidget*>& docks)
{
    for (int i = 1; i < docks.size(); ++i) {
        m_window.tabifyDockWidget(docks[i - 1], docks[i]);
    }
}

QList<QDockWidget*> WindowDocks::shownAt(std::initializer_list<Place> places) const
{
    QList<QDockWidget*> docks = docksAt(places);
    docks.removeIf([](const QDockWidget* dock) { return dock->isHidden(); });
    return docks;
}

void WindowDocks::divideLeft()
{
    const QList<QDockWidget*> left = docksAt({Place::left});
    const bool neuron = m_layout == Layout::neuron;
    // The parameters of a network are many.
    const int presets = neuron ? 45 : 35;
    QList<int> heights;
    for (int i = 0; i < left.size(); ++i) {
        heights += i == 0 ? presets : 100 - presets;
    }
    m_window.resizeDocks(left, heights, Qt::Vertical);
    const int width = neuron ? columnWidth(leftShare, leastLeftChars, leftChars) : chars(leftChars);
    m_window.resizeDocks(left, QList<int>(left.size(), width), Qt::Horizontal);
}

void WindowDocks::divideColumn()
{
    constexpr int upperPart = 55;
    QList<QDockWidget*> fronts;
    QList<int> heights;
    for (const auto& [docks, part] : {std::pair(shownAt({Place::upper, Place::right}), upperPart),
             std::pair(shownAt({Place::lower}), 100 - upperPart)}) {
        if (!docks.isEmpty()) {
            docks.front()->raise();
            fronts += docks.front();
            heights += part;
        }
    }
    m_window.resizeDocks(fronts, heights, Qt::Vertical);
    const int width = columnWidth(columnShare, leastColumnChars, besideChars);
    m_window.resizeDocks(fronts, QList<int>(fronts.size(), width), Qt::Horizontal);
}

void WindowDocks::divideBelow()
{
    const QList<QDockWidget*> docks = shownAt({Place::lower, Place::upper});
    if (!docks.isEmpty()) {
        docks.front()->raise();
    }
    const int height = m_window.fontMetrics().lineSpacing() * belowLines;
    m_window.resizeDocks(docks, QList<int>(docks.size(), height), Qt::Vertical);
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
