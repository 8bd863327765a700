#include "ui/plots/cursor_layer.hpp"

#include <algorithm>
#include <cmath>

namespace ui {
namespace {

const QString layerName = QStringLiteral("cursors");

/// The plot has the layer on top of all others.
QString layerOf(QCustomPlot* plot)
{
    if (plot->layer(layerName) == nullptr) {
        plot->addLayer(layerName);
    }
    return layerName;
}

} // namespace

QString cursorNumber(double value)
{
    constexpr double nothing = 1e-12; // what has decayed
    return std::abs(value) < nothing ? QStringLiteral("0.00000")
                                     : QString::asprintf("%#.6g", value);
}

QString CursorReading::text() const
{
    QString text = name + QLatin1Char(' ') + (value ? cursorNumber(*value) : QStringLiteral("–"));
    if (value && !unit.isEmpty()) {
        text += QLatin1Char(' ') + unit;
    }
    return text;
}

CursorLayer::CursorLayer(QCustomPlot* plot)
    : QCPLayerable(plot, layerOf(plot))
{
}

void CursorLayer::show(std::vector<CursorLine> lines, bool redraw)
{
    if (lines == m_lines) {
        return;
    }
    m_lines = std::move(lines);
    // A buffer of its own costs memory and time in every replot: only while there are cursors.
    const auto mode = m_lines.empty() ? QCPLayer::lmLogical : QCPLayer::lmBuffered;
    if (layer()->mode() != mode) {
        layer()->setMode(mode);
    }
    if (redraw && mParentPlot->isVisible()) {
        layer()->replot();
    }
}

void CursorLayer::setColors(const QColor& line, const QColor& text, const QColor& ground)
{
    m_line = line;
    m_text = text;
    m_ground = ground;
}

void CursorLayer::applyDefaultAntialiasingHint(QCPPainter* painter) const
{
    painter->setAntialiasing(false);
}

QRect CursorLayer::clipRect() const { return mParentPlot->axisRect()->rect(); }

void CursorLayer::draw(QCPPainter* painter)
{
    const QCPRange range = mParentPlot->xAxis->range();
    painter->setFont(mParentPlot->font());
    for (const CursorLine& line : m_lines) {
        if (range.contains(line.t)) {
            drawLine(*painter, line);
            drawReadings(*painter, line);
        }
    }
}

void CursorLayer::drawLine(QCPPainter& painter, const CursorLine& line) const
{
    const QRect area = clipRect();
    const double x = std::round(mParentPlot->xAxis->coordToPixel(line.t));
    painter.setPen(QPen(m_line, 1, line.active ? Qt::SolidLine : Qt::DashLine));
    painter.setBrush(Qt::NoBrush);
    painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()));
    constexpr double radius = 3.0;
    for (const CursorReading& reading : line.readings) {
        if (reading.value) {
            painter.setPen(QPen(reading.color, 1));
            painter.drawEllipse(
                QPointF(x, mParentPlot->yAxis->coordToPixel(*reading.value)), radius, radius);
        }
    }
}

void CursorLayer::drawReadings(QCPPainter& painter, const CursorLine& line) const
{
    constexpr int gap = 5;
    constexpr int bar = 3; // the colour of a reading beside its text
    const QRect area = clipRect();
    const QFontMetrics metrics(mParentPlot->font());
    QStringList texts;
    std::vector<QColor> colors;
    if (m_timeShown) {
        texts += line.name + QStringLiteral("  ") + line.time;
        colors.push_back(m_line);
    }
    for (const CursorReading& reading : line.readings) {
        texts += reading.text();
        colors.push_back(reading.color);
    }
    if (texts.isEmpty()) {
        return;
    }
    const int fitting = std::max(1, (area.height() - 2) / metrics.height());
    if (m_lines.size() > 1 && texts.size() > fitting) {
        texts.resize(fitting); // else they would lie over those of the other cursor
    }
    // As many columns as it takes in a low panel, all as wide as the widest text.
    int width = 0;
    for (const QString& text : texts) {
        width = std::max(width, metrics.horizontalAdvance(text));
    }
    width += bar + 2 * gap;
    const int rows = std::min(fitting, static_cast<int>(texts.size()));
    const int columns = (static_cast<int>(texts.size()) + rows - 1) / rows;
    const int x = static_cast<int>(std::round(mParentPlot->xAxis->coordToPixel(line.t)));
    int left = line.later ? x + gap : x - gap - columns * width;
    const bool outside = left < area.left() || left + columns * width > area.right();
    if (outside) {
        left = line.later ? x - gap - columns * width : x + gap;
    }
    left = std::max(left, area.left());
    // On the side of the other cursor it stands below the readings of that one.
    const int first = area.top() + 1
        + (outside && m_lines.size() > 1 ? std::min(rows, fitting - rows) * metrics.height() : 0);
    if (first <= area.top()) {
        return; // no room: the table below the plots has them too
    }
    painter.fillRect(QRect(left, first, columns * width, rows * metrics.height()), m_ground);
    painter.setPen(m_text);
    for (int i = 0; i < texts.size(); ++i) {
        const int column = left + i / rows * width;
        const int top = first + i % rows * metrics.height();
        painter.fillRect(QRect(column + 1, top + 2, bar, metrics.height() - 4),
            colors[static_cast<std::size_t>(i)]);
        painter.drawText(column + bar + gap, top + metrics.ascent(), texts[i]);
    }
}

} // namespace ui
