#pragma once

#include <QColor>
#include <QImage>

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace ui {

/// Spikes counted in pixels, and the picture of the counts. Columns lie in a ring on the time axis:
/// a column that enters takes the place of the one that has left, so that scrolling moves nothing.
/// Where a row of pixels stands for several neurons (density) the colour of a pixel grows with its
/// count, up to a level that follows the counts in view; else a pixel with a spike has the full
/// colour.
class RasterImage {
public:
    /// Empty; columns after `before` come first.
    void reset(QSize size, bool density, std::int64_t before);
    bool isNull() const { return m_image.isNull(); }
    int width() const { return m_image.width(); }
    int height() const { return m_image.height(); }

    /// The colour of each row of pixels is that of a place in the list.
    void setColors(const std::vector<QColor>& colors, std::vector<std::uint8_t> ofRow);

    /// Columns up to this one are in view: clears those that are new.
    void advance(std::int64_t column);
    /// A spike in a pixel of a column in view or before it; no column after advance().
    void add(std::int64_t column, int row)
    {
        if (column > m_newest - width()) {
            count(static_cast<std::size_t>(column % width()), static_cast<std::size_t>(row));
        }
    }

    /// Column c is at x = c % width().
    const QImage& image();

    /// Spikes in a pixel that give three quarters of the full colour: a power of two.
    int level() const { return m_level; }
    std::uint8_t countAt(std::int64_t column, int row) const
    {
        return m_counts[static_cast<std::size_t>(row) * m_sums.size()
            + static_cast<std::size_t>(column % width())];
    }

private:
    using Shades = std::array<QRgb, 256>; // by count

    void count(std::size_t x, std::size_t y)
    {
        std::uint8_t& pixel = m_counts[y * m_sums.size() + x];
        if (pixel < 255) {
            Sums& sums = m_sums[x];
            sums.counts += 1;
            sums.squares += 2U * pixel + 1U;
            ++pixel;
        }
        m_touched[x] = 1;
    }
    void followLevel();
    void makeShades();

    struct Sums { // over the pixels of a column
        std::uint64_t counts = 0;
        std::uint64_t squares = 0;
    };
    QImage m_image;
    std::vector<std::uint8_t> m_counts; ///< row by row; 255: or more
    std::vector<Sums> m_sums; ///< by column
    std::vector<std::uint8_t> m_touched; ///< columns to be painted
    std::vector<QColor> m_colors;
    std::vector<Shades> m_shades; ///< by colour
    std::vector<std::uint8_t> m_ofRow;
    std::int64_t m_newest = 0; ///< columns up to here are in the image
    int m_level = 1;
    bool m_density = false;
};

} // namespace ui
