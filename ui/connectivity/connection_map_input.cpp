#include "ui/connectivity/connection_map.hpp"

#include <QApplication>
#include <QToolTip>

#include <cmath>

// Mouse and keys of ConnectionMap.

namespace ui {

namespace {

constexpr double notch = 120.0; // of a wheel
constexpr double zoomPerNotch = 0.8;

} // namespace

void ConnectionMap::wheelEvent(QWheelEvent* event)
{
    zoom(std::pow(zoomPerNotch, event->angleDelta().y() / notch), event->position());
    event->accept();
}

void ConnectionMap::mousePressEvent(QMouseEvent* event)
{
    m_press = event->position().toPoint();
    m_last = *m_press;
    m_button = event->button();
    m_moved = false;
    m_box = {};
}

void ConnectionMap::mouseMoveEvent(QMouseEvent* event)
{
    const QPoint at = event->position().toPoint();
    if (!m_press) {
        QToolTip::showText(event->globalPosition().toPoint(), textAt(event->position()), this);
        return;
    }
    m_moved = m_moved || (at - *m_press).manhattanLength() >= QApplication::startDragDistance();
    if (!m_moved) {
        return;
    }
    if (m_button == Qt::RightButton) {
        m_box = QRect(*m_press, at).normalized().intersected(axisRect()->rect());
        layer(QStringLiteral("marks"))->replot();
    } else if (m_button == Qt::LeftButton) {
        const auto moved = [](const QCPAxis& axis, double before, double now) {
            const double by = axis.pixelToCoord(before) - axis.pixelToCoord(now);
            return QCPRange(axis.range().lower + by, axis.range().upper + by);
        };
        setView(moved(*xAxis, m_last.x(), at.x()), moved(*yAxis, m_last.y(), at.y()));
        m_last = at;
    }
}

void ConnectionMap::mouseReleaseEvent(QMouseEvent* event)
{
    if (!m_press) {
        return;
    }
    m_press.reset();
    if (m_button == Qt::RightButton) {
        const QRect box = m_box;
        m_box = {};
        layer(QStringLiteral("marks"))->replot();
        constexpr int least = 4; // px
        if (box.width() > least && box.height() > least) {
            setView({xAxis->pixelToCoord(box.left()), xAxis->pixelToCoord(box.right())},
                {yAxis->pixelToCoord(box.top()), yAxis->pixelToCoord(box.bottom())});
        } else if (!m_moved) {
            Q_EMIT menuAsked(event->globalPosition().toPoint());
        }
        return;
    }
    const QPointF at = event->position();
    if (m_button == Qt::LeftButton && !m_moved && axisRect()->rect().contains(at.toPoint())) {
        const bool source = event->modifiers().testFlag(Qt::ShiftModifier);
        if (const auto neuron
            = neuronAt(source ? xAxis->pixelToCoord(at.x()) : yAxis->pixelToCoord(at.y()))) {
            Q_EMIT neuronClicked(*neuron);
        }
    }
}

void ConnectionMap::mouseDoubleClickEvent(QMouseEvent*) { showAll(); }

void ConnectionMap::contextMenuEvent(QContextMenuEvent* event)
{
    // The right button asks when it is released: it may draw a box.
    if (event->reason() == QContextMenuEvent::Keyboard) {
        Q_EMIT menuAsked(mapToGlobal(rect().center()));
    }
    event->accept();
}

void ConnectionMap::keyPressEvent(QKeyEvent* event)
{
    constexpr double part = 0.2; // of the view
    const QPointF center = axisRect()->rect().center();
    const auto move = [this](double sources, double targets) {
        const double x = sources * xAxis->range().size();
        const double y = targets * yAxis->range().size();
        setView({xAxis->range().lower + x, xAxis->range().upper + x},
            {yAxis->range().lower + y, yAxis->range().upper + y});
    };
    switch (event->key()) {
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        zoom(zoomPerNotch, center);
        break;
    case Qt::Key_Minus:
        zoom(1.0 / zoomPerNotch, center);
        break;
    case Qt::Key_Home:
        showAll();
        break;
    case Qt::Key_Left:
        move(-part, 0.0);
        break;
    case Qt::Key_Right:
        move(part, 0.0);
        break;
    case Qt::Key_Up:
        move(0.0, -part);
        break;
    case Qt::Key_Down:
        move(0.0, part);
        break;
    default:
        SmallPlot::keyPressEvent(event);
    }
}

void ConnectionMap::resizeEvent(QResizeEvent* event)
{
    SmallPlot::resizeEvent(event);
    m_tell.start(); // other cells fit
}

} // namespace ui
