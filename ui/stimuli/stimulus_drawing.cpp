#include "ui/stimuli/stimulus_drawing.hpp"

#include <algorithm>
#include <cmath>

namespace ui {

namespace {

constexpr int bandAlpha = 50;
constexpr int areaAlpha = 28;

QColor faint(QColor color, int alpha)
{
    color.setAlpha(alpha);
    return color;
}

} // namespace

StimulusDrawing::StimulusDrawing(QCustomPlot* plot)
    : QCPLayerable(plot, QStringLiteral("main"))
{
}

void StimulusDrawing::applyDefaultAntialiasingHint(QCPPainter* painter) const
{
    painter->setAntialiasing(false);
}

QRect StimulusDrawing::clipRect() const { return parentPlot()->axisRect()->rect(); }

int StimulusDrawing::laneHeight() const { return QFontMetrics(parentPlot()->font()).height() + 4; }

int StimulusDrawing::lanes() const
{
    return static_cast<int>(
        std::count_if(items.begin(), items.end(), [](const Item& item) { return item.spikes; }));
}

QRect StimulusDrawing::lane(std::size_t item) const
{
    int below = 0; // lanes under this one
    for (std::size_t i = item + 1; i < items.size(); ++i) {
        below += items[i].spikes ? 1 : 0;
    }
    const QRect area = parentPlot()->axisRect()->rect();
    return {
        area.left(), area.bottom() - (below + 1) * laneHeight(), area.width(), laneHeight() - 2};
}

double StimulusDrawing::x(engine::core::Step step) const
{
    return parentPlot()->xAxis->coordToPixel(grid.time_ms(step));
}

void StimulusDrawing::draw(QCPPainter* painter)
{
    const QRect area = parentPlot()->axisRect()->rect();
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (items[i].spikes) {
            drawLane(*painter, items[i], lane(i));
        } else {
            drawCurrent(*painter, items[i]);
        }
    }
    painter->setPen(QPen(nowColor, 1));
    const double now = parentPlot()->xAxis->coordToPixel(now_ms);
    if (now > area.left() && now < area.right()) {
        painter->drawLine(QLineF(now, area.top(), now, area.bottom()));
    }
}

void StimulusDrawing::drawCurrent(QCPPainter& painter, const Item& item) const
{
    const QCPAxis& values = *parentPlot()->yAxis;
    const QRect area = parentPlot()->axisRect()->rect();
    if (item.band) {
        const QRectF band(QPointF(parentPlot()->xAxis->coordToPixel(item.active.first),
                              values.coordToPixel(item.band->second)),
            QPointF(parentPlot()->xAxis->coordToPixel(item.active.second),
                values.coordToPixel(item.band->first)));
        painter.fillRect(band & QRectF(area), faint(item.color, bandAlpha));
    }
    if (item.points.empty()) {
        return;
    }
    QPolygonF line;
    for (std::size_t i = 0; i < item.points.size(); ++i) {
        const double at = x(item.points[i].step);
        if (!line.isEmpty()) {
            line << QPointF(at, line.last().y());
        }
        line << QPointF(at, values.coordToPixel(item.points[i].value));
    }
    line << QPointF(std::max<double>(area.right(), line.last().x()), line.last().y());
    if (!item.fine) {
        const double zero = values.coordToPixel(0.0);
        QPolygonF under = line;
        under << QPointF(line.last().x(), zero) << QPointF(line.first().x(), zero);
        painter.setPen(Qt::NoPen);
        painter.setBrush(faint(item.color, areaAlpha));
        painter.drawPolygon(under);
        painter.setBrush(Qt::NoBrush);
    }
    painter.setPen(QPen(item.fine ? faint(item.color, 150) : item.color, 1, item.style));
    painter.drawPolyline(line);
}

void StimulusDrawing::drawLane(QCPPainter& painter, const Item& item, const QRect& lane) const
{
    painter.setPen(QPen(faint(item.color, 90), 1));
    painter.drawLine(lane.bottomLeft(), lane.bottomRight());
    const double from = parentPlot()->xAxis->coordToPixel(item.active.first);
    const double to = parentPlot()->xAxis->coordToPixel(item.active.second);
    painter.fillRect(QRectF(QPointF(from, lane.top()), QPointF(to, lane.bottom())) & QRectF(lane),
        faint(item.color, areaAlpha));
    double most = 0.0;
    for (const auto& tick : item.ticks) {
        most = std::max(most, std::abs(tick.weight));
    }
    painter.setPen(QPen(item.color, 1));
    for (const auto& tick : item.ticks) {
        const double at = x(tick.stamp);
        const double height = most > 0.0 ? std::abs(tick.weight) / most : 0.0;
        // What pulls down hangs from the top of the lane.
        const double base = tick.weight < 0.0 ? lane.top() : lane.bottom();
        const double way = (tick.weight < 0.0 ? 1.0 : -1.0) * height * (lane.height() - 1);
        painter.drawLine(QLineF(at, base, at, base + way));
    }
    const QString text
        = item.note.isEmpty() ? item.name : item.name + QStringLiteral(": ") + item.note;
    painter.setFont(parentPlot()->font());
    const QRect words = lane.adjusted(6, 0, -6, 0);
    const QRect taken = painter.boundingRect(words, Qt::AlignLeft | Qt::AlignVCenter, text);
    painter.fillRect(
        taken.adjusted(-2, 0, 2, 0), faint(parentPlot()->palette().color(QPalette::Base), 200));
    painter.setPen(textColor);
    painter.drawText(words, Qt::AlignLeft | Qt::AlignVCenter, text);
}

} // namespace ui
