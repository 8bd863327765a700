// What a person does to the timeline: mouse, wheel, keys and tool tips.

#include "engine/core/time_grid.hpp"
#include "ui/events/event_timeline.hpp"
#include "ui/widgets/nice_numbers.hpp"

#include <QHelpEvent>
#include <QMouseEvent>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace ui {

namespace {

constexpr int grabPixels = 5;

} // namespace

int EventTimeline::eventAt(const QPoint& position) const
{
    for (int i = static_cast<int>(events().size()) - 1; i >= 0; --i) {
        const QRect flag = flagOf(i).adjusted(-grabPixels, 0, 0, 0);
        const bool onPole = std::abs(position.x() - flag.left() - grabPixels) <= grabPixels / 2
            && position.y() > flag.bottom();
        if (flag.contains(position) || onPole) {
            return i;
        }
    }
    return -1;
}

const StimulusHandle* EventTimeline::edgeAt(const QPoint& position) const
{
    for (const StimulusHandle& edge : m_edges) {
        const QPoint way = pixelOf(edge) - position;
        if (std::abs(way.x()) <= grabPixels && std::abs(way.y()) <= lineHeight() / 2) {
            return &edge;
        }
    }
    return nullptr;
}

double EventTimeline::snapped(double t_ms) const
{
    const engine::core::TimeGrid grid(m_document->experiment().simulation.dt_ms);
    const double quantum = niceBelow((m_upper_ms - m_lower_ms) / std::max(1, area().width()));
    const double wanted = quantum > grid.dt_ms() ? toMultiple(t_ms, quantum) : t_ms;
    return grid.time_ms(std::max<engine::core::Step>(0, grid.steps(wanted)));
}

void EventTimeline::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || !m_document) {
        return;
    }
    m_drag = {};
    m_drag.from = event->pos();
    m_drag.lower_ms = m_lower_ms;
    const int hit = eventAt(event->pos());
    if (const StimulusHandle* edge = edgeAt(event->pos())) {
        m_drag.what = Drag::What::edge;
        m_drag.edge = *edge;
        m_drag.grabbed_ms = edge->t_ms;
    } else if (hit >= 0) {
        m_drag.what = Drag::What::event;
        m_drag.index = hit;
        m_drag.grabbed_ms = events().at(static_cast<std::size_t>(hit)).at_ms;
        setCurrent(hit);
        Q_EMIT chosen(hit);
    } else {
        m_drag.what = Drag::What::view;
    }
}

void EventTimeline::mouseMoveEvent(QMouseEvent* event)
{
    const QPoint way = event->pos() - m_drag.from;
    const double perPixel = (m_upper_ms - m_lower_ms) / std::max(1, area().width());
    if (m_drag.what == Drag::What::nothing) {
        const bool holds = eventAt(event->pos()) >= 0 || edgeAt(event->pos()) != nullptr;
        setCursor(holds ? Qt::SizeHorCursor : Qt::ArrowCursor);
        return;
    }
    constexpr int begins = 3; // pixels: a click is no drag
    if (!m_drag.moved && std::abs(way.x()) < begins) {
        return;
    }
    if (m_drag.what == Drag::What::view) {
        m_drag.moved = m_ownView = true;
        const double width = m_upper_ms - m_lower_ms;
        const double lower = m_drag.lower_ms - way.x() * perPixel;
        setView(lower, lower + width);
        return;
    }
    if (!m_drag.moved) {
        m_drag.moved = true;
        Q_EMIT dragBegun();
    }
    const double to = snapped(m_drag.grabbed_ms + way.x() * perPixel);
    if (m_drag.what == Drag::What::event) {
        Q_EMIT eventDragged(m_drag.index, to);
    } else {
        Q_EMIT edgeDragged(m_drag.edge.setTime(to));
    }
}

void EventTimeline::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton) {
        m_drag = {};
    }
}

void EventTimeline::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton && m_document && eventAt(event->pos()) < 0) {
        Q_EMIT addWanted(snapped(timeAt(event->pos().x())));
    }
}

void EventTimeline::wheelEvent(QWheelEvent* event)
{
    const double factor = std::pow(0.8, event->angleDelta().y() / 120.0);
    const double at = timeAt(event->position().x());
    m_ownView = true;
    setView(at - (at - m_lower_ms) * factor, at + (m_upper_ms - at) * factor);
    event->accept();
}

void EventTimeline::keyPressEvent(QKeyEvent* event)
{
    const int count = static_cast<int>(events().size());
    const bool has = m_current >= 0 && m_current < count;
    const auto choose = [&](int index) {
        if (index >= 0 && index < count) {
            setCurrent(index);
            Q_EMIT chosen(index);
        }
    };
    switch (event->key()) {
    case Qt::Key_Up:
        choose(has ? m_current - 1 : 0);
        return;
    case Qt::Key_Down:
        choose(has ? m_current + 1 : 0);
        return;
    case Qt::Key_Left:
    case Qt::Key_Right:
        if (has) {
            const double dt = m_document->experiment().simulation.dt_ms;
            constexpr double stepsInView = 100.0;
            const bool fine = event->modifiers().testFlag(Qt::ShiftModifier);
            const double step
                = fine ? dt : std::max(dt, niceBelow((m_upper_ms - m_lower_ms) / stepsInView));
            const double sign = event->key() == Qt::Key_Right ? 1.0 : -1.0;
            const double at = events().at(static_cast<std::size_t>(m_current)).at_ms;
            Q_EMIT eventMoved(m_current, toMultiple(std::max(0.0, at + sign * step), dt));
        }
        return;
    case Qt::Key_Delete:
    case Qt::Key_Backspace:
        if (has) {
            Q_EMIT removeWanted(m_current);
        }
        return;
    case Qt::Key_Insert:
        if (m_document) {
            Q_EMIT addWanted(snapped(0.5 * (m_lower_ms + m_upper_ms)));
        }
        return;
    case Qt::Key_Home:
        showAll();
        return;
    case Qt::Key_Escape:
        if (m_drag.moved && m_drag.what != Drag::What::view) {
            m_drag = {};
            Q_EMIT dragLeft();
            return;
        }
        break;
    default:
        break;
    }
    QWidget::keyPressEvent(event);
}

void EventTimeline::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    updateEdges();
}

bool EventTimeline::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const int hit = eventAt(help->pos());
        if (hit >= 0) {
            const auto& shown = events().at(static_cast<std::size_t>(hit));
            QToolTip::showText(help->globalPos(),
                tr("%1 ms: %2\n%3")
                    .arg(shown.at_ms)
                    .arg(eventText(shown), QString::fromStdString(shown.path)),
                this);
            return true;
        }
        if (const StimulusHandle* edge = edgeAt(help->pos())) {
            QToolTip::showText(
                help->globalPos(), tr("%1: %2 ms").arg(edge->name).arg(edge->t_ms), this);
            return true;
        }
    }
    return QWidget::event(event);
}

} // namespace ui
