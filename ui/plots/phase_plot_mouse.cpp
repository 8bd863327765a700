// What a person does to the phase plane: drag its point or the view, turn the wheel, press keys.

#include "ui/plots/phase_plot.hpp"

#include <algorithm>
#include <cmath>

namespace ui {

namespace {

constexpr int grabPixels = 12;

} // namespace

QPoint PhasePlot::tipPixel() const
{
    const XY tip = point();
    return {qRound(xAxis->coordToPixel(tip.x)), qRound(yAxis->coordToPixel(tip.y))};
}

bool PhasePlot::nearTip(const QPoint& position) const
{
    return m_plane && !m_trail.empty() && (position - tipPixel()).manhattanLength() <= grabPixels;
}

void PhasePlot::showHandle(bool shown)
{
    m_dragLine->setVisible(shown);
    m_dragText->setVisible(shown);
}

void PhasePlot::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || !m_plane) {
        QCustomPlot::mousePressEvent(event);
        return;
    }
    m_dragFrom = event->pos();
    m_dragging = nearTip(event->pos());
    m_panning = !m_dragging;
    m_panX = xAxis->range();
    m_panY = yAxis->range();
}

void PhasePlot::mouseMoveEvent(QMouseEvent* event)
{
    if (m_dragging) {
        const XY to {xAxis->pixelToCoord(event->pos().x()), yAxis->pixelToCoord(event->pos().y())};
        showTip(to);
        m_dragLine->end->setCoords(to.x, to.y);
        m_dragText->position->setCoords(to.x, to.y);
        m_dragText->setText(QStringLiteral("%1, %2").arg(to.x, 0, 'f', 1).arg(to.y, 0, 'f', 2));
        showHandle(true);
        m_tip->layer()->replot();
    } else if (m_panning && event->pos() != m_dragFrom) {
        m_ownRange = true;
        m_axesOld = true;
        const QPoint by = event->pos() - m_dragFrom;
        xAxis->setRange(m_panX - by.x() * m_panX.size() / std::max(1, axisRect()->width()));
        yAxis->setRange(m_panY + by.y() * m_panY.size() / std::max(1, axisRect()->height()));
        refresh(0.0);
    } else {
        setCursor(nearTip(event->pos()) ? Qt::OpenHandCursor : Qt::ArrowCursor);
    }
}

void PhasePlot::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton && m_dragging && event->pos() != m_dragFrom) {
        Q_EMIT pointMoved(
            {xAxis->pixelToCoord(event->pos().x()), yAxis->pixelToCoord(event->pos().y())});
    }
    m_dragging = false;
    m_panning = false;
    showHandle(false);
    refresh(0.0);
}

void PhasePlot::mouseDoubleClickEvent(QMouseEvent* event)
{
    Q_UNUSED(event)
    autoscale();
    refresh(0.0);
}

void PhasePlot::wheelEvent(QWheelEvent* event)
{
    const double factor = std::pow(0.8, event->angleDelta().y() / 120.0);
    const QRect area = axisRect()->rect();
    const QPoint at = event->position().toPoint();
    // On an axis, that axis alone.
    if (at.y() <= area.bottom()) {
        yAxis->scaleRange(factor, yAxis->pixelToCoord(at.y()));
    }
    if (at.x() >= area.left()) {
        xAxis->scaleRange(factor, xAxis->pixelToCoord(at.x()));
    }
    m_ownRange = true;
    m_axesOld = true;
    refresh(0.0);
    event->accept();
}

void PhasePlot::keyPressEvent(QKeyEvent* event)
{
    const QPoint way(int(event->key() == Qt::Key_Right) - int(event->key() == Qt::Key_Left),
        int(event->key() == Qt::Key_Up) - int(event->key() == Qt::Key_Down));
    if (way.isNull() || !m_plane || m_trail.empty()) {
        QCustomPlot::keyPressEvent(event);
        return;
    }
    constexpr double step = 0.02; // of what the axis shows
    const XY tip = point();
    Q_EMIT pointMoved({tip.x + step * way.x() * xAxis->range().size(),
        tip.y + step * way.y() * yAxis->range().size()});
}

} // namespace ui
