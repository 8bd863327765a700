#include "ui/main_window.hpp"

#include "engine/config/gallery.hpp"
#include "ui/compare/compare_panel.hpp"
#include "ui/compare/compare_view.hpp"
#include "ui/compare/comparison.hpp"
#include "ui/compare/pin_panel.hpp"
#include "ui/compare/pins.hpp"
#include "ui/connectivity/connectivity_panel.hpp"
#include "ui/documents/file_actions.hpp"
#include "ui/engine_bridge.hpp"
#include "ui/equations/equations_panel.hpp"
#include "ui/gallery/gallery_actions.hpp"
#include "ui/grid/neuron_grid_panel.hpp"
#include "ui/network_theory.hpp"
#include "ui/panels/balance_panel.hpp"
#include "ui/panels/distributions_panel.hpp"
#include "ui/panels/events_panel.hpp"
#include "ui/panels/fi_panel.hpp"
#include "ui/panels/help_panel.hpp"
#include "ui/panels/intervals_panel.hpp"
#include "ui/panels/numerics_badge.hpp"
#include "ui/panels/parameter_panel.hpp"
#include "ui/panels/phase_panel.hpp"
#include "ui/panels/preset_browser.hpp"
#include "ui/panels/preset_editor.hpp"
#include "ui/panels/promises_panel.hpp"
#include "ui/panels/run_controls.hpp"
#include "ui/panels/slider_scents.hpp"
#include "ui/panels/spectrum_panel.hpp"
#include "ui/panels/statistics_panel.hpp"
#include "ui/panels/status_strip.hpp"
#include "ui/panels/stimulus_editor.hpp"
#include "ui/plots/history_bar.hpp"
#include "ui/plots/panel_layout.hpp"
#include "ui/plots/plot_area.hpp"
#include "ui/plots/sweep_plot.hpp"
#include "ui/regime/regime_panel.hpp"
#include "ui/regime/regime_plot.hpp"
#include "ui/response/response_panel.hpp"
#include "ui/selection/followed_neuron.hpp"
#include "ui/selection/neuron_actions.hpp"
#include "ui/selection/selection_bar.hpp"
#include "ui/stimuli/stimulus_desk.hpp"
#include "ui/theme.hpp"
#include "ui/widgets/message_bar.hpp"
#include "ui/widgets/transport_icons.hpp"
#include "ui/window_docks.hpp"
#include "ui/window_menus.hpp"

#include <QAction>
#include <QClipboard>
#include <QCloseEvent>
#include <QDockWidget>
#include <QFileDialog>
#include <QGuiApplication>
#include <QMenu>
#include <QMenuBar>
#include <QSettings>
#include <QToolBar>
#include <QToolButton>
#include <QUndoStack>
#include <QVBoxLayout>

#include <type_traits>

namespace ui {
namespace {

constexpr const char* geometryKey = "window/geometry";

} // namespace

MainWindow::MainWindow(engine::config::PresetLibrary& library, QWidget* parent)
    : QMainWindow(parent)
    , m_bridge(new EngineBridge({}, this))
    , m_theory(new NetworkTheory(*m_bridge, this))
    , m_undo(new QUndoStack(this))
    , m_desk(new StimulusDesk(*m_bridge, *m_undo, this))
    , m_files(new FileActions(*m_bridge, library, *m_undo, this))
    , m_messages(new MessageBar(this))
    , m_selection(new NeuronSelection(this))
    , m_followed(new FollowedNeuron(*m_bridge, *m_selection, this))
    , m_neuronActions(new NeuronActions(*m_bridge, *m_desk, *m_selection, this))
    , m_grid(new NeuronGridPanel(*m_bridge, *m_followed, m_neuronActions->actions(), this))
    , m_plots(new PlotArea(*m_bridge, this))
    , m_pins(new Pins(*m_bridge, *m_undo, this))
    , m_pinPanel(new PinPanel(*m_pins, *m_bridge, this))
    , m_comparison(new Comparison(*m_bridge, *m_undo, this))
    , m_comparePanel(new ComparePanel(*m_comparison, *m_theory, *m_undo, this))
    , m_compareView(new CompareView(*m_comparison, *m_plots, this))
    , m_presets(new PresetBrowser(library, this))
    , m_parameters(new ParameterPanel(*m_bridge, *m_undo, this))
    , m_scents(new SliderScents(*m_bridge, *m_parameters, this))
    , m_editor(new PresetEditor(this))
    , m_help(new HelpPanel(this))
    , m_promises(new PromisesPanel(*m_bridge, this))
    , m_statistics(new StatisticsPanel(*m_bridge, *m_theory, this))
    , m_spectrum(new SpectrumPanel(*m_bridge, *m_theory, this))
    , m_distributions(new DistributionsPanel(*m_bridge, *m_theory, this))
    , m_balance(new BalancePanel(*m_bridge, *m_theory, this))
    , m_connectivity(new ConnectivityPanel(*m_bridge, *m_desk, *m_selection, this))
    , m_fi(new FiPanel(*m_bridge, *m_undo, this))
    , m_equations(new EquationsPanel(*m_bridge, this))
    , m_phase(new PhasePanel(*m_bridge, this))
    , m_intervals(new IntervalsPanel(*m_bridge, this))
    , m_regime(new RegimePanel(*m_bridge, *m_undo, *m_theory, this))
    , m_response(new ResponsePanel(*m_bridge, *m_neuronActions, this))
    , m_stimuli(new StimulusEditor(*m_desk, this))
    , m_events(new EventsPanel(*m_bridge, *m_desk, this))
    , m_status(new StatusStrip(*m_bridge, this))
    , m_controls(new RunControls(
          *m_bridge, [this] { m_parameters->resetParameters(); }, this))
    , m_docks(new WindowDocks(*this))
    , m_galleries(new GalleryActions(library, *m_bridge, *m_files, this))
{
    setWindowTitle(QStringLiteral("Spikescope"));
    m_plots->setStimulusDesk(m_desk);
    m_plots->setSelection(*m_followed, m_neuronActions->actions());
    m_plots->setTheory(*m_theory);
    auto* center = new QWidget(this);
    auto* column = new QVBoxLayout(center);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_messages);
    column->addWidget(m_compareView, 1);
    column->addWidget(new SelectionBar(*m_neuronActions, this)); // below: the raster stays in place
    setCentralWidget(center);
    // Keys act at once: the first control of the window would take them as text.
    m_plots->setFocusPolicy(Qt::TabFocus);
    m_plots->setFocus();
    setStatusBar(m_status);
    setAcceptDrops(true);
    makeDocks();
    m_undoActions
        = {m_undo->createUndoAction(this, tr("Undo")), m_undo->createRedoAction(this, tr("Redo"))};
    m_undoActions[0]->setShortcut(QKeySequence(QStringLiteral("Ctrl+Z")));
    m_undoActions[1]->setShortcuts(
        {QKeySequence(QStringLiteral("Ctrl+Shift+Z")), QKeySequence(QStringLiteral("Ctrl+Y"))});
    for (QAction* action : m_undoActions) {
        action->setIconText(action->text()); // on the tool bar without what it would undo
    }
    makeToolBar();
    WindowMenus(*this, *m_files, m_undoActions, *m_controls, *m_plots, *m_docks);
    connectFiles();
    connectEngine();
    connectPins();
    restorePlace();
}

MainWindow::~MainWindow()
{
    m_bridge->stop(); // no frame reaches a window that is being taken down
}

void MainWindow::makeToolBar()
{
    QToolBar* bar = addToolBar(tr("Run"));
    bar->setObjectName(QStringLiteral("run"));
    bar->setMovable(false);
    bar->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    bar->setIconSize(QSize(16, 16));
    m_controls->fillToolBar(*bar);
    bar->addSeparator();
    bar->addAction(m_pinPanel->pinAction());
    bar->addSeparator();
    bar->addActions(m_undoActions);
    m_undoActions[0]->setIcon(transportIcon(TransportIcon::undo));
    m_undoActions[1]->setIcon(transportIcon(TransportIcon::redo));
    for (QAction* action : m_undoActions) {
        if (auto* button = qobject_cast<QToolButton*>(bar->widgetForAction(action))) {
            button->setToolButtonStyle(Qt::ToolButtonIconOnly); // their texts are long
            button->setFocusPolicy(Qt::TabFocus);
        }
    }
}

void MainWindow::connectFiles()
{
    m_files->setMessageBar(m_messages);
    connect(m_presets, &PresetBrowser::presetActivated, m_files, &FileActions::openPreset);
    connect(m_presets, &PresetBrowser::galleryWanted, m_galleries, &GalleryActions::openFamily);
    connect(m_presets, &PresetBrowser::ownGalleryWanted, m_galleries,
        [this] { m_galleries->open(QLatin1String(engine::config::own_gallery_id)); });
    connect(m_files, &FileActions::currentChanged, m_presets, &PresetBrowser::setCurrent);
    connect(m_files, &FileActions::libraryChanged, m_presets, &PresetBrowser::refresh);
    connect(m_files, &FileActions::presetOpened, m_parameters, &ParameterPanel::setReference);
    connect(m_files, &FileActions::presetOpened, m_regime, &RegimePanel::setReference);
    connect(m_files, &FileActions::presetOpened, this,
        [this](const engine::config::PresetDocument& document) {
            const OpenedPreset& opened = m_files->opened();
            m_editor->open(document,
                opened.file().isEmpty() ? QString::fromStdString(document.info().id)
                                        : opened.file(),
                opened.folder());
        });
    connect(m_files, &FileActions::titleChanged, this,
        [this](const QString& title) { setWindowTitle(tr("%1 - Spikescope").arg(title)); });
    const auto replace = [this](const engine::config::PresetDocument& document) {
        m_files->openDocument(document, m_files->opened().file(), true);
    };
    connect(m_editor, &PresetEditor::applied, this, replace);
    connect(m_phase, &PhasePanel::documentWanted, this, replace);
}

void MainWindow::connectEngine()
{
    connect(m_bridge, &EngineBridge::sessionChanged, this, &MainWindow::arrangeDocks);
    connect(m_bridge, &EngineBridge::documentChanged, m_editor, &PresetEditor::setDocument);
    connect(m_bridge, &EngineBridge::documentChanged, m_help, &HelpPanel::setDocument);
    connect(m_bridge, &EngineBridge::notice, m_messages,
        [this](const engine::Notice& notice) { m_messages->showNotice(notice); });
    connect(m_parameters, &ParameterPanel::attended, m_equations, &EquationsPanel::attend);
    connect(m_equations, &EquationsPanel::parameterWanted, m_parameters, &ParameterPanel::reveal);
    connect(m_plots, &PlotArea::report, this, &MainWindow::report);
    connect(m_neuronActions, &NeuronActions::report, this, &MainWindow::report);
    const auto connectPlots = [this](auto*... panels) {
        (connect(
             panels, &std::remove_pointer_t<decltype(panels)>::report, this, &MainWindow::report),
            ...);
        (panels->setPictureTag([this] { return pictureTag(); }), ...);
    };
    connectPlots(m_fi, m_intervals, m_spectrum, m_distributions, m_balance, m_connectivity, m_grid,
        m_regime, m_response);
    connect(m_plots, &PlotArea::editStimulus, this, [this](int stimulus) {
        WindowDocks::bringForward(*m_stimuliDock);
        m_stimuli->choose(stimulus);
    });
    connect(m_desk, &StimulusDesk::noted, this,
        [this](const QString& message) { report(message, false); });
}

void MainWindow::connectPins()
{
    connect(m_pins, &Pins::linesChanged, this, [this] { m_plots->setPins(m_pins->shownRuns()); });
    connect(m_pins, &Pins::report, this, &MainWindow::report);
    connect(m_pinPanel->pinAction(), &QAction::triggered, this,
        [this] { WindowDocks::bringForward(*m_pinDock); });
    connect(m_comparison, &Comparison::report, this, &MainWindow::report);
    connect(m_comparePanel, &ComparePanel::report, this, &MainWindow::report);
    connect(m_comparison, &Comparison::begun, this,
        [this] { WindowDocks::bringForward(*m_compareDock); });
    auto* menu = new QMenu(tr("&Compare"), this);
    m_pinPanel->fillMenu(*menu);
    menu->addSeparator();
    m_comparePanel->fillMenu(*menu);
    menu->addSeparator();
    m_plots->historyBar().fillMenu(*menu);
    menuBar()->insertMenu(menuBar()->actions().back(), menu); // before Help
}

void MainWindow::report(const QString& message, bool error)
{
    m_messages->showMessage(
        error ? engine::core::Severity::error : engine::core::Severity::note, message);
}

void MainWindow::restorePlace()
{
    if (restoreGeometry(QSettings().value(geometryKey).toByteArray())) {
        return;
    }
    const QSize room = QGuiApplication::primaryScreen()->availableSize();
    resize(QSize(1440, 900).boundedTo(room));
}

PictureTag MainWindow::pictureTag() const
{
    PictureTag tag;
    const auto recording = m_bridge->recording();
    const auto& document = recording ? std::optional(recording->as_run) : m_bridge->document();
    if (document) {
        tag.presetText = QByteArray::fromStdString(document->text());
        tag.seed = document->experiment().simulation.seed;
        tag.title = QString::fromStdString(document->info().title);
    }
    return tag;
}

QImage MainWindow::picture() { return tagged(grab().toImage(), pictureTag()); }

void MainWindow::copyPicture() { QGuiApplication::clipboard()->setImage(picture()); }

void MainWindow::askAndSavePicture()
{
    const QImage image = picture(); // before a dialog covers it
    auto* dialog
        = new QFileDialog(this, tr("Save picture of the window"), {}, tr("Pictures (*.png)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("png"));
    const PictureTag tag = pictureTag();
    connect(dialog, &QFileDialog::fileSelected, this, [this, image, tag](const QString& path) {
        const QString failure = saveImage(path, image, tag);
        report(failure.isEmpty() ? tr("Saved %1").arg(path) : failure, !failure.isEmpty());
    });
    dialog->open();
}

bool MainWindow::computing() const
{
    return m_theory->busy() || m_fi->busy() || m_intervals->busy() || m_regime->computesTheory()
        || m_followed->busy() || m_connectivity->busy() || m_scents->busy()
        || m_status->numerics().busy();
}

void MainWindow::toggleHelp()
{
    if (m_helpDock->visibleRegion().isEmpty()) { // hidden, or behind other tabs
        WindowDocks::bringForward(*m_helpDock);
    } else {
        m_helpDock->hide();
    }
}

void MainWindow::showFiCurve()
{
    WindowDocks::bringForward(*m_fiDock);
    m_fi->plot().setFocus();
}

void MainWindow::showRegimeMap()
{
    WindowDocks::bringForward(*m_regimeDock);
    m_regime->plot().setFocus();
    // A plane needs height; below the plots docks are low.
    const int least = fontMetrics().lineSpacing() * 18;
    if (m_regimeDock->height() < least) {
        resizeDocks({m_regimeDock}, {least}, Qt::Vertical);
    }
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    if (!m_files->confirmClose()) {
        event->ignore();
        return;
    }
    QSettings().setValue(geometryKey, saveGeometry());
    m_docks->save();
    m_bridge->stop();
    event->accept();
}

} // namespace ui
