#include "ui/grid/neuron_grid.hpp"
#include "ui/selection/choose_menu.hpp"
#include "ui/selection/followed_neuron.hpp"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QRubberBand>

#include <utility>

// How neurons are chosen and followed in a grid, by mouse and keys.

namespace ui {

namespace {

constexpr int clickPixels = 4;

} // namespace

void NeuronGrid::hover(std::optional<NeuronId> neuron)
{
    if (neuron == m_hovered) {
        return;
    }
    m_hovered = neuron;
    update();
}

void NeuronGrid::mousePressEvent(QMouseEvent* event)
{
    m_pressed = event->pos();
    m_clicking = event->button() == Qt::LeftButton && m_followed != nullptr;
    if (m_clicking && event->modifiers().testFlag(Qt::ControlModifier)) {
        m_choosing->setGeometry(QRect(m_pressed, QSize()));
        m_choosing->show();
    }
}

void NeuronGrid::mouseMoveEvent(QMouseEvent* event)
{
    if (m_choosing->isVisible()) {
        m_choosing->setGeometry(QRect(m_pressed, event->pos()).normalized().intersected(rect()));
    }
    hover(neuronAt(event->pos()));
}

void NeuronGrid::mouseReleaseEvent(QMouseEvent* event)
{
    const bool click = m_clicking && (event->pos() - m_pressed).manhattanLength() < clickPixels;
    const bool box = m_choosing->isVisible();
    m_choosing->hide();
    if (!std::exchange(m_clicking, false)) {
        return;
    }
    NeuronSelection& selection = m_followed->selection();
    const auto there = neuronAt(event->pos());
    if (box && !click) {
        auto neurons
            = m_layout.neuronsIn(QRect(m_pressed, event->pos()).normalized().translated(-inset()));
        if (event->modifiers().testFlag(Qt::ShiftModifier)) {
            selection.add(neurons);
        } else {
            selection.choose(std::move(neurons));
        }
    } else if (box && there) {
        selection.toggle(*there);
    } else if (click) {
        selection.follow(there == selection.followed() ? std::nullopt : there);
    }
}

void NeuronGrid::leaveEvent(QEvent* event)
{
    QWidget::leaveEvent(event);
    hover(std::nullopt);
}

void NeuronGrid::keyPressEvent(QKeyEvent* event)
{
    const auto key = static_cast<Qt::Key>(event->key());
    const bool moves = key == Qt::Key_Up || key == Qt::Key_Down || key == Qt::Key_Left
        || key == Qt::Key_Right || key == Qt::Key_Home || key == Qt::Key_End;
    if (m_followed == nullptr || m_layout.blocks().empty() || !(moves || key == Qt::Key_Escape)) {
        QWidget::keyPressEvent(event);
        return;
    }
    if (key == Qt::Key_Escape) {
        letGo(*m_followed);
        return;
    }
    NeuronSelection& selection = m_followed->selection();
    const auto present = selection.followed();
    const NeuronId next = present ? m_layout.moved(*present, key) : NeuronId {};
    if (event->modifiers().testFlag(Qt::ShiftModifier)) {
        selection.add(present ? std::vector<NeuronId> {*present, next} : std::vector {next});
    }
    selection.follow(next);
}

} // namespace ui
