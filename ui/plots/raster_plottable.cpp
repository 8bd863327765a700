#include "ui/plots/raster_plottable.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace ui {

using engine::core::Step;
using engine::recording::Spike;

namespace {

constexpr std::int32_t notShown = std::numeric_limits<std::int32_t>::max();

/// Block that a row of pixels belongs to, the nearest one in a gap; `value`: its middle on the
/// axis.
std::uint8_t blockAt(const RasterRows& rows, double value)
{
    std::size_t nearest = 0;
    double least = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < rows.blocks().size(); ++i) {
        const RasterRows::Block& block = rows.blocks()[i];
        const double distance = std::max(block.first - value, value - block.first - block.shown);
        if (distance < least) {
            least = distance;
            nearest = i;
        }
    }
    return static_cast<std::uint8_t>(std::min<std::size_t>(nearest, 255));
}

} // namespace

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

double RasterPlottable::neuronsPerPixel() const
{
    return valueAxis()->range().size() / deviceSize().height();
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

void RasterPlottable::Canvas::reset(const RasterRows& rows, const std::vector<QColor>& colors,
    QSize size, const QCPRange& times, const QCPRange& values, double ratio)
{
    columnMs = times.size() / size.width();
    const double rowPixels = size.height() / values.size();
    // A dot fills its row and is as wide as high, but never looks like a bar.
    dotHeight = std::clamp(
        static_cast<int>(std::lround(rowPixels + 0.2)), 1, static_cast<int>(3 * ratio));
    dotWidth = std::min(dotHeight, static_cast<int>(std::ceil(2 * ratio)));
    image.reset(size, rowPixels < 1.0, columnOf(times.lower) - 1);
    std::vector<std::uint8_t> ofRow;
    for (int y = 0; y < size.height(); ++y) {
        ofRow.push_back(blockAt(rows, values.lower + (size.height() - y - 0.5) / rowPixels));
    }
    image.setColors(colors, std::move(ofRow));
    top.clear();
    for (const RasterRows::Block& block : rows.blocks()) {
        if (top.size() <= block.population) {
            top.resize(block.population + 1);
        }
        std::vector<std::int32_t>& places = top[block.population];
        places.assign(block.neurons.empty() ? block.shown : block.size, notShown);
        for (std::uint32_t place = 0; place < block.shown; ++place) {
            const double middle = (block.first + place + 0.5 - values.lower) * rowPixels;
            places[block.neuronAt(place)] = size.height()
                - static_cast<std::int32_t>(std::floor(middle - 0.5 * (dotHeight - 1))) - dotHeight;
        }
    }
}

std::int64_t RasterPlottable::Canvas::columnOf(double t) const
{
    return static_cast<std::int64_t>(std::floor(t / columnMs));
}

void RasterPlottable::Canvas::add(std::span<const Spike> spikes, const engine::core::TimeGrid& grid)
{
    if (image.isNull()) {
        return;
    }
    Step step = -1;
    std::int64_t column = 0;
    for (const Spike& spike : spikes) {
        if (spike.step != step) {
            step = spike.step;
            column = columnOf(grid.time_ms(step));
            image.advance(column + dotWidth - 1);
        }
        if (spike.population >= top.size() || spike.neuron >= top[spike.population].size()) {
            continue;
        }
        const std::int32_t first = top[spike.population][spike.neuron];
        if (first == notShown) {
            continue;
        }
        const std::int32_t end = std::min(first + dotHeight, image.height());
        for (std::int32_t y = std::max(first, 0); y < end; ++y) {
            for (std::int64_t c = column; c < column + dotWidth; ++c) {
                image.add(c, y);
            }
        }
    }
}

void RasterPlottable::clear()
{
    m_canvas.reset(m_rows, m_colors, deviceSize(), keyAxis()->range(), valueAxis()->range(),
        mParentPlot->bufferDevicePixelRatio());
    m_ghosts = {};
    if (m_showsGhosts) {
        m_ghosts.reset(m_rows, std::vector<QColor>(m_rows.blocks().size(), m_ghostColor),
            deviceSize(), keyAxis()->range(), valueAxis()->range(),
            mParentPlot->bufferDevicePixelRatio());
    }
}

void RasterPlottable::setGhosts(bool shown, const QColor& color)
{
    m_showsGhosts = shown;
    m_ghostColor = color;
    ++m_rowsVersion; // another image
}

void RasterPlottable::drawRing(QCPPainter* painter, Canvas& canvas) const
{
    if (canvas.image.isNull()) {
        return;
    }
    const std::int64_t width = canvas.image.width();
    const std::int64_t first = std::max<std::int64_t>(0, canvas.columnOf(keyAxis()->range().lower));
    canvas.image.advance(first + width - 1);
    const QImage& image = canvas.image.image();
    const QRect area = keyAxis()->axisRect()->rect();
    const double ratio = mParentPlot->bufferDevicePixelRatio();
    const int split = static_cast<int>(first % width);
    const auto part = [&](int from, int count, int at) {
        painter->drawImage(
            QRectF(area.left() + at / ratio, area.top(), count / ratio, image.height() / ratio),
            image, QRectF(from, 0, count, image.height()));
    };
    part(split, static_cast<int>(width) - split, 0);
    if (split > 0) {
        part(0, split, static_cast<int>(width) - split);
    }
}

void RasterPlottable::draw(QCPPainter* painter)
{
    if (painter->modes().testFlag(QCPPainter::pmVectorized)
        || painter->modes().testFlag(QCPPainter::pmNoCaching)) {
        if (neuronsPerPixel() > 1.0) {
            drawCounts(painter);
        } else {
            drawDots(painter);
        }
        return;
    }
    drawRing(painter, m_ghosts);
    drawRing(painter, m_canvas);
}

std::vector<Spike> RasterPlottable::spikesInView() const
{
    if (!m_history) {
        return {};
    }
    const QCPRange range = keyAxis()->range();
    return m_history->spikes(m_grid.steps(range.lower) - 1, m_grid.steps(range.upper));
}

void RasterPlottable::drawDots(QCPPainter* painter) const
{
    const QRect area = keyAxis()->axisRect()->rect();
    const double rowPixels = area.height() / valueAxis()->range().size();
    const double height = std::clamp(rowPixels, 0.6, 3.0);
    for (const Spike& spike : spikesInView()) {
        const RasterRows::Block* block = m_rows.blockOf(spike.population);
        if (const auto row = m_rows.row(spike.population, spike.neuron)) {
            const double x = keyAxis()->coordToPixel(m_grid.time_ms(spike.step));
            const double y = valueAxis()->coordToPixel(*row + 0.5);
            const auto index = static_cast<std::size_t>(block - m_rows.blocks().data());
            painter->fillRect(QRectF(x, y - 0.5 * height, std::clamp(height, 0.8, 2.0), height),
                index < m_colors.size() ? m_colors[index] : QColor(Qt::gray));
        }
    }
}

void RasterPlottable::drawCounts(QCPPainter* painter) const
{
    // A million dots would make a file that nobody can open; twice the pixels of the screen print
    // well.
    constexpr double ratio = 2.0;
    const QRect area = keyAxis()->axisRect()->rect();
    const QCPRange times = keyAxis()->range();
    Canvas canvas;
    canvas.reset(m_rows, m_colors, (QSizeF(area.size()) * ratio).toSize(), times,
        valueAxis()->range(), ratio);
    const std::vector<Spike> spikes = spikesInView();
    canvas.add(spikes, m_grid);
    const std::int64_t first = std::max<std::int64_t>(0, canvas.columnOf(times.lower));
    const int width = canvas.image.width();
    canvas.image.advance(first + width - 1);
    const QImage& ring = canvas.image.image();
    const int split = static_cast<int>(first % width);
    QImage image(ring.size(), ring.format());
    image.fill(Qt::transparent);
    QPainter joined(&image);
    joined.drawImage(0, 0, ring, split, 0, width - split);
    joined.drawImage(width - split, 0, ring, 0, 0, split);
    joined.end();
    const QPainter::RenderHints before = painter->renderHints();
    painter->setRenderHints(QPainter::LosslessImageRendering | QPainter::SmoothPixmapTransform);
    painter->drawImage(QRectF(area), image);
    painter->setRenderHints(painter->renderHints(), false);
    painter->setRenderHints(before);
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
