#include "ui/gallery/gallery_window.hpp"

#include "ui/documents/preset_files.hpp"
#include "ui/gallery/gallery_controls.hpp"
#include "ui/gallery/gallery_export.hpp"
#include "ui/gallery/tile_grid.hpp"
#include "ui/gallery/tile_texts.hpp"
#include "ui/key_list.hpp"
#include "ui/theme.hpp"
#include "ui/widgets/input_habits.hpp"
#include "ui/widgets/message_bar.hpp"
#include "ui/widgets/transport_icons.hpp"

#include <QAction>
#include <QComboBox>
#include <QHBoxLayout>
#include <QHideEvent>
#include <QLabel>
#include <QMenu>
#include <QSettings>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

namespace ui {
namespace {

constexpr const char* lastKey = "gallery/last";
constexpr int frame_ms = 16;
constexpr double stepShare = 0.005; ///< of a sweep: two hundred steps lead through it
constexpr std::array sweeps_s {0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0, 60.0};

bool sameRuns(const GallerySettings& one, const GallerySettings& other)
{
    return one.sameStimulus == other.sameStimulus
        && (one.sameStimulus ? one.step == other.step : one.currents == other.currents);
}

} // namespace

GalleryWindow::GalleryWindow(const engine::config::PresetLibrary& library, QWidget* parent)
    : QWidget(parent, Qt::Window)
    , m_library(library)
    , m_messages(new MessageBar(this))
    , m_chooser(new QComboBox(this))
    , m_summary(new QLabel(this))
    , m_controls(new GalleryControls(this))
    , m_grid(new TileGrid(this))
    , m_details(new QLabel(this))
    , m_export(new GalleryExport(*m_grid, this))
    , m_loading([this](const LoadedGallery& loaded) { take(loaded); }, 0)
    , m_applying([this](const Applied& applied) { takeDocuments(applied); }, 0)
{
    setWindowTitle(tr("Gallery - Spikescope"));
    m_summary->setWordWrap(true);
    m_summary->setContentsMargins(6, 0, 6, 0);
    m_details->setTextFormat(Qt::RichText);
    m_details->setWordWrap(true);
    m_details->setContentsMargins(6, 0, 6, 2);
    m_details->setAccessibleName(tr("About the current tile"));
    // Two or three lines: the tiles keep their size when another one is current.
    m_details->setFixedHeight(2 * m_details->fontMetrics().lineSpacing() + 4);

    makeActions();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 4, 0, 0);
    column->setSpacing(4);
    column->addLayout(makeHead());
    column->addWidget(m_messages);
    column->addWidget(m_summary);
    column->addWidget(m_controls);
    column->addWidget(m_grid, 1);
    column->addWidget(m_details);

    connect(m_controls, &GalleryControls::changed, this, &GalleryWindow::takeSettings);
    connect(m_grid, &TileGrid::opened, this, &GalleryWindow::openTile);
    connect(m_grid, &TileGrid::currentChanged, this, &GalleryWindow::showDetails);
    connect(m_grid, &TileGrid::menuWanted, this, [this](int index, const QPoint& position) {
        m_export->showTileMenu(index, position, [this, index] { openTile(index); });
    });
    connect(m_export, &GalleryExport::report, this, [this](const QString& message, bool error) {
        m_messages->showMessage(
            error ? engine::core::Severity::error : engine::core::Severity::note, message);
    });
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
    m_timer.setTimerType(Qt::PreciseTimer);
    m_timer.setInterval(frame_ms);
    connect(&m_timer, &QTimer::timeout, this, &GalleryWindow::tick);
}

GalleryWindow::~GalleryWindow() = default;

QAction* GalleryWindow::addAction(const QString& text, const QString& tip,
    const QList<QKeySequence>& keys, const std::function<void()>& action)
{
    auto* made = new QAction(text, this);
    made->setShortcuts(keys);
    made->setStatusTip(tip);
    made->setToolTip(
        QStringLiteral("%1 (%2)").arg(tip, keys.front().toString(QKeySequence::NativeText)));
    connect(made, &QAction::triggered, this, action);
    QWidget::addAction(made);
    return made;
}

void GalleryWindow::makeActions()
{
    m_run = addAction(tr("Pause"), tr("Run or pause"), {Qt::Key_Space}, [this] { toggleRun(); });
    addAction(tr("Step"), tr("Pause and go on a little"), {Qt::Key_Period},
        [this] { stepSweep(stepShare); });
    addAction(tr("Slower"), tr("Slower"), {Qt::Key_BracketLeft}, [this] { changeSweep(1); });
    addAction(tr("Faster"), tr("Faster"), {Qt::Key_BracketRight}, [this] { changeSweep(-1); });
    addAction(tr("List of keys"), tr("List of keys"), {QKeySequence(QStringLiteral("?"))},
        [this] { showKeyList(*this); });
    for (QAction* action : m_export->actions()) {
        QWidget::addAction(action);
    }
}

QHBoxLayout* GalleryWindow::makeHead()
{
    auto* line = new QHBoxLayout;
    line->setContentsMargins(4, 0, 4, 0);
    const auto button = [this, line](QAction* action, TransportIcon icon) {
        action->setIcon(transportIcon(icon));
        auto* made = new QToolButton(this);
        made->setDefaultAction(action);
        made->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        made->setAutoRaise(true);
        made->setFocusPolicy(Qt::TabFocus);
        made->setAccessibleName(action->text());
        pressWithReturn(made);
        line->addWidget(made);
        return made;
    };
    m_chooser->setAccessibleName(tr("Gallery"));
    m_chooser->setToolTip(tr("Which presets are shown"));
    m_chooser->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    guardWheel(m_chooser);
    connect(m_chooser, &QComboBox::activated, this,
        [this] { open(m_chooser->currentData().toString()); });
    line->addWidget(m_chooser);
    QToolButton* run = button(m_run, TransportIcon::pause);
    run->setMinimumWidth(run->fontMetrics().horizontalAdvance(tr("Pause")) + 44);
    button(addAction(tr("From the beginning"), tr("All tiles begin a new sweep"), {Qt::Key_R},
               [this] {
                   if (m_lockstep) {
                       m_lockstep->restart();
                   }
               }),
        TransportIcon::toStart);
    line->addStretch(1);
    auto* save = new QToolButton(this);
    save->setText(tr("Save"));
    save->setPopupMode(QToolButton::InstantPopup);
    save->setAutoRaise(true);
    save->setFocusPolicy(Qt::TabFocus);
    auto* menu = new QMenu(save);
    menu->addActions(m_export->actions());
    save->setMenu(menu);
    pressWithReturn(save);
    line->addWidget(save);
    button(addAction(tr("Back"), tr("Back to the main window"),
               {Qt::Key_Escape, QKeySequence(QStringLiteral("Ctrl+G"))}, [this] { close(); }),
        TransportIcon::undo);
    return line;
}

void GalleryWindow::open(const QString& id)
{
    const QString wanted = id.isEmpty() ? QSettings().value(QLatin1String(lastKey)).toString() : id;
    m_loading.ask([&library = m_library, id = wanted.toStdString()](
                      const std::stop_token&) { return loadGallery(library, id); });
    show();
    raise();
    activateWindow();
}

void GalleryWindow::take(const LoadedGallery& loaded)
{
    m_loaded = loaded;
    m_chooser->clear();
    for (const engine::config::Gallery& gallery : loaded.all) {
        m_chooser->addItem(
            QString::fromStdString(gallery.title), QString::fromStdString(gallery.id));
    }
    const QString id = QString::fromStdString(loaded.gallery.id);
    m_chooser->setCurrentIndex(m_chooser->findData(id));
    QSettings().setValue(QLatin1String(lastKey), id);
    m_messages->clear();
    if (!loaded.problems.empty()) {
        m_messages->showMessage(engine::core::Severity::error,
            tr("Not everything of the gallery can be read."), loaded.problems);
    }
    m_summary->setText(QString::fromStdString(loaded.gallery.summary)
        + (loaded.networks == 0 ? QString()
                                : ' ' + tr("Networks left out: %1.").arg(loaded.networks)));
    m_summary->setVisible(!m_summary->text().isEmpty());

    const GallerySettings settings = GallerySettings::remembered(loaded.gallery);
    const QString unit
        = loaded.presets.empty() ? QString() : tileCurrentUnit(loaded.presets.front().experiment());
    m_controls->show(settings, GallerySettings::of(loaded.gallery), unit);
    m_grid->setCommonAxis(settings.commonAxis);
    m_grid->setColumns(settings.columns);
    m_grid->setTiles(loaded.presets, loaded.gallery.lettered);
    m_grid->focusCurrent();
    m_applied = {};
    m_stale = settings.changesRuns();
    m_applying.forget();
    if (m_lockstep) {
        m_lockstep->set_sweep_s(settings.sweep_s);
        m_lockstep->show(loaded.presets);
        m_lockstep->run();
        ++m_shown;
    }
    showDetails();
}

void GalleryWindow::takeSettings(const GallerySettings& settings)
{
    settings.remember(m_loaded.gallery);
    m_grid->setCommonAxis(settings.commonAxis);
    m_grid->setColumns(settings.columns);
    m_stale = !sameRuns(settings, m_applied);
    if (m_lockstep) {
        m_lockstep->set_sweep_s(settings.sweep_s);
    }
}

void GalleryWindow::takeDocuments(const Applied& applied)
{
    if (applied.documents.size() != m_loaded.presets.size()) {
        return;
    }
    m_grid->setDocuments(applied.documents);
    if (m_lockstep) {
        m_lockstep->change(applied.documents);
    }
    if (!applied.problems.empty()) {
        m_messages->clear();
        m_messages->showMessage(engine::core::Severity::warning,
            tr("Not every tile can be given this stimulus."), applied.problems);
    }
}

void GalleryWindow::tick()
{
    // One question at a time: a slider that is dragged is followed as fast as answers come.
    if (m_stale && !m_applying.busy()) {
        m_stale = false;
        m_applied = m_controls->settings();
        m_applying.ask([presets = m_loaded.presets, settings = m_applied](const std::stop_token&) {
            Applied out;
            out.documents = withSettings(presets, settings, out.problems);
            return out;
        });
    }
    const auto frame = m_lockstep->frame();
    if (frame == m_frame || frame->shown != m_shown) {
        return; // nothing new, or of the gallery before
    }
    m_frame = frame;
    m_grid->take(*frame);
    m_run->setText(frame->running ? tr("Pause") : tr("Run"));
    m_run->setIcon(transportIcon(frame->running ? TransportIcon::pause : TransportIcon::run));
    showDetails();
}

void GalleryWindow::openTile(int index)
{
    const auto place = static_cast<std::size_t>(index);
    if (place >= m_loaded.keys.size()) {
        return;
    }
    if (m_controls->settings().changesRuns()) {
        const auto& document = m_grid->tiles()[place]->document();
        const QString title = QString::fromStdString(document.info().title);
        const bool step = m_controls->settings().sameStimulus;
        const QString changed = step
            ? tr("%1, current step").arg(title)
            : tr("%1, currents \u00d7 %2").arg(title).arg(m_controls->settings().currents);
        Q_EMIT documentChosen(renamed(document, changed.toStdString()));
    } else {
        Q_EMIT presetChosen(QString::fromStdString(m_loaded.keys[place]));
    }
    close();
}

void GalleryWindow::showDetails()
{
    const TileWidget* tile = m_grid->currentTile();
    const QString details
        = tile != nullptr ? tile->details() : tr("There is no preset in this gallery.");
    if (details != m_toldDetails) {
        m_toldDetails = details;
        m_details->setText(details);
    }
}

void GalleryWindow::toggleRun()
{
    if (!m_lockstep) {
        return;
    }
    if (m_lockstep->frame()->running) {
        m_lockstep->pause();
    } else {
        m_lockstep->run();
    }
}

void GalleryWindow::stepSweep(double fraction)
{
    if (m_lockstep) {
        m_lockstep->go_to(m_lockstep->frame()->fraction + fraction);
    }
}

void GalleryWindow::changeSweep(int direction)
{
    const double now = m_controls->settings().sweep_s;
    if (direction > 0) {
        const auto next = std::upper_bound(sweeps_s.begin(), sweeps_s.end(), now);
        m_controls->setSweep_s(next == sweeps_s.end() ? now : *next);
    } else {
        const auto next = std::lower_bound(sweeps_s.begin(), sweeps_s.end(), now);
        m_controls->setSweep_s(next == sweeps_s.begin() ? now : *std::prev(next));
    }
}

void GalleryWindow::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (!m_lockstep) {
        m_lockstep = std::make_unique<engine::gallery::Lockstep>();
        m_shown = 0;
        m_timer.start();
        Q_EMIT appeared();
    }
}

void GalleryWindow::hideEvent(QHideEvent* event)
{
    QWidget::hideEvent(event);
    if (event->spontaneous()) {
        return; // minimised by the system: it comes back as it was
    }
    m_timer.stop();
    m_applying.forget();
    m_lockstep.reset();
    m_frame.reset();
    Q_EMIT left();
}

} // namespace ui
