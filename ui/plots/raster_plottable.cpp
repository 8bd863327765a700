#include "ui/plots/raster_plottable.hpp"

#include <algorithm>
#include <cmath>

namespace ui {

using engine::core::Step;

RasterPlottable::RasterPlottable(QCPAxis* keyAxis, QCPAxis* valueAxis)
    : QCPAbstractPlottable(keyAxis, valueAxis)
{
    setSelectable(QCP::stNone);
}

void RasterPlottable::setRows(RasterRows rows)
{
    m_rows = std::move(rows);
    ++m_rowsVersion;
}

void RasterPlottable::setSource(
    std::shared_ptr<const engine::recording::History> history, engine::core::TimeGrid grid)
{
    m_history = std::move(history);
    m_grid = grid;
}

QSize RasterPlottable::deviceSize() const
{
    const double ratio = mParentPlot->bufferDevicePixelRatio();
    const QSize size = keyAxis()->axisRect()->size();
    return {std::max(1, static_cast<int>(std::ceil(size.width() * ratio))),
        std::max(1, static_cast<int>(std::ceil(size.height() * ratio)))};
}

Step RasterPlottable::scale() const
{
    // Anything that moves a dot within the image; equal scales give equal numbers.
    const QSize size = deviceSize();
    const auto bits = [](double x) { return std::hash<double> {}(std::round(x * 1e7)); };
    std::size_t mixed = 17;
    for (const std::size_t part :
        {static_cast<std::size_t>(size.width()), static_cast<std::size_t>(size.height()),
            static_cast<std::size_t>(m_rowsVersion), bits(keyAxis()->range().size()),
            bits(valueAxis()->range().lower), bits(valueAxis()->range().upper)}) {
        mixed = mixed * 1000003U ^ part;
    }
    return static_cast<Step>(mixed >> 2U) + 1;
}

void RasterPlottable::clear()
{
    const QSize size = deviceSize();
    if (m_image.size() != size) {
        m_image = QImage(size, QImage::Format_ARGB32_Premultiplied);
    }
    m_image.fill(Qt::transparent);
    const double ratio = mParentPlot->bufferDevicePixelRatio();
    const QCPRange values = valueAxis()->range();
    m_columnMs = keyAxis()->range().size() / size.width();
    m_valueLower = values.lower;
    m_rowPixels = size.height() / values.size();
    // A dot fills its row and is as wide as high, but never looks like a bar.
    m_dotHeight = std::clamp(
        static_cast<int>(std::lround(m_rowPixels + 0.2)), 1, static_cast<int>(3 * ratio));
    m_dotWidth = std::min(m_dotHeight, static_cast<int>(std::ceil(2 * ratio)));
    m_newest = columnOf(keyAxis()->range().lower) - 1;
}

std::int64_t RasterPlottable::columnOf(double t) const
{
    return static_cast<std::int64_t>(std::floor(t / m_columnMs));
}

QColor RasterPlottable::colorOf(std::uint32_t population) const
{
    const auto& blocks = m_rows.blocks();
    for (std::size_t i = 0; i < blocks.size() && i < m_colors.size(); ++i) {
        if (blocks[i].population == population) {
            return m_colors[i];
        }
    }
    return Qt::gray;
}

void RasterPlottable::clearUpTo(std::int64_t column)
{
    const std::int64_t width = m_image.width();
    if (column <= m_newest || width == 0) {
        return;
    }
    const std::int64_t first = std::max(m_newest + 1, column - width + 1);
    for (int y = 0; y < m_image.height(); ++y) {
        auto* line = reinterpret_cast<QRgb*>(m_image.scanLine(y));
        for (std::int64_t c = first; c <= column; ++c) {
            line[c % width] = 0;
        }
    }
    m_newest = column;
}

void RasterPlottable::add(double t, std::uint32_t population, std::uint32_t neuron)
{
    const auto row = m_rows.row(population, neuron);
    if (!row || m_image.isNull()) {
        return;
    }
    const std::int64_t width = m_image.width();
    const std::int64_t column = columnOf(t);
    clearUpTo(column + m_dotWidth - 1);
    const int bottom = m_image.height() - 1
        - static_cast<int>(
            std::floor((*row + 0.5 - m_valueLower) * m_rowPixels - 0.5 * m_dotHeight));
    const QRgb color = colorOf(population).rgba();
    for (int y = std::max(0, bottom - m_dotHeight + 1); y <= std::min(bottom, m_image.height() - 1);
         ++y) {
        auto* line = reinterpret_cast<QRgb*>(m_image.scanLine(y));
        for (std::int64_t c = column; c < column + m_dotWidth; ++c) {
            if (c >= 0 && c > m_newest - width) {
                line[c % width] = color;
            }
        }
    }
}

void RasterPlottable::draw(QCPPainter* painter)
{
    if (painter->modes().testFlag(QCPPainter::pmVectorized)
        || painter->modes().testFlag(QCPPainter::pmNoCaching)) {
        drawDots(painter);
        return;
    }
    if (m_image.isNull()) {
        return;
    }
    const std::int64_t width = m_image.width();
    const std::int64_t first = std::max<std::int64_t>(0, columnOf(keyAxis()->range().lower));
    clearUpTo(first + width - 1);
    const QRect area = keyAxis()->axisRect()->rect();
    const double ratio = mParentPlot->bufferDevicePixelRatio();
    const int split = static_cast<int>(first % width);
    const auto part = [&](int from, int count, int at) {
        painter->drawImage(
            QRectF(area.left() + at / ratio, area.top(), count / ratio, m_image.height() / ratio),
            m_image, QRectF(from, 0, count, m_image.height()));
    };
    part(split, static_cast<int>(width) - split, 0);
    if (split > 0) {
        part(0, split, static_cast<int>(width) - split);
    }
}

void RasterPlottable::drawDots(QCPPainter* painter) const
{
    if (!m_history) {
        return;
    }
    const QCPRange range = keyAxis()->range();
    const QRect area = keyAxis()->axisRect()->rect();
    const double rowPixels = area.height() / valueAxis()->range().size();
    const double height = std::clamp(rowPixels, 0.6, 3.0);
    for (const auto& spike :
        m_history->spikes(m_grid.steps(range.lower) - 1, m_grid.steps(range.upper))) {
        if (const auto row = m_rows.row(spike.population, spike.neuron)) {
            const double x = keyAxis()->coordToPixel(m_grid.time_ms(spike.step));
            const double y = valueAxis()->coordToPixel(*row + 0.5);
            painter->fillRect(QRectF(x, y - 0.5 * height, std::clamp(height, 0.8, 2.0), height),
                colorOf(spike.population));
        }
    }
}

double RasterPlottable::selectTest(
    const QPointF& /*position*/, bool /*onlySelectable*/, QVariant* /*details*/) const
{
    return -1.0;
}

QCPRange RasterPlottable::getKeyRange(bool& found, QCP::SignDomain /*domain*/) const
{
    found = false;
    return {};
}

QCPRange RasterPlottable::getValueRange(
    bool& found, QCP::SignDomain /*domain*/, const QCPRange& /*keyRange*/) const
{
    found = true;
    return {0.0, m_rows.height()};
}

void RasterPlottable::drawLegendIcon(QCPPainter* painter, const QRectF& rect) const
{
    painter->fillRect(rect, m_colors.empty() ? QColor(Qt::gray) : m_colors.front());
}

} // namespace ui
