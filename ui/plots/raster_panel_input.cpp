#include "ui/plots/raster_panel.hpp"

#include "ui/selection/choose_menu.hpp"
#include "ui/selection/followed_neuron.hpp"

#include <QMenu>

#include <algorithm>
#include <cmath>

// How neurons are chosen and followed in a raster, by mouse and keys.

namespace ui {

namespace {

constexpr int clickPixels = 4;

bool isClick(const QPoint& from, const QPoint& to)
{
    return (to - from).manhattanLength() < clickPixels;
}

} // namespace

std::optional<engine::recording::Spike> RasterPanel::spikeNear(const QPoint& position) const
{
    const RasterRows& rows = m_raster->rows();
    std::optional<engine::recording::Spike> nearest;
    double least = clickPixels + 0.5;
    if (run().history) {
        const auto stamp = [&](int x) { return run().grid.steps(xAxis->pixelToCoord(x)); };
        for (const engine::recording::Spike& spike : run().history->spikes(
                 stamp(position.x() - clickPixels) - 1, stamp(position.x() + clickPixels))) {
            const auto row = rows.row(spike.population, spike.neuron);
            if (!row) {
                continue;
            }
            const double x = xAxis->coordToPixel(run().grid.time_ms(spike.step)) - position.x();
            const double y = yAxis->coordToPixel(*row + 0.5) - position.y();
            if (std::hypot(x, y) < least) {
                least = std::hypot(x, y);
                nearest = spike;
            }
        }
    }
    return nearest;
}

std::optional<NeuronId> RasterPanel::neuronNear(const QPoint& position) const
{
    if (const auto spike = spikeNear(position)) {
        return NeuronId {spike->population, spike->neuron};
    }
    if (const auto there = m_raster->rows().neuronAt(yAxis->pixelToCoord(position.y()))) {
        return NeuronId {there->first, there->second};
    }
    return std::nullopt;
}

std::vector<NeuronId> RasterPanel::neuronsBetween(double lower, double upper) const
{
    std::vector<NeuronId> neurons;
    for (const RasterRows::Block& block : m_raster->rows().blocks()) {
        // A row that is touched counts: a small box within one row means that row.
        const double from = std::max(0.0, std::floor(lower - block.first));
        const double end = std::min<double>(block.shown, std::ceil(upper - block.first));
        for (double place = from; place < end; ++place) {
            neurons.push_back({static_cast<std::uint32_t>(block.population),
                block.neuronAt(static_cast<std::uint32_t>(place))});
        }
    }
    return neurons;
}

void RasterPanel::mousePressEvent(QMouseEvent* event)
{
    m_pressed = event->pos();
    const bool inside = event->button() == Qt::LeftButton && axisRect()->rect().contains(m_pressed);
    m_clicking = inside && m_followed != nullptr;
    if (m_clicking && event->modifiers().testFlag(Qt::ControlModifier)) {
        m_choosing->setGeometry(QRect(m_pressed, QSize()));
        m_choosing->show();
        event->accept();
        return;
    }
    TimePlot::mousePressEvent(event);
}

void RasterPanel::mouseMoveEvent(QMouseEvent* event)
{
    if (m_choosing->isVisible()) {
        m_choosing->setGeometry(
            QRect(m_pressed, event->pos()).normalized().intersected(axisRect()->rect()));
        return;
    }
    TimePlot::mouseMoveEvent(event);
}

void RasterPanel::mouseReleaseEvent(QMouseEvent* event)
{
    const bool click = m_clicking && isClick(m_pressed, event->pos());
    m_clicking = false;
    if (m_choosing->isVisible()) {
        m_choosing->hide();
        endChoosing(event->pos(), click, event->modifiers().testFlag(Qt::ShiftModifier));
        return;
    }
    TimePlot::mouseReleaseEvent(event);
    // Where there are cursors a click is meant for them.
    if (click && event->button() == Qt::LeftButton && cursorLayer().lines().empty()) {
        NeuronSelection& selection = m_followed->selection();
        m_beforeClick = selection.followed();
        const auto neuron = neuronNear(event->pos());
        selection.follow(neuron == m_beforeClick ? std::nullopt : neuron);
    }
}

void RasterPanel::endChoosing(const QPoint& at, bool click, bool add)
{
    NeuronSelection& selection = m_followed->selection();
    if (click) {
        if (const auto neuron = neuronNear(at)) {
            selection.toggle(*neuron);
        }
        return;
    }
    const double one = yAxis->pixelToCoord(m_pressed.y());
    const double other = yAxis->pixelToCoord(at.y());
    std::vector<NeuronId> neurons = neuronsBetween(std::min(one, other), std::max(one, other));
    if (add) {
        selection.add(neurons);
    } else {
        selection.choose(std::move(neurons));
    }
}

void RasterPanel::mouseDoubleClickEvent(QMouseEvent* event)
{
    // Its first click was not meant for a neuron.
    if (m_followed != nullptr && axisRect()->rect().contains(event->pos())
        && cursorLayer().lines().empty()) {
        m_followed->selection().follow(m_beforeClick);
    }
    TimePlot::mouseDoubleClickEvent(event);
}

void RasterPanel::moveFollowed(int rows, bool choose)
{
    NeuronSelection& selection = m_followed->selection();
    const RasterRows& shown = m_raster->rows();
    const auto present = selection.followed();
    const auto row
        = present ? shown.row(present->population, present->neuron) : std::optional<double>();
    double next = row ? *row + rows + 0.5 : 0.5;
    if (row && !shown.neuronAt(next)) { // over a gap to the next block
        for (const RasterRows::Block& block : shown.blocks()) {
            const bool below = block.first + block.shown <= *row;
            const bool above = block.first > *row;
            if (rows < 0 && below) {
                next = block.first + block.shown - 0.5;
            } else if (rows > 0 && above) {
                next = block.first + 0.5;
                break;
            }
        }
    }
    const auto neuron = shown.neuronAt(next);
    if (!neuron) {
        return;
    }
    const NeuronId id {neuron->first, neuron->second};
    if (choose) {
        std::vector<NeuronId> both {id};
        if (present) {
            both.push_back(*present);
        }
        selection.add(both);
    }
    selection.follow(id);
}

void RasterPanel::keyPressEvent(QKeyEvent* event)
{
    if (m_followed != nullptr && (event->key() == Qt::Key_Up || event->key() == Qt::Key_Down)) {
        moveFollowed(
            event->key() == Qt::Key_Up ? 1 : -1, event->modifiers().testFlag(Qt::ShiftModifier));
        return;
    }
    if (m_followed != nullptr && event->key() == Qt::Key_Escape) {
        letGo(*m_followed);
        return;
    }
    TimePlot::keyPressEvent(event);
}

void RasterPanel::addSpikeEdits(QMenu& menu)
{
    // The place where the menu was asked for: m_pressed.
    const auto& experiment = *run().experiment;
    const auto add = [&](const QString& title, engine::core::Step stamp,
                         const std::optional<engine::config::StateSetting>& setting) {
        if (setting) {
            menu.addAction(
                title, this, [this, stamp, setting] { Q_EMIT branchWanted(stamp, *setting); });
        }
    };
    const auto text = [&](const QString& title, NeuronId id, engine::core::Step stamp) {
        return title.arg(QString::fromStdString(experiment.populations[id.population].name))
            .arg(id.neuron)
            .arg(run().grid.time_ms(stamp), 0, 'f', 1);
    };
    if (const auto spike = spikeNear(m_pressed)) {
        add(text(tr("&Delete the spike of %1 %2 at %3 ms"), {spike->population, spike->neuron},
                spike->step),
            spike->step, without_spike(experiment, spike->population, spike->neuron));
        return;
    }
    const auto neuron = neuronNear(m_pressed);
    const engine::core::Step stamp = run().grid.steps(xAxis->pixelToCoord(m_pressed.x()));
    if (neuron && stamp > 0 && stamp <= run().now) {
        add(text(tr("Add a &spike of %1 %2 at %3 ms"), *neuron, stamp), stamp,
            with_spike(experiment, neuron->population, neuron->neuron));
    }
}

void RasterPanel::addChoices(QMenu& menu)
{
    if (m_followed == nullptr) {
        return;
    }
    NeuronSelection& selection = m_followed->selection();
    QMenu* choices = menu.addMenu(tr("&Choose"));
    choices->addAction(tr("&All neurons in view"), this, [this, &selection] {
        selection.choose(neuronsBetween(yAxis->range().lower, yAxis->range().upper));
    });
    addNeighbourChoices(*choices, *m_followed);
    menu.addActions(m_actions);
    addSpikeEdits(menu);
}

} // namespace ui
