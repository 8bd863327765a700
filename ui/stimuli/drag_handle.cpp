#include "ui/stimuli/drag_handle.hpp"

#include <QKeyEvent>
#include <QPainter>

namespace ui {

namespace {

constexpr int gripSize = 7;
constexpr int pageSteps = 10;

Qt::CursorShape cursorFor(DragHandle::Axis axis)
{
    switch (axis) {
    case DragHandle::Axis::time:
        return Qt::SizeHorCursor;
    case DragHandle::Axis::value:
        return Qt::SizeVerCursor;
    case DragHandle::Axis::both:
        return Qt::SizeAllCursor;
    }
    return Qt::ArrowCursor;
}

} // namespace

DragHandle::DragHandle(QWidget* parent)
    : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
}

void DragHandle::place(const QRect& area, Axis axis, const QColor& color)
{
    if (area != geometry()) {
        setGeometry(area);
    }
    if (axis != m_axis || !testAttribute(Qt::WA_SetCursor)) {
        m_axis = axis;
        setCursor(cursorFor(axis));
    }
    if (color != m_color) {
        m_color = color;
        update();
    }
}

void DragHandle::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool strong = m_over || m_pressed || hasFocus();
    QRectF grip(0, 0, gripSize, gripSize);
    grip.moveCenter(QRectF(rect()).center());
    painter.setPen(QPen(m_color, hasFocus() ? 2 : 1));
    painter.setBrush(strong ? m_color : palette().color(QPalette::Base));
    if (m_axis == Axis::both) {
        painter.drawEllipse(grip);
    } else {
        painter.drawRect(grip);
    }
    if (hasFocus()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(palette().color(QPalette::Highlight), 1, Qt::DotLine));
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
}

void DragHandle::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton) {
        event->accept(); // the menu follows; a box does not begin on a handle
        return;
    }
    m_pressed = true;
    m_pressedAt = event->globalPosition().toPoint();
    Q_EMIT grabbed();
    update();
}

void DragHandle::mouseMoveEvent(QMouseEvent* event)
{
    if (m_pressed) {
        Q_EMIT dragged(event->globalPosition().toPoint() - m_pressedAt,
            event->modifiers().testFlag(Qt::ShiftModifier));
    }
}

void DragHandle::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton && m_pressed) {
        m_pressed = false;
        Q_EMIT dropped();
        update();
    }
}

void DragHandle::mouseDoubleClickEvent(QMouseEvent* event)
{
    event->accept(); // does not autoscale the plot below
}

void DragHandle::wheelEvent(QWheelEvent* event)
{
    event->ignore(); // the plot zooms
}

void DragHandle::keyPressEvent(QKeyEvent* event)
{
    const bool fine = event->modifiers().testFlag(Qt::ShiftModifier);
    switch (event->key()) {
    case Qt::Key_Left:
        Q_EMIT stepped(-1, 0, fine);
        break;
    case Qt::Key_Right:
        Q_EMIT stepped(1, 0, fine);
        break;
    case Qt::Key_Up:
        Q_EMIT stepped(0, 1, fine);
        break;
    case Qt::Key_Down:
        Q_EMIT stepped(0, -1, fine);
        break;
    case Qt::Key_PageUp:
        m_axis == Axis::time ? Q_EMIT stepped(pageSteps, 0, fine)
                             : Q_EMIT stepped(0, pageSteps, fine);
        break;
    case Qt::Key_PageDown:
        m_axis == Axis::time ? Q_EMIT stepped(-pageSteps, 0, fine)
                             : Q_EMIT stepped(0, -pageSteps, fine);
        break;
    case Qt::Key_Delete:
    case Qt::Key_Backspace:
        Q_EMIT removeAsked();
        break;
    case Qt::Key_Escape:
        if (m_pressed) {
            m_pressed = false;
            Q_EMIT givenUp();
            update();
        } else {
            event->ignore();
        }
        break;
    default:
        QWidget::keyPressEvent(event);
        return;
    }
}

void DragHandle::enterEvent(QEnterEvent* /*event*/)
{
    m_over = true;
    tellHighlight();
}

void DragHandle::leaveEvent(QEvent* /*event*/)
{
    m_over = false;
    tellHighlight();
}

void DragHandle::focusInEvent(QFocusEvent* /*event*/) { tellHighlight(); }

void DragHandle::focusOutEvent(QFocusEvent* /*event*/) { tellHighlight(); }

void DragHandle::contextMenuEvent(QContextMenuEvent* event)
{
    Q_EMIT menuAsked(event->globalPos());
    event->accept();
}

void DragHandle::tellHighlight()
{
    Q_EMIT highlighted(m_over || hasFocus());
    update();
}

} // namespace ui
