#include "ui/window_menus.hpp"

#include "ui/documents/file_actions.hpp"
#include "ui/gallery/gallery_actions.hpp"
#include "ui/history_budget.hpp"
#include "ui/key_list.hpp"
#include "ui/main_window.hpp"
#include "ui/panels/phase_panel.hpp"
#include "ui/panels/run_controls.hpp"
#include "ui/panels/slider_scents.hpp"
#include "ui/plots/plot_area.hpp"
#include "ui/plots/time_cursors.hpp"
#include "ui/selection/neuron_actions.hpp"
#include "ui/theme.hpp"
#include "ui/window_docks.hpp"
#include "version.hpp"

#include <QAction>
#include <QActionGroup>
#include <QCoreApplication>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>

#include <utility>

namespace ui {
namespace {

QString text(const char* source) { return QCoreApplication::translate("ui::WindowMenus", source); }

void about(QWidget& window)
{
    auto* box = new QMessageBox(QMessageBox::Information, text("About Spikescope"),
        text("<h3>Spikescope %1</h3><p>Explore spiking neurons and networks while they run.</p>"
             "<p>Free software under the GNU General Public License, version 3 or later. "
             "The presets are in the public domain (CC0).</p>")
            .arg(QLatin1String(spikescope::version)),
        QMessageBox::Ok, &window);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setModal(false);
    box->show();
}

} // namespace

WindowMenus::WindowMenus(MainWindow& window, FileActions& files, const QList<QAction*>& undo,
    RunControls& controls, PlotArea& plots, WindowDocks& docks)
    : m_window(window)
{
    fillFile(files);
    window.menuBar()->addMenu(text("&Edit"))->addActions(undo);
    QMenu* run = window.menuBar()->addMenu(text("&Run"));
    controls.fillMenu(*run);
    auto* budget = new HistoryBudget(window.bridge(), &window);
    budget->fillMenu(*run->addMenu(text("&Memory for recordings")));
    run->addAction(window.phase().kickAction());
    run->addSection(text("Chosen neurons"));
    run->addActions(window.neuronActions().actions());
    fillView(plots, docks);
    fillHelp();
}

void WindowMenus::fillFile(FileActions& files)
{
    QMenu* menu = m_window.menuBar()->addMenu(text("&File"));
    files.fillMenu(menu);
    menu->addSeparator();
    QAction* copy
        = menu->addAction(text("Copy picture of the window"), &m_window, &MainWindow::copyPicture);
    copy->setShortcut(QKeySequence(QStringLiteral("Ctrl+Shift+C")));
    menu->addAction(text("Save picture of the window…"), &m_window, &MainWindow::askAndSavePicture);
    menu->addSeparator();
    QAction* quit = menu->addAction(text("&Quit"), &m_window, &QWidget::close);
    quit->setShortcut(QKeySequence(QStringLiteral("Ctrl+Q")));
}

void WindowMenus::fillView(PlotArea& plots, WindowDocks& docks)
{
    QMenu* menu = m_window.menuBar()->addMenu(text("&View"));
    QAction* live = menu->addAction(text("&Live edge"), &plots, &PlotArea::goLive);
    live->setShortcut(QKeySequence(Qt::Key_L));
    QAction* fit = menu->addAction(text("&Autoscale"), &plots, &PlotArea::autoscaleAll);
    fit->setShortcut(QKeySequence(Qt::Key_A));
    addCursors(*menu->addMenu(text("&Cursors")), plots.cursors());
    QAction* fi = menu->addAction(text("To the &f-I curve"), &m_window, &MainWindow::showFiCurve);
    fi->setShortcut(QKeySequence(Qt::Key_F));
    fi->setStatusTip(text("f-I curve of the neuron as it is now"));
    QAction* map
        = menu->addAction(text("To the re&gime map"), &m_window, &MainWindow::showRegimeMap);
    map->setShortcut(QKeySequence(Qt::Key_M));
    map->setStatusTip(text("Regime map of the network: theory, measurement and where it is"));
    menu->addSeparator();
    menu->addAction(plots.stimuliAction());
    menu->addMenu(m_window.galleries().menu());
    menu->addSeparator();
    docks.fillMenu(*menu);
    menu->addSeparator();
    QAction* scents = menu->addAction(text("Firing &rate along sliders"));
    scents->setCheckable(true);
    scents->setChecked(m_window.scents().isEnabled());
    QObject::connect(scents, &QAction::toggled, &m_window.scents(), &SliderScents::setEnabled);
    addThemes(*menu->addMenu(text("&Theme")));
    QAction* larger = menu->addAction(text("Larger text"), &m_window,
        [] { Theme::instance().setFontPoints(Theme::instance().fontPoints() + 1); });
    larger->setShortcuts(
        {QKeySequence(QStringLiteral("Ctrl++")), QKeySequence(QStringLiteral("Ctrl+="))});
    QAction* smaller = menu->addAction(text("Smaller text"), &m_window,
        [] { Theme::instance().setFontPoints(Theme::instance().fontPoints() - 1); });
    smaller->setShortcut(QKeySequence(QStringLiteral("Ctrl+-")));
    QAction* full = menu->addAction(text("&Full screen"), &m_window, [&window = m_window] {
        window.setWindowState(window.windowState() ^ Qt::WindowFullScreen);
    });
    full->setShortcut(QKeySequence(Qt::Key_F11));
}

void WindowMenus::addCursors(QMenu& menu, TimeCursors& cursors)
{
    QAction* first = menu.addAction(text("&Cursor on or off"), &cursors, &TimeCursors::toggle);
    first->setShortcut(QKeySequence(Qt::Key_C));
    first->setStatusTip(text("Cursor over all time panels; a click pins it"));
    QAction* second
        = menu.addAction(text("&Second cursor on or off"), &cursors, &TimeCursors::toggleSecond);
    second->setShortcut(QKeySequence(QStringLiteral("Shift+C")));
    second->setStatusTip(text("Second cursor, for differences"));
    QAction* snap = menu.addAction(text("Snap to s&pikes"), &cursors, &TimeCursors::setSnaps);
    snap->setCheckable(true);
    QObject::connect(&cursors, &TimeCursors::snapsChanged, snap, &QAction::setChecked);
    menu.addAction(text("&Remove"), &cursors, &TimeCursors::removeAll);
}

void WindowMenus::addThemes(QMenu& menu)
{
    auto* group = new QActionGroup(&m_window);
    const std::initializer_list<std::pair<ThemeChoice, QString>> choices {
        {ThemeChoice::system, text("&System")}, {ThemeChoice::light, text("&Light")},
        {ThemeChoice::dark, text("&Dark")}};
    for (const auto& [choice, name] : choices) {
        const ThemeChoice chosen = choice;
        QAction* action
            = menu.addAction(name, &m_window, [chosen] { Theme::instance().setChoice(chosen); });
        action->setCheckable(true);
        action->setChecked(Theme::instance().choice() == chosen);
        group->addAction(action);
    }
}

void WindowMenus::fillHelp()
{
    QMenu* menu = m_window.menuBar()->addMenu(text("&Help"));
    QAction* what = menu->addAction(text("&What is it"), &m_window, &MainWindow::toggleHelp);
    what->setShortcut(QKeySequence(Qt::Key_F1));
    what->setStatusTip(text("What the preset and its models are"));
    QAction* keys
        = menu->addAction(text("&Keys"), &m_window, [&window = m_window] { showKeyList(window); });
    keys->setShortcut(QKeySequence(QStringLiteral("?")));
    keys->setStatusTip(text("List of keys"));
    menu->addSeparator();
    menu->addAction(text("&About Spikescope"), &m_window, [&window = m_window] { about(window); });
}

} // namespace ui
