// What mouse and keys do to the cursors.

#include "ui/plots/time_cursors.hpp"

#include <cmath>
#include <utility>

namespace ui {

using engine::core::Step;

namespace {

constexpr int grabPixels = 4;
constexpr int snapPixels = 25;

} // namespace

Step TimeCursors::stampAt(const TimePlot& panel, int x, bool snap) const
{
    const Step at = onSample(m_run.grid.steps(panel.xAxis->pixelToCoord(x)));
    if (!snap) {
        return at;
    }
    const double msOfPixel = m_axis.width() / std::max(1, panel.axisRect()->width());
    return nearestSpike(at, m_run.grid.steps(snapPixels * msOfPixel)).value_or(at);
}

std::optional<std::size_t> TimeCursors::cursorNear(const TimePlot& panel, int x) const
{
    for (const std::size_t i : {m_active, 1 - m_active}) {
        if (m_at.at(i)
            && std::abs(panel.xAxis->coordToPixel(m_run.grid.time_ms(*m_at.at(i))) - x)
                <= grabPixels) {
            return i;
        }
    }
    return std::nullopt;
}

void TimeCursors::follow(const TimePlot& panel, int x, bool snap)
{
    m_at.at(m_active) = stampAt(panel, x, snap);
    show(true);
}

bool TimeCursors::mouseMoved(TimePlot& panel, const QMouseEvent& event)
{
    m_under = &panel;
    m_mouseX = event.pos().x();
    m_mouseSnaps = m_snaps != event.modifiers().testFlag(Qt::ControlModifier);
    if (m_dragging || (m_following && event.buttons() == Qt::NoButton)) {
        follow(panel, m_mouseX, m_mouseSnaps);
        return m_dragging;
    }
    if (event.buttons() == Qt::NoButton) {
        panel.setCursor(cursorNear(panel, m_mouseX) ? Qt::SizeHorCursor : Qt::ArrowCursor);
    }
    return false;
}

bool TimeCursors::mousePressed(TimePlot& panel, const QMouseEvent& event)
{
    m_pressed = event.pos();
    if (event.button() != Qt::LeftButton || event.pos().x() < panel.axisRect()->left()) {
        return false;
    }
    if (event.modifiers().testFlag(Qt::ShiftModifier) && m_at[0]) {
        m_active = 1;
        m_following = false;
        m_dragging = true;
        follow(panel, event.pos().x(), m_snaps);
        return true;
    }
    if (const auto near = cursorNear(panel, event.pos().x()); near && !m_following) {
        m_active = *near;
        m_dragging = true;
        show(true);
        return true;
    }
    return false;
}

bool TimeCursors::mouseReleased(TimePlot& panel, const QMouseEvent& event)
{
    if (event.button() != Qt::LeftButton) {
        return false;
    }
    if (std::exchange(m_dragging, false)) {
        return true;
    }
    const bool click = (event.pos() - m_pressed).manhattanLength() < grabPixels;
    if (m_following && click) {
        follow(panel, event.pos().x(), m_mouseSnaps);
        m_following = false;
    }
    return false; // the panel ends its drag
}

bool TimeCursors::handlesKey(const QKeyEvent& event) const
{
    if (count() == 0) {
        return false;
    }
    switch (event.key()) {
    case Qt::Key_Left:
    case Qt::Key_Right:
    case Qt::Key_Home:
    case Qt::Key_End:
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Escape:
        return true;
    case Qt::Key_Tab:
        return event.modifiers() == Qt::NoModifier && count() == 2;
    default:
        return false;
    }
}

void TimeCursors::moveBySamples(Step samples)
{
    put(onSample(m_at.at(m_active).value_or(0) + samples * sampleSteps()));
    keepInView();
}

void TimeCursors::keepInView()
{
    const double t = m_run.grid.time_ms(m_at.at(m_active).value_or(0));
    if (t < m_axis.lower() || t > m_axis.upper()) {
        m_axis.show(t - 0.5 * m_axis.width(), t + 0.5 * m_axis.width());
    }
}

bool TimeCursors::keyPressed(const QKeyEvent& event)
{
    if (!handlesKey(event)) {
        return false;
    }
    constexpr Step many = 10;
    const bool forward = event.key() == Qt::Key_Right;
    switch (event.key()) {
    case Qt::Key_Left:
    case Qt::Key_Right:
        if (event.modifiers().testFlag(Qt::ControlModifier)) {
            if (const auto spike = neighbourSpike(forward)) {
                put(*spike);
                keepInView();
            }
        } else {
            moveBySamples((forward ? 1 : -1)
                * (event.modifiers().testFlag(Qt::ShiftModifier) ? many : Step {1}));
        }
        break;
    case Qt::Key_Home:
        put(onSample(m_run.grid.steps(m_axis.lower())));
        break;
    case Qt::Key_End:
        put(onSample(m_run.grid.steps(m_axis.upper())));
        break;
    case Qt::Key_Tab:
        m_active = 1 - m_active;
        m_following = false;
        show(true);
        break;
    case Qt::Key_Escape:
        removeLast();
        break;
    default: // Return
        put(m_at.at(m_active).value_or(0));
        break;
    }
    return true;
}

bool TimeCursors::eventFilter(QObject* watched, QEvent* event)
{
    auto* panel = qobject_cast<TimePlot*>(watched);
    if (panel == nullptr || !m_run.history) {
        return QObject::eventFilter(watched, event);
    }
    switch (event->type()) {
    case QEvent::MouseMove:
        return mouseMoved(*panel, *static_cast<QMouseEvent*>(event));
    case QEvent::MouseButtonPress:
        return mousePressed(*panel, *static_cast<QMouseEvent*>(event));
    case QEvent::MouseButtonRelease:
        return mouseReleased(*panel, *static_cast<QMouseEvent*>(event));
    case QEvent::KeyPress:
        return keyPressed(*static_cast<QKeyEvent*>(event));
    case QEvent::ShortcutOverride:
        if (handlesKey(*static_cast<QKeyEvent*>(event))) {
            event->accept();
        }
        return false;
    default:
        return false;
    }
}

} // namespace ui
