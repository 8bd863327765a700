#include "ui/panels/fi_panel.hpp"

#include "engine/sweep/table.hpp"
#include "ui/documents/set_values_command.hpp"
#include "ui/engine_bridge.hpp"
#include "ui/panels/fi_controls.hpp"
#include "ui/plots/picture_menu.hpp"
#include "ui/plots/plot_menu.hpp"
#include "ui/plots/sweep_map_plot.hpp"
#include "ui/plots/sweep_plot.hpp"
#include "ui/widgets/gesture.hpp"
#include "ui/widgets/parameter_text.hpp"
#include "ui/widgets/value_scale.hpp"

#include <QLabel>
#include <QMenu>
#include <QStackedWidget>
#include <QUndoStack>
#include <QVBoxLayout>

#include <algorithm>
#include <exception>

namespace ui {
namespace {

constexpr int idleMs = 300;
constexpr std::size_t mostEarlier = 3;
constexpr int closerPoints = 15;

ValueScale scaleOf(const SweepChoice& choice)
{
    return {choice.low, choice.high, choice.row.log_scale && choice.low > 0.0, choice.row.integer};
}

} // namespace

FiPanel::FiPanel(EngineBridge& bridge, QUndoStack& undo, QWidget* parent)
    : QWidget(parent)
    , m_bridge(bridge)
    , m_undo(undo)
    , m_controls(new FiControls(this))
    , m_stack(new QStackedWidget(this))
    , m_plot(new SweepPlot(this))
    , m_map(new SweepMapPlot(this))
    , m_words(new QLabel(this))
{
    m_words->setWordWrap(true);
    m_words->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_words->setAccessibleName(tr("The curve in words"));
    m_stack->addWidget(m_plot);
    m_stack->addWidget(m_map);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(4, 4, 4, 4);
    column->setSpacing(3);
    column->addWidget(m_controls);
    column->addWidget(m_stack, 1);
    column->addWidget(m_words);

    m_idle.setSingleShot(true);
    m_idle.setInterval(idleMs);
    connect(&m_idle, &QTimer::timeout, this, &FiPanel::begin);
    connect(&m_sweep, &BackgroundSweep::advanced, this, &FiPanel::take);
    connect(&m_sweep, &BackgroundSweep::progressed, m_controls, &FiControls::setProgress);
    connect(&m_sweep, &BackgroundSweep::completed, this, &FiPanel::finish);
    connect(&m_sweep, &BackgroundSweep::failed, this, [this](const QString& why) {
        letGo();
        m_words->setText(why);
    });
    connect(m_controls, &FiControls::axesChanged, this, &FiPanel::refresh);
    connect(m_controls, &FiControls::quantityChanged, this, &FiPanel::showAnswer);
    connect(m_controls, &FiControls::partsChanged, this,
        [this] { m_plot->setParts(m_controls->parts()); });
    connect(m_controls, &FiControls::startWanted, this, &FiPanel::begin);
    connect(m_controls, &FiControls::cancelWanted, this, &FiPanel::cancel);
    connect(m_controls, &FiControls::forgetWanted, this, [this] {
        m_earlier.clear();
        m_plot->setEarlier({});
    });
    connect(m_plot, &SweepPlot::dragStarted, this, [this] { m_gesture = nextGesture(); });
    connect(m_plot, &SweepPlot::valueWanted, this, [this](double value) {
        if (const SweepChoice* x = chosenX()) {
            const ValueScale scale = scaleOf(*x);
            moveTo(scale.value(scale.position(value)), m_gesture);
        }
    });
    connect(m_plot, &SweepPlot::stepWanted, this, [this](int steps) {
        if (const SweepChoice* x = chosenX()) {
            const ValueScale scale = scaleOf(*x);
            moveTo(scale.clamped(scale.stepped(x->now(), steps)), nextGesture());
        }
    });
    connect(m_plot, &SweepPlot::menuAsked, this,
        [this](const QPoint& position) { showMenu(position); });
    connect(m_map, &SweepMapPlot::menuAsked, this,
        [this](const QPoint& position) { showMenu(position); });
    connect(&bridge, &EngineBridge::documentChanged, this,
        [this](const engine::config::PresetDocument&) { refresh(); });
    connect(&bridge, &EngineBridge::sessionChanged, this,
        [this](const engine::Frame& frame) { beginSession(frame); });
}

FiPanel::~FiPanel() = default;

QString FiPanel::words() const { return m_words->text(); }

bool FiPanel::busy() const { return m_idle.isActive() || m_sweep.isRunning(); }

void FiPanel::beginSession(const engine::Frame& frame)
{
    if (frame.document.info().id != m_preset) {
        m_preset = frame.document.info().id;
        m_earlier.clear();
        m_axes.clear();
        m_key.clear();
        m_controls->setProtocols(SweepSubject::isNeuron(frame.document));
        m_controls->forgetAxes();
    }
    refresh();
}

const SweepChoice* FiPanel::chosenX() const
{
    return m_subject ? m_subject->find(m_controls->x()) : nullptr;
}

const SweepChoice* FiPanel::chosenY() const
{
    return m_subject && m_controls->y() != m_controls->x() ? m_subject->find(m_controls->y())
                                                           : nullptr;
}

/// The document or the question has changed.
void FiPanel::refresh()
{
    if (!isVisible() || !m_bridge.document()) {
        return; // showEvent comes back
    }
    m_subject.emplace(*m_bridge.document(), m_controls->protocol());
    m_controls->setChoices(m_subject->choices());
    const SweepChoice* x = chosenX();
    if (x == nullptr) {
        m_words->setText(tr("There is nothing here that could be varied."));
        return;
    }
    const std::string axes = m_subject->axes(*x, chosenY());
    if (axes != m_axes) {
        m_axes = axes;
        beginAxes(*x, chosenY());
    }
    const std::string key = m_subject->key(*x, chosenY());
    if (key != m_key) {
        m_key = key;
        letGo();
        m_cancelled = false;
        setStale(true);
        if (SweepSubject::isNeuron(*m_bridge.document())) {
            m_idle.start();
        } else {
            m_controls->setReady();
            m_words->setText(tr("A network takes a while: press Compute."));
        }
    }
    showAnswer();
}

void FiPanel::beginAxes(const SweepChoice& x, const SweepChoice* y)
{
    m_key.clear();
    m_curve = {};
    m_earlier.clear();
    m_request.reset();
    m_cells.clear();
    m_plot->begin(x.title(), x.low, x.high);
    m_stack->setCurrentWidget(y != nullptr ? static_cast<QWidget*>(m_map) : m_plot);
    m_controls->setMap(y != nullptr);
}

void FiPanel::setStale(bool stale)
{
    m_stale = stale;
    m_plot->setStale(stale);
    m_map->setStale(stale);
}

void FiPanel::letGo()
{
    m_idle.stop();
    m_sweep.letGo();
    m_controls->setProgress(std::nullopt);
}

void FiPanel::begin()
{
    const SweepChoice* x = chosenX();
    if (x == nullptr || !isVisible()) {
        return;
    }
    letGo();
    m_cancelled = false;
    const SweepChoice* y = chosenY();
    keepAsEarlier();
    m_request = m_subject->request(*x, y);
    m_cells.clear();
    m_closer = false;
    if (y != nullptr) {
        m_map->begin({x->title(), m_request->axes[0].values},
            {y->title(), m_request->axes[1].values}, m_controls->quantityTitle());
    }
    start(*m_request);
}

void FiPanel::start(const engine::sweep::Request& request)
{
    try {
        m_sweep.start(request);
    } catch (const std::exception& problem) {
        m_words->setText(QString::fromUtf8(problem.what()));
        return;
    }
    m_controls->setProgress(0.0);
}

void FiPanel::keepAsEarlier()
{
    if (m_curve.points.empty() || !m_stale || m_curve.points.size() < m_expected) {
        return; // what was broken off is no curve
    }
    m_earlier.insert(m_earlier.begin(), m_curve);
    m_earlier.resize(std::min(m_earlier.size(), mostEarlier));
    m_plot->setEarlier(m_earlier);
}

void FiPanel::cancel()
{
    m_cancelled = true;
    letGo();
    m_controls->setReady();
    showAnswer();
}

/// What a sweep knows by now.
void FiPanel::take()
{
    const std::vector<engine::sweep::Cell>& cells = m_sweep.cells();
    const SweepChoice* x = chosenX();
    if (x == nullptr) {
        return;
    }
    // A first picture is shown when it has a shape.
    constexpr std::size_t least = 8;
    if (m_stale && m_sweep.results() < std::min(least, cells.size())) {
        return;
    }
    if (m_closer) {
        SweepCurve curve = m_curve;
        curve.points = m_coarse;
        const auto more = pointsOf(m_sweep.request(), cells, m_subject->protocol());
        curve.points.insert(curve.points.end(), more.begin(), more.end());
        std::sort(curve.points.begin(), curve.points.end(),
            [](const SweepPoint& a, const SweepPoint& b) { return a.value < b.value; });
        m_curve = std::move(curve);
    } else {
        m_cells = cells;
        SweepCurve curve;
        curve.points = pointsOf(*m_request, cells, m_subject->protocol());
        m_subject->addTheory(*x, curve);
        m_curve = std::move(curve);
    }
    setStale(false);
    showAnswer();
}

void FiPanel::finish()
{
    const SweepChoice* x = chosenX();
    std::vector<double> onset;
    m_expected = m_curve.points.size();
    if (x != nullptr && chosenY() == nullptr && !m_closer && !x->row.integer
        && SweepSubject::isNeuron(*m_bridge.document())) {
        onset = onsetOf(m_curve, closerPoints);
    }
    letGo();
    if (!onset.empty()) {
        m_closer = true;
        m_coarse = m_curve.points;
        start(m_subject->request(*x, onset));
        return;
    }
    m_controls->setReady();
    showAnswer();
}

/// Everything that is known, in plots and words.
void FiPanel::showAnswer()
{
    const SweepChoice* x = chosenX();
    if (x == nullptr) {
        return;
    }
    const SweepChoice* y = chosenY();
    const engine::config::Experiment& experiment = m_bridge.document()->experiment();
    if (y != nullptr) {
        m_map->setQuantity(m_controls->quantityTitle());
        m_map->setWorkingPoint(std::pair(x->now(), y->now()));
        if (m_request && !m_cells.empty()) {
            m_map->showCells(
                mapOf(*m_request, m_cells, m_subject->protocol(), m_controls->quantity()));
        }
        if (m_request) {
            m_words->setText(mapWords(*x, *y, m_cells));
        }
        return;
    }
    m_plot->showCurve(m_curve);
    m_plot->setWorkingPoint(x->now());
    if (!m_curve.points.empty()) {
        QString words = curveWords(*x, m_curve);
        if (m_subject->protocol() == SweepProtocol::ownStimuli
            && experiment.populations.size() > 1) {
            words = tr("Population %1. ")
                        .arg(QString::fromStdString(experiment.populations.front().name))
                + words;
        }
        m_words->setText(m_cancelled ? tr("Cancelled. ") + words : words);
    }
}

void FiPanel::moveTo(double value, quint64 gesture)
{
    const SweepChoice* x = chosenX();
    if (x == nullptr || value == x->now()) {
        return;
    }
    if (!m_bridge.document()->set(x->row.path, value).document) {
        return; // what the parameter panel would refuse too
    }
    m_undo.push(new SetValuesCommand(
        m_bridge, {{x->row.path, writtenValue(x->row), value}}, x->name, gesture));
}

std::string FiPanel::csv() const
{
    return m_request && !m_cells.empty() ? engine::sweep::csv_text(*m_request, m_cells)
                                         : std::string();
}

void FiPanel::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    refresh();
}

void FiPanel::hideEvent(QHideEvent* event)
{
    QWidget::hideEvent(event);
    if (busy()) {
        letGo();
        m_key.clear(); // begins again when it is seen again
    }
}

void FiPanel::showMenu(const QPoint& globalPosition)
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const bool isMap = m_stack->currentWidget() == m_map;
    QCustomPlot* plot = isMap ? static_cast<QCustomPlot*>(m_map) : m_plot;
    const auto dress = [this, isMap](const PlotColors& colors) {
        isMap ? m_map->applyTheme(colors) : m_plot->applyTheme(colors);
    };
    addPictureActions(*menu,
        {plot,
            [plot, dress](QPainter& painter, QSize size) {
                dress(plotColors(false));
                paintPlot(*plot, painter, size);
                dress(Theme::instance().colors());
                plot->replot(QCustomPlot::rpImmediateRefresh);
            },
            [this] { return csv(); }},
        m_tag, [this](const QString& message, bool error) { Q_EMIT report(message, error); });
    menu->addSeparator();
    if (!isMap) {
        menu->addAction(tr("&Autoscale"), m_plot, &SweepPlot::fit);
        m_controls->fillMenu(*menu);
    }
    menu->popup(globalPosition);
}

} // namespace ui
