#include "ui/connectivity/connection_map.hpp"
#include "ui/plots/plot_looks.hpp"

#include <algorithm>
#include <cmath>

// What ConnectionMap draws.

namespace ui {

QCPColorGradient ConnectionMap::gradient() const
{
    if (m_quantity == Quantity::synapses) {
        return viridis();
    }
    // Red inhibits, blue excites, nothing is the ground.
    const PlotColors& colors = *m_colors;
    QCPColorGradient signedColors;
    signedColors.clearColorStops();
    constexpr double middle = 0.5;
    signedColors.setColorStopAt(0.0, colors.red);
    signedColors.setColorStopAt(middle, colors.background);
    signedColors.setColorStopAt(1.0, colors.blue);
    signedColors.setNanHandling(QCPColorGradient::nhTransparent);
    return signedColors;
}

std::vector<QRgb> ConnectionMap::colorsOf(const Layer& layer) const
{
    QCPColorGradient colors = gradient();
    std::vector<QRgb> out(layer.values.size());
    std::transform(layer.values.begin(), layer.values.end(), out.begin(),
        [&](double value) { return std::isnan(value) ? QRgb(0) : colors.color(value, m_range); });
    return out;
}

void ConnectionMap::paintCells(QCPPainter& painter) const
{
    const QRect area = axisRect()->rect();
    if (!m_whole.picture || area.isEmpty()) {
        return;
    }
    const double ratio = bufferDevicePixelRatio();
    QImage image(area.size() * ratio, QImage::Format_ARGB32);
    image.fill(Qt::transparent);
    // What is known of the whole stands for a part that is still being made.
    for (const Layer* layer : {&m_whole, &m_part}) {
        if (layer->picture && !layer->values.empty()) {
            paintLayer(image, area, *layer, colorsOf(*layer));
        }
    }
    image.setDevicePixelRatio(ratio);
    painter.drawImage(area.topLeft(), image);
}

void ConnectionMap::paintLayer(
    QImage& image, const QRect& area, const Layer& layer, const std::vector<QRgb>& colors) const
{
    const auto cells = [](const QCPAxis& axis, double first, double size, int pixels,
                           const engine::analysis::NeuronCells& of) {
        std::vector<int> cell(static_cast<std::size_t>(pixels), -1);
        for (int i = 0; i < pixels; ++i) {
            const double neuron = axis.pixelToCoord(first + (i + 0.5) * size / pixels);
            if (neuron >= 0.0) {
                const auto found = of.cell_of(static_cast<std::uint32_t>(neuron));
                cell[static_cast<std::size_t>(i)] = found ? static_cast<int>(*found) : -1;
            }
        }
        return cell;
    };
    const std::vector<int> columns
        = cells(*xAxis, area.left(), area.width(), image.width(), layer.picture->sources);
    const std::vector<int> rows
        = cells(*yAxis, area.top(), area.height(), image.height(), layer.picture->targets);
    const auto width = static_cast<int>(layer.picture->sources.size());
    for (int y = 0; y < image.height(); ++y) {
        const int row = rows[static_cast<std::size_t>(y)];
        auto* line = reinterpret_cast<QRgb*>(image.scanLine(y));
        for (int x = 0; row >= 0 && x < image.width(); ++x) {
            const int column = columns[static_cast<std::size_t>(x)];
            if (column >= 0) {
                line[x] = colors[static_cast<std::size_t>(row * width + column)];
            }
        }
    }
}

void ConnectionMap::paintBorders(QCPPainter& painter) const
{
    const QRectF area = axisRect()->rect();
    const PlotColors& colors = *m_colors;
    painter.setClipRect(area);
    painter.setAntialiasing(false);
    const auto halo = [&](const QLineF& line) {
        constexpr int faint = 150;
        QColor edge = Qt::black;
        edge.setAlpha(faint);
        painter.setPen(QPen(edge, 3));
        painter.drawLine(line);
        painter.setPen(QPen(Qt::white, 1));
        painter.drawLine(line);
    };
    for (std::size_t p = 1; p + 1 < m_starts.size(); ++p) {
        const QPointF at = pixelOf(m_starts[p], m_starts[p]);
        halo({area.left(), at.y(), area.right(), at.y()});
        halo({at.x(), area.top(), at.x(), area.bottom()});
    }
    // Names where the populations begin, at both sides of the picture.
    const QFontMetricsF metrics(font());
    painter.setFont(font());
    painter.setAntialiasing(true);
    const auto name = [&](std::size_t population, QRectF rect) {
        const QString text = QString::fromStdString(m_experiment->populations[population].name);
        if (rect.width() < metrics.horizontalAdvance(text) || rect.height() < metrics.height()) {
            return;
        }
        rect.setSize(
            {metrics.horizontalAdvance(text) + metrics.averageCharWidth(), metrics.height()});
        QColor ground = colors.background;
        constexpr int most = 200;
        ground.setAlpha(most);
        painter.setPen(Qt::NoPen);
        painter.setBrush(ground);
        painter.drawRoundedRect(rect, 2.0, 2.0);
        painter.setPen(colors.text);
        painter.drawText(rect, Qt::AlignCenter, text);
    };
    constexpr double gap = 3.0;
    for (std::size_t p = 0; m_experiment && p + 1 < m_starts.size(); ++p) {
        const QPointF from = pixelOf(m_starts[p], m_starts[p]);
        const QPointF to = pixelOf(m_starts[p + 1], m_starts[p + 1]);
        const QRectF column(QPointF(std::max(from.x(), area.left()) + gap, area.top() + gap),
            QPointF(std::min(to.x(), area.right()) - gap, area.bottom()));
        name(p, column);
        const double top = std::max(from.y(), area.top() + metrics.height() + gap) + gap;
        const QRectF row(QPointF(area.left() + gap, top),
            QPointF(area.right(), std::min(to.y(), area.bottom()) - gap));
        const bool atCorner = from.x() <= area.left() && from.y() <= area.top();
        if (!atCorner || column.width() <= 0.0) { // else it has been named
            name(p, row);
        }
    }
}

void ConnectionMap::paintMarks(QCPPainter& painter) const
{
    const QRectF area = axisRect()->rect();
    painter.setClipRect(area);
    painter.setAntialiasing(false);
    if (m_followed && m_followed->population + std::size_t {1} < m_starts.size()) {
        constexpr double middle = 0.5;
        const double neuron = m_starts[m_followed->population] + m_followed->neuron + middle;
        const QPointF at = pixelOf(neuron, neuron);
        for (const QLineF& line : {QLineF(area.left(), at.y(), area.right(), at.y()),
                 QLineF(at.x(), area.top(), at.x(), area.bottom())}) {
            painter.setPen(QPen(Qt::black, 1));
            painter.drawLine(line);
            painter.setPen(QPen(m_colors->yellow, 1, Qt::DashLine));
            painter.drawLine(line);
        }
    }
    if (!m_box.isEmpty()) {
        painter.setPen(QPen(Qt::black, 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(m_box);
        painter.setPen(QPen(Qt::white, 1, Qt::DashLine));
        painter.drawRect(m_box);
    }
}

QColor ConnectionMap::colorAt(const QPointF& position) const
{
    const double x = xAxis->pixelToCoord(position.x());
    const double y = yAxis->pixelToCoord(position.y());
    if (!neuronAt(x) || !neuronAt(y)) {
        return Qt::transparent;
    }
    const auto source = static_cast<std::uint32_t>(x);
    const auto target = static_cast<std::uint32_t>(y);
    const Layer* layer = layerAt(source, target);
    if (layer == nullptr) {
        return Qt::transparent;
    }
    const std::size_t cell
        = *layer->picture->targets.cell_of(target) * layer->picture->sources.size()
        + *layer->picture->sources.cell_of(source);
    const double value = layer->values[cell];
    QCPColorGradient colors = gradient();
    return std::isnan(value) ? QColor(Qt::transparent) : QColor(colors.color(value, m_range));
}

} // namespace ui
