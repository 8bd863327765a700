#include "ui/plots/plot_area.hpp"

#include "ui/engine_bridge.hpp"
#include "ui/network_theory.hpp"
#include "ui/plots/cursor_strip.hpp"
#include "ui/plots/divergence_panel.hpp"
#include "ui/plots/follow_panel.hpp"
#include "ui/plots/history_bar.hpp"
#include "ui/plots/plot_menu.hpp"
#include "ui/plots/raster_panel.hpp"
#include "ui/plots/rate_panel.hpp"
#include "ui/plots/stimulus_panel.hpp"
#include "ui/plots/time_cursors.hpp"
#include "ui/plots/trace_panel.hpp"

#include <QAction>
#include <QPushButton>
#include <QSettings>
#include <QSplitter>

#include <algorithm>

namespace ui {
namespace {

/// Width of the scrolling window: what the preset asks for, else half a second of a network, a
/// second of a neuron.
double windowMs(const engine::config::Experiment& experiment)
{
    return experiment.view.window_ms.value_or(networkLayout(experiment) ? 500.0 : 1000.0);
}

/// How long a sweep is; nothing where the run goes on.
std::optional<double> sweepMs(const engine::config::Experiment& experiment)
{
    const auto& settings = experiment.simulation;
    return settings.at_end == engine::config::AtEnd::repeat ? settings.duration_ms : std::nullopt;
}

constexpr const char* stimuliKey = "window/stimuli";

ShownRun runOf(const engine::Frame& frame)
{
    return {.history = frame.history,
        .experiment = frame.document.shared_experiment(),
        .grid = engine::core::TimeGrid(frame.document.experiment().simulation.dt_ms),
        .now = 0};
}

} // namespace

PlotArea::PlotArea(EngineBridge& bridge, QWidget* parent)
    : PlotArea(bridge, nullptr, parent)
{
}

PlotArea::PlotArea(EngineBridge& bridge, TimeAxis& shared, QWidget* parent)
    : PlotArea(bridge, &shared, parent)
{
}

PlotArea::PlotArea(EngineBridge& bridge, TimeAxis* shared, QWidget* parent)
    : QWidget(parent)
    , m_bridge(bridge)
    , m_guest(shared != nullptr)
    , m_axis(m_guest ? shared : new TimeAxis(this))
    , m_cursors(new TimeCursors(*m_axis, this))
    , m_cursorStrip(new CursorStrip(*m_cursors, this))
    , m_splitter(new QSplitter(Qt::Vertical, this))
    , m_liveButton(new QPushButton(tr("Live"), this))
    , m_history(m_guest ? nullptr : new HistoryBar(bridge, *m_axis, m_flags, this))
    , m_stimuliAction(new QAction(tr("S&timuli under the traces"), this))
    , m_run(std::make_unique<ShownRun>())
{
    m_stimuliAction->setCheckable(true);
    m_stimuliAction->setChecked(QSettings().value(stimuliKey, true).toBool());
    connect(m_stimuliAction, &QAction::toggled, this, [this](bool shown) {
        QSettings().setValue(stimuliKey, shown);
        showStimuli();
    });
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_splitter, 1);
    column->addWidget(m_cursorStrip);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(3);

    m_liveButton->setAccessibleName(tr("Back to the live edge"));
    m_liveButton->setToolTip(tr("Back to the live edge (L)"));
    m_liveButton->setFocusPolicy(Qt::TabFocus);
    m_liveButton->hide();
    connect(m_liveButton, &QPushButton::clicked, this, &PlotArea::goLive);
    if (m_guest) {
        m_cursorStrip->hide();
    } else {
        column->addWidget(m_history);
        connect(m_axis, &TimeAxis::liveChanged, this, [this](bool live) {
            m_liveButton->setVisible(!live);
            placeLiveButton();
        });
        connect(m_history, &HistoryBar::momentsChanged, this, &PlotArea::timeChanged);
    }

    connect(m_axis, &TimeAxis::changed, this, &PlotArea::timeChanged);
    connect(&bridge, &EngineBridge::sessionChanged, this, &PlotArea::beginSession);
    connect(&bridge, &EngineBridge::sweepChanged, this, &PlotArea::beginSweep);
    connect(&bridge, &EngineBridge::documentChanged, this, &PlotArea::takeDocument);
    connect(&bridge, &EngineBridge::frameReady, this, &PlotArea::takeFrame);
    connect(&Theme::instance(), &Theme::changed, this, &PlotArea::applyTheme);
}

PlotArea::~PlotArea() = default;

void PlotArea::addPanel(TimePlot* panel, int stretch)
{
    m_splitter->addWidget(panel);
    m_splitter->setStretchFactor(static_cast<int>(m_panels.size()), stretch);
    m_panels.push_back(panel);
    connect(panel, &TimePlot::menuAsked, this, [this, panel](const QPoint& position) {
        showPlotMenu(
            *panel, position, [this] { return pictureTag(); },
            [this](const QString& message, bool error) { Q_EMIT report(message, error); });
    });
}

void PlotArea::beginSession(const engine::Frame& frame)
{
    *m_run = runOf(frame);
    m_flags.clear();
    m_cursors->begin({}, {});
    for (TimePlot* panel : m_panels) {
        delete panel;
    }
    m_panels.clear();
    m_followPanels.clear();
    m_recording.reset();
    m_raster = nullptr;
    m_divergence = nullptr;
    m_stimuli = nullptr;
    m_rate = nullptr;

    const engine::config::Experiment& experiment = *m_run->experiment;
    if (!m_guest) {
        m_axis->begin(windowMs(experiment), sweepMs(experiment), experiment.simulation.dt_ms);
    }
    m_bridge.setDisplayMs(std::max(m_axis->windowMs(), 1000.0));

    const bool network = networkLayout(experiment);
    if (network && !experiment.record.spikes.empty()) {
        m_raster = new RasterPanel(*m_axis, m_splitter);
        if (m_followed != nullptr) {
            m_raster->setSelection(*m_followed, m_neuronActions);
        }
        connect(m_raster, &RasterPanel::branchWanted, this,
            [this](engine::core::Step stamp, const engine::config::StateSetting& setting) {
                m_bridge.post(engine::ContinueFrom {stamp - 1, std::nullopt, false});
                m_bridge.post(engine::SetValues {{setting}});
            });
        addPanel(m_raster, 5);
        m_rate = new RatePanel(*m_axis, m_splitter);
        addPanel(m_rate, 2);
    }
    for (PanelSpec& spec : tracePanels(experiment, frame.history->groups())) {
        const int stretch = network || !spec.spikes ? 2 : 4;
        addPanel(new TracePanel(std::move(spec), *m_axis, m_splitter), stretch);
    }
    if (!network && m_desk != nullptr) {
        m_stimuli = new StimulusPanel(*m_desk, *m_axis, m_splitter);
        connect(m_stimuli, &StimulusPanel::editAsked, this, &PlotArea::editStimulus);
        addPanel(m_stimuli, 2);
    }
    QList<int> heights;
    for (int i = 0; i < m_splitter->count(); ++i) {
        heights += 100 * m_splitter->widget(i)->sizePolicy().verticalStretch();
    }
    m_splitter->setSizes(heights);
    for (TimePlot* panel : m_panels) {
        panel->setFlags(&m_flags, panel == m_panels.front());
        panel->setMoments(moments());
        panel->begin(*m_run);
        panel->show();
    }
    showStimuli();
    m_cursors->begin(*m_run, m_panels);
    m_liveButton->raise();
}

void PlotArea::setTheory(const NetworkTheory& theory)
{
    m_theory = &theory;
    connect(&theory, &NetworkTheory::ratesChanged, this, &PlotArea::showTheory);
}

void PlotArea::showTheory()
{
    if (m_rate != nullptr) {
        m_rate->setTheory(m_theory->rates());
        timeChanged();
    }
}

void PlotArea::setSelection(FollowedNeuron& followed, const QList<QAction*>& actions)
{
    m_followed = &followed;
    m_neuronActions = actions;
}

const ShownMoments* PlotArea::moments() const
{
    return m_history == nullptr ? nullptr : &m_history->moments();
}

void PlotArea::showStimuli()
{
    const bool shown = m_stimuliAction->isChecked();
    if (m_stimuli != nullptr) {
        m_stimuli->setVisible(shown);
    }
    // The lowest panel that is seen carries the labels of the time axis.
    const bool last = m_stimuli != nullptr && (shown || m_panels.size() == 1);
    for (std::size_t i = 0; i < m_panels.size(); ++i) {
        const bool below = m_stimuli == nullptr || last;
        m_panels[i]->setTimeLabels(i + (below ? 1 : 2) == m_panels.size());
    }
    timeChanged();
}

void PlotArea::beginSweep(const engine::Frame& frame)
{
    ShownRun previous = *m_run;
    *m_run = runOf(frame);
    m_flags.clear();
    if (frame.branch) {
        previous = {.history = frame.branch->history,
            .experiment = frame.branch->document.shared_experiment(),
            .grid = m_run->grid,
            .now = frame.branch->end};
    } else if (!m_guest) {
        m_axis->advance(0.0);
    }
    for (TimePlot* panel : m_panels) {
        panel->beginSweep(*m_run, previous);
    }
    compareWith(frame);
    m_cursors->beginSweep(*m_run, previous);
}

void PlotArea::takeDocument(const engine::config::PresetDocument& document)
{
    m_run->experiment = document.shared_experiment();
    if (!m_guest) {
        m_axis->setSweep(sweepMs(*m_run->experiment));
    }
    for (TimePlot* panel : m_panels) {
        panel->setExperiment(m_run->experiment);
    }
}

void PlotArea::takeFrame(const engine::Frame& frame)
{
    if (!m_run->history) {
        return;
    }
    const std::vector<ChangeFlag> flags = flagsOf(frame.changes, m_run->grid);
    m_flags.insert(m_flags.end(), flags.begin(), flags.end());
    m_run->now = std::max(m_run->now, frame.to);
    if (frame.followed != m_recording) {
        follow(frame);
    }
    // The panels load what the new view needs from the frame itself.
    m_feeding = true;
    if (!m_guest) {
        m_axis->advance(m_run->grid.time_ms(m_run->now));
    }
    m_cursors->advance(m_run->now);
    bool more = false;
    for (TimePlot* panel : m_panels) {
        more = panel->add(frame) || more;
    }
    m_feeding = false;
    m_loading = m_loading && !m_guest;
    if (more) {
        timeChanged(); // what the frame did not hold
    }
}

void PlotArea::timeChanged()
{
    if (!m_loading && !m_feeding) {
        m_loading = true;
        // A guest's axis moves with every frame of another run; its own frame comes soon after and
        // brings what is to be drawn.
        constexpr int frame_ms = 20;
        QTimer::singleShot(m_guest ? frame_ms : 0, this, &PlotArea::loadMore);
    }
}

void PlotArea::loadMore()
{
    if (!m_loading) {
        return; // a frame has brought it
    }
    m_loading = false;
    bool more = false;
    for (TimePlot* panel : m_panels) {
        more = panel->loadMore() || more;
    }
    if (more) {
        timeChanged();
    }
}

void PlotArea::setPins(const std::vector<PinnedRun>& pins)
{
    for (TimePlot* panel : m_panels) {
        panel->setPins(pins);
    }
}

void PlotArea::setOther(const std::optional<ShownRun>& run)
{
    for (TimePlot* panel : m_panels) {
        panel->setOther(run);
    }
    if (m_bridge.status().state != engine::RunState::running) {
        timeChanged(); // no frame of this run will draw what the other one has added
    }
}

void PlotArea::goLive() { m_axis->goLive(); }

void PlotArea::autoscaleAll()
{
    for (TimePlot* panel : m_panels) {
        panel->autoscale();
    }
    timeChanged();
}

void PlotArea::applyTheme()
{
    for (TimePlot* panel : m_panels) {
        panel->applyTheme(Theme::instance().colors());
    }
    m_cursors->refresh();
    timeChanged();
}

PictureTag PlotArea::pictureTag() const
{
    PictureTag tag;
    if (const auto recording = m_bridge.recording()) {
        tag.presetText = QByteArray::fromStdString(recording->as_run.text());
        tag.seed = recording->as_run.experiment().simulation.seed;
        tag.title = QString::fromStdString(recording->as_run.info().title);
    }
    return tag;
}

void PlotArea::placeLiveButton()
{
    m_liveButton->adjustSize();
    // Below the legend of the first panel.
    m_liveButton->move(width() - m_liveButton->width() - 24, fontMetrics().height() + 10);
    m_liveButton->raise();
}

void PlotArea::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    placeLiveButton();
}

} // namespace ui
