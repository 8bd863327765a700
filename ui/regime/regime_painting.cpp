#include "ui/regime/regime_plot.hpp"

#include <algorithm>
#include <cmath>

// What RegimePlot draws over its shading.

namespace ui {
namespace {

/// Light on a dark edge: can be read on every colour of the map.
void paintText(QPainter& painter, const QPointF& center, const QString& text)
{
    const QFontMetricsF metrics(painter.font());
    QPainterPath path;
    path.addText(center.x() - metrics.horizontalAdvance(text) / 2.0,
        center.y() + (metrics.ascent() - metrics.descent()) / 2.0, painter.font(), text);
    constexpr double edge = 3.0;
    painter.strokePath(
        path, QPen(QColor(0, 0, 0, 170), edge, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.fillPath(path, Qt::white);
}

void paintDisc(QPainter& painter, const QPointF& at, double radius, const QColor& fill)
{
    painter.setPen(QPen(QColor(0, 0, 0, 170), 3.0));
    painter.setBrush(Qt::NoBrush);
    painter.drawEllipse(at, radius, radius);
    painter.setPen(QPen(Qt::white, 1.5));
    painter.setBrush(fill);
    painter.drawEllipse(at, radius, radius);
}

/// Middle between a value and its neighbour.
double edge(const std::vector<double>& values, std::size_t i, bool upper)
{
    constexpr double half = 0.5;
    if (values.size() < 2) {
        return values[i];
    }
    const std::size_t other
        = upper ? std::min(i + 1, values.size() - 1) : i - std::min<std::size_t>(i, 1);
    if (other == i) { // as far as on the other side
        const std::size_t inner = upper ? i - 1 : i + 1;
        return values[i] + half * (values[i] - values[inner]);
    }
    return half * (values[i] + values[other]);
}

} // namespace

void RegimePlot::paintBelow(QCPPainter& painter)
{
    paintTiles(painter);
    paintRegions(painter);
}

void RegimePlot::paintTiles(QCPPainter& painter) const
{
    if (m_tiles.values.size() != m_tiles.x.size() * m_tiles.y.size()) {
        return;
    }
    // Smaller than its cell: what theory says stays to be seen around it.
    constexpr double inset = 0.16;
    painter.save();
    painter.setClipRect(axisRect()->rect(), Qt::IntersectClip);
    painter.setAntialiasing(false);
    painter.setPen(QPen(QColor(0, 0, 0, 120), 1));
    for (std::size_t i = 0; i < m_tiles.x.size(); ++i) {
        for (std::size_t j = 0; j < m_tiles.y.size(); ++j) {
            const double value = m_tiles.values[i * m_tiles.y.size() + j];
            if (std::isnan(value)) {
                continue;
            }
            const QPointF low = toPixel({edge(m_tiles.x, i, false), edge(m_tiles.y, j, false)});
            const QPointF high = toPixel({edge(m_tiles.x, i, true), edge(m_tiles.y, j, true)});
            const QRectF cell = QRectF(low, high).normalized();
            const double dx = inset * cell.width();
            const double dy = inset * cell.height();
            const QColor color = colorOf(value);
            const int grey = qGray(color.rgb());
            painter.setBrush(m_tilesOld ? QColor(grey, grey, grey) : color);
            painter.drawRect(cell.adjusted(dx, dy, -dx, -dy).toRect());
        }
    }
    painter.restore();
}

void RegimePlot::paintRegions(QCPPainter& painter) const
{
    painter.save();
    painter.setClipRect(axisRect()->rect(), Qt::IntersectClip);
    const auto instability = [](std::string_view name) {
        return name == "SR" || name == "SI fast" || name == "SI slow";
    };
    QPainterPath strong; // where a stable state begins to oscillate
    QPainterPath faint; // where its name alone changes
    for (const auto& border : m_borders) {
        QPainterPath& path = instability(border.one) != instability(border.other) ? strong : faint;
        path.moveTo(toPixel({border.from.g, border.from.eta}));
        path.lineTo(toPixel({border.to.g, border.to.eta}));
    }
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(QColor(0, 0, 0, 150), 3.5));
    painter.drawPath(strong);
    painter.setPen(QPen(Qt::white, 1.8));
    painter.drawPath(strong);
    painter.setPen(QPen(QColor(255, 255, 255, 130), 1.0));
    painter.drawPath(faint);

    QFont small = font();
    small.setPointSizeF(small.pointSizeF() * 0.85);
    if (m_balance && xAxis->range().contains(*m_balance)) {
        const double x = xAxis->coordToPixel(*m_balance);
        const QRect rect = axisRect()->rect();
        painter.setPen(QPen(Qt::white, 1.0, Qt::DashLine));
        painter.drawLine(QPointF(x, rect.top()), QPointF(x, rect.bottom()));
        painter.setFont(small);
        const QString name = tr("balance");
        const QFontMetricsF metrics(small);
        paintText(painter,
            {x + metrics.horizontalAdvance(name) / 2.0 + 4.0, rect.top() + metrics.height()}, name);
    }
    QFont bold = font();
    bold.setBold(true);
    painter.setFont(bold);
    const QFontMetricsF metrics(bold);
    const QRect rect = axisRect()->rect();
    for (const auto& place : m_places) {
        if (!regimeStateNumber(place.name)) {
            continue;
        }
        const QString name
            = QString::fromUtf8(place.name.data(), static_cast<qsizetype>(place.name.size()));
        QPointF at = toPixel({place.g, place.eta});
        const double room = place.room * std::min(rect.width(), rect.height());
        constexpr double least = 2.5; // pixels: a region that cannot be seen needs no name
        if (room < metrics.height() / 2.0) {
            if (place.room * rect.width() < least) {
                continue;
            }
            const QPointF beside = at - QPointF(0.0, 1.3 * metrics.height());
            painter.setPen(QPen(Qt::white, 1.0));
            painter.drawLine(at, beside + QPointF(0.0, metrics.height() / 2.0));
            at = beside;
        }
        paintText(painter, at, name);
    }
    painter.restore();
}

void RegimePlot::paintMarks(QCPPainter& painter) const
{
    painter.save();
    QFont small = font();
    small.setPointSizeF(small.pointSizeF() * 0.85);
    small.setBold(true);
    painter.setFont(small);
    constexpr double radius = 7.0;
    for (const Mark& mark : m_marks) {
        paintDisc(painter, toPixel(mark.at), radius, QColor(30, 30, 30));
        painter.setPen(Qt::white);
        const QPointF at = toPixel(mark.at);
        painter.drawText(QRectF(at.x() - radius, at.y() - radius, 2.0 * radius, 2.0 * radius),
            Qt::AlignCenter, mark.name);
    }
    painter.restore();
}

void RegimePlot::paintAbove(QCPPainter& painter)
{
    paintTrail(painter);
    paintMarks(painter); // a trail between published points would hide their names
    paintPresent(painter);
    if (m_cursor) {
        constexpr double arm = 9.0;
        const QPointF at = toPixel(*m_cursor);
        for (const auto& [color, width] :
            {std::pair(QColor(Qt::black), 4.0), {QColor(Qt::white), 2.0}}) {
            painter.setPen(QPen(color, width));
            painter.drawLine(at - QPointF(arm, 0.0), at + QPointF(arm, 0.0));
            painter.drawLine(at - QPointF(0.0, arm), at + QPointF(0.0, arm));
        }
    }
}

void RegimePlot::paintTrail(QCPPainter& painter) const
{
    painter.save();
    QPainterPath way;
    for (std::size_t i = 0; i < m_stops.size(); ++i) {
        const QPointF at = toPixel(m_stops[i].at);
        i > 0 && m_stops[i].joined ? way.lineTo(at) : way.moveTo(at);
    }
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(QColor(0, 0, 0, 120), 3.0));
    painter.drawPath(way);
    painter.setPen(QPen(QColor(255, 255, 255, 200), 1.0));
    painter.drawPath(way);
    constexpr double radius = 3.5;
    for (std::size_t i = 0; i + 1 < m_stops.size(); ++i) {
        const double value = m_stops[i].value(m_quantity);
        if (!std::isnan(value)) {
            paintDisc(painter, toPixel(m_stops[i].at), radius, colorOf(value));
        }
    }
    painter.restore();
}

void RegimePlot::paintPresent(QCPPainter& painter) const
{
    if (m_stops.empty()) {
        return;
    }
    painter.save();
    const RegimeStop& stop = m_stops.back();
    const QPointF at = toPixel(stop.at);
    constexpr double radius = 8.0;
    const double value = stop.value(m_quantity);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(colors().red, 3.0));
    painter.drawEllipse(at, radius + 3.0, radius + 3.0);
    paintDisc(painter, at, radius, std::isnan(value) ? QColor(0, 0, 0, 60) : colorOf(value));
    if (!m_verdict.isEmpty()) {
        QFont bold = font();
        bold.setBold(true);
        painter.setFont(bold);
        const QFontMetricsF metrics(bold);
        // Above the point, below it at the upper end: beside it names of regions are likely.
        constexpr double gap = 15.0;
        const double width = metrics.horizontalAdvance(m_verdict) + 10.0;
        const double height = metrics.height() + 4.0;
        const QRect rect = axisRect()->rect();
        const double above = at.y() - gap - height;
        const QRectF box(
            std::clamp(at.x() - width / 2.0, rect.left() + 2.0, rect.right() - width - 2.0),
            above < rect.top() ? at.y() + gap : above, width, height);
        painter.setPen(Qt::NoPen);
        painter.setBrush(QColor(0, 0, 0, 225));
        painter.drawRoundedRect(box, 4.0, 4.0);
        painter.setPen(Qt::white);
        painter.drawText(box, Qt::AlignCenter, m_verdict);
    }
    painter.restore();
}

} // namespace ui
