#include "ui/plots/raster_image.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace ui {
namespace {

constexpr double shadeAtLevel = 0.75;

} // namespace

void RasterImage::reset(QSize size, bool density, std::int64_t before)
{
    if (m_image.size() != size) {
        m_image = QImage(size, QImage::Format_ARGB32_Premultiplied);
    }
    m_image.fill(Qt::transparent);
    const auto columns = static_cast<std::size_t>(size.width());
    m_counts.assign(columns * static_cast<std::size_t>(size.height()), 0);
    m_sums.assign(columns, {});
    m_touched.assign(columns, 0);
    m_newest = before;
    if (m_density != density) {
        m_density = density;
        m_level = 1;
        makeShades();
    }
}

void RasterImage::setColors(const std::vector<QColor>& colors, std::vector<std::uint8_t> ofRow)
{
    m_ofRow = std::move(ofRow);
    if (m_colors != colors) {
        m_colors = colors;
        makeShades();
    }
}

void RasterImage::makeShades()
{
    m_shades.assign(std::max<std::size_t>(m_colors.size(), 1), {});
    for (std::size_t i = 0; i < m_colors.size(); ++i) {
        for (std::size_t count = 1; count < m_shades[i].size(); ++count) {
            QColor color = m_colors[i];
            if (m_density) {
                color.setAlphaF(static_cast<float>(
                    1.0 - std::pow(1.0 - shadeAtLevel, static_cast<double>(count) / m_level)));
            }
            m_shades[i][count] = qPremultiply(color.rgba());
        }
    }
    std::fill(m_touched.begin(), m_touched.end(), std::uint8_t {1});
}

void RasterImage::advance(std::int64_t column)
{
    const std::int64_t columns = width();
    if (column <= m_newest || columns == 0) {
        return;
    }
    const std::int64_t first = std::max(m_newest + 1, column - columns + 1);
    const auto clear = [&](std::int64_t from, std::int64_t to) { // places in the ring
        const auto begin = static_cast<std::ptrdiff_t>(from);
        const auto end = static_cast<std::ptrdiff_t>(to);
        for (std::ptrdiff_t row = 0; row < height(); ++row) {
            const auto line = m_counts.begin() + row * columns;
            std::fill(line + begin, line + end, std::uint8_t {0});
        }
        std::fill(m_sums.begin() + begin, m_sums.begin() + end, Sums {});
        std::fill(m_touched.begin() + begin, m_touched.begin() + end, std::uint8_t {1});
    };
    const std::int64_t from = first % columns;
    const std::int64_t to = from + (column - first + 1);
    clear(from, std::min(to, columns));
    if (to > columns) {
        clear(0, to - columns);
    }
    m_newest = column;
}

void RasterImage::followLevel()
{
    Sums all;
    for (const Sums& sums : m_sums) {
        all.counts += sums.counts;
        all.squares += sums.squares;
    }
    if (all.counts == 0) {
        return;
    }
    // What a spike finds in its pixel on average. Only a clear change makes another level: the
    // picture must not flicker.
    constexpr double clearChange = 0.8; // of a power of two
    const double wanted
        = std::log2(static_cast<double>(all.squares) / static_cast<double>(all.counts));
    if (std::abs(wanted - std::log2(m_level)) > clearChange) {
        m_level = 1 << std::lround(wanted);
        makeShades();
    }
}

const QImage& RasterImage::image()
{
    if (m_density) {
        followLevel();
    }
    const std::size_t columns = m_sums.size();
    std::vector<std::pair<std::size_t, std::size_t>> runs; // of touched columns
    for (std::size_t x = 0; x < columns; ++x) {
        if (m_touched[x] != 0) {
            if (runs.empty() || runs.back().second != x) {
                runs.emplace_back(x, x);
            }
            runs.back().second = x + 1;
            m_touched[x] = 0;
        }
    }
    const auto rows = std::min(m_ofRow.size(), static_cast<std::size_t>(height()));
    for (std::size_t y = 0; y < rows && !runs.empty(); ++y) {
        const Shades& shades = m_shades[m_ofRow[y]];
        const std::uint8_t* counts = m_counts.data() + y * columns;
        auto* line = reinterpret_cast<QRgb*>(m_image.scanLine(static_cast<int>(y)));
        for (const auto& [from, to] : runs) {
            for (std::size_t x = from; x < to; ++x) {
                line[x] = shades[counts[x]];
            }
        }
    }
    return m_image;
}

} // namespace ui
