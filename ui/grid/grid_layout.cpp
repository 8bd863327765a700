#include "ui/grid/grid_layout.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace ui {
namespace {

constexpr int gap = 6; // pixels between grids
constexpr double mostPixels = 32.0;
constexpr double squarePixels = 4.0; // from this size on grids are nearly square

using Shape = std::pair<int, int>; // columns, rows

int ceilOf(std::size_t size, int by)
{
    return static_cast<int>(
        (size + static_cast<std::size_t>(by) - 1) / static_cast<std::size_t>(by));
}

/// Several grids one after the other, `perRow` beside each other.
struct Arrangement {
    std::vector<Shape> shapes;
    std::size_t perRow = 1;
    double cell = 0.0;
};

/// Pixels that a neuron can have.
double cellFor(const std::vector<Shape>& shapes, std::size_t perRow, QSize room, int titleHeight)
{
    int widest = 0; // neurons
    int height = 0;
    int lines = 0;
    for (std::size_t first = 0; first < shapes.size(); first += perRow, ++lines) {
        int width = 0;
        int highest = 0;
        for (std::size_t i = first; i < std::min(first + perRow, shapes.size()); ++i) {
            width += shapes[i].first;
            highest = std::max(highest, shapes[i].second);
        }
        widest = std::max(widest, width);
        height += highest;
    }
    const double wide = room.width() - gap * static_cast<double>(perRow - 1);
    const double high = room.height() - lines * titleHeight - gap * (lines - 1);
    const double cell = std::min({wide / widest, high / height, mostPixels});
    return cell >= 1.0 ? std::floor(cell) : std::max(cell, 1e-3);
}

void consider(
    Arrangement& best, std::vector<Shape> shapes, std::size_t perRow, QSize room, int titleHeight)
{
    const double cell = cellFor(shapes, perRow, room, titleHeight);
    if (cell > best.cell) {
        best = {std::move(shapes), perRow, cell};
    }
}

Arrangement squares(const std::vector<std::size_t>& sizes, QSize room, int titleHeight)
{
    Arrangement best;
    std::vector<Shape> shapes;
    for (const std::size_t size : sizes) {
        const int columns = static_cast<int>(std::ceil(std::sqrt(static_cast<double>(size))));
        shapes.emplace_back(columns, ceilOf(size, columns));
    }
    for (std::size_t perRow = 1; perRow <= sizes.size(); ++perRow) {
        consider(best, shapes, perRow, room, titleHeight);
    }
    return best;
}

/// As wide as the room and above each other, or as high as the room and beside each other.
Arrangement filled(const std::vector<std::size_t>& sizes, QSize room, int titleHeight)
{
    Arrangement best;
    const int high = room.height() - titleHeight;
    const int wide = room.width() - gap * static_cast<int>(sizes.size() - 1);
    for (double cell = squarePixels; cell > 0.05; cell = cell > 1.0 ? cell - 1.0 : cell * 0.8) {
        std::vector<Shape> above;
        std::vector<Shape> beside;
        const int columns = std::max(1, static_cast<int>(room.width() / cell));
        const int rows = std::max(1, static_cast<int>(high / cell));
        for (const std::size_t size : sizes) {
            above.emplace_back(columns, ceilOf(size, columns));
            const int across = ceilOf(size, rows);
            beside.emplace_back(across, ceilOf(size, across));
        }
        if (wide > 0) {
            consider(best, std::move(beside), sizes.size(), room, titleHeight);
        }
        consider(best, std::move(above), 1, room, titleHeight);
        if (best.cell >= cell) {
            break;
        }
    }
    return best;
}

} // namespace

GridLayout::GridLayout(const std::vector<std::size_t>& sizes, QSize room, int titleHeight)
{
    if (sizes.empty() || room.width() < 1 || room.height() <= titleHeight) {
        return;
    }
    Arrangement best = squares(sizes, room, titleHeight);
    if (best.cell < squarePixels) {
        Arrangement other = filled(sizes, room, titleHeight);
        if (other.cell > best.cell) {
            best = std::move(other);
        }
    }
    m_cell = best.cell;
    int top = 0;
    for (std::size_t first = 0; first < sizes.size(); first += best.perRow) {
        int left = 0;
        int highest = 0;
        for (std::size_t i = first; i < std::min(first + best.perRow, sizes.size()); ++i) {
            const auto [columns, rows] = best.shapes[i];
            const QSize pixels(std::max(1, static_cast<int>(std::lround(columns * m_cell))),
                std::max(1, static_cast<int>(std::lround(rows * m_cell))));
            m_blocks.push_back(
                {sizes[i], columns, rows, QRect(QPoint(left, top + titleHeight), pixels)});
            left += pixels.width() + gap;
            highest = std::max(highest, pixels.height());
        }
        top += titleHeight + highest + gap;
    }
}

QRectF GridLayout::cellOf(NeuronId id) const
{
    const GridBlock& block = m_blocks.at(id.population);
    const auto columns = static_cast<std::uint32_t>(block.columns);
    return {block.area.left() + m_cell * (id.neuron % columns),
        block.area.top() + m_cell * (id.neuron / columns), m_cell, m_cell};
}

std::optional<NeuronId> GridLayout::neuronAt(const QPoint& position) const
{
    for (std::size_t p = 0; p < m_blocks.size(); ++p) {
        const GridBlock& block = m_blocks[p];
        if (!block.area.contains(position)) {
            continue;
        }
        const QPoint inside = position - block.area.topLeft();
        const int column = std::min(static_cast<int>(inside.x() / m_cell), block.columns - 1);
        const int row = std::min(static_cast<int>(inside.y() / m_cell), block.rows - 1);
        const auto neuron = static_cast<std::size_t>(row) * static_cast<std::size_t>(block.columns)
            + static_cast<std::size_t>(column);
        if (neuron < block.size) {
            return NeuronId {static_cast<std::uint32_t>(p), static_cast<std::uint32_t>(neuron)};
        }
    }
    return std::nullopt;
}

std::vector<NeuronId> GridLayout::neuronsIn(const QRect& box) const
{
    std::vector<NeuronId> neurons;
    for (std::size_t p = 0; p < m_blocks.size(); ++p) {
        const GridBlock& block = m_blocks[p];
        const QRect part = box.intersected(block.area).translated(-block.area.topLeft());
        if (part.isEmpty()) {
            continue;
        }
        const auto at = [this](int pixel, int most) {
            return std::min(static_cast<int>(pixel / m_cell), most - 1);
        };
        for (int row = at(part.top(), block.rows); row <= at(part.bottom(), block.rows); ++row) {
            for (int column = at(part.left(), block.columns);
                 column <= at(part.right(), block.columns); ++column) {
                const auto neuron
                    = static_cast<std::size_t>(row) * static_cast<std::size_t>(block.columns)
                    + static_cast<std::size_t>(column);
                if (neuron < block.size) {
                    neurons.push_back(
                        {static_cast<std::uint32_t>(p), static_cast<std::uint32_t>(neuron)});
                }
            }
        }
    }
    return neurons;
}

NeuronId GridLayout::moved(NeuronId from, Qt::Key key) const
{
    const GridBlock& block = m_blocks.at(from.population);
    const auto columns = static_cast<std::uint32_t>(block.columns);
    const auto last = [this](std::uint32_t population) {
        return static_cast<std::uint32_t>(m_blocks[population].size - 1);
    };
    const std::uint32_t end = last(from.population);
    switch (key) {
    case Qt::Key_Home:
        return {from.population, 0};
    case Qt::Key_End:
        return {from.population, end};
    case Qt::Key_Right:
        if (from.neuron < end) {
            return {from.population, from.neuron + 1};
        }
        return from.population + 1 < m_blocks.size() ? NeuronId {from.population + 1, 0} : from;
    case Qt::Key_Left:
        if (from.neuron > 0) {
            return {from.population, from.neuron - 1};
        }
        return from.population > 0 ? NeuronId {from.population - 1, last(from.population - 1)}
                                   : from;
    case Qt::Key_Up:
        if (from.neuron >= columns) {
            return {from.population, from.neuron - columns};
        }
        break;
    case Qt::Key_Down:
        if (from.neuron + columns <= end) {
            return {from.population, from.neuron + columns};
        }
        break;
    default:
        return from;
    }
    // Over the edge: to the nearest neuron of a grid above or below.
    const bool up = key == Qt::Key_Up;
    const QPointF center = cellOf(from).center();
    double least = 0.0;
    NeuronId next = from;
    for (std::uint32_t p = 0; p < m_blocks.size(); ++p) {
        const QRect& area = m_blocks[p].area;
        const bool there = up ? area.bottom() < block.area.top() : area.top() > block.area.bottom();
        if (!there) {
            continue;
        }
        const int x = std::clamp(static_cast<int>(center.x()), area.left(), area.right());
        const double distance
            = std::abs(center.x() - x) + std::abs(center.y() - (up ? area.bottom() : area.top()));
        const auto neuron = neuronAt({x, up ? area.bottom() : area.top()});
        if (next == from || distance < least) {
            least = distance;
            next = neuron.value_or(NeuronId {p, last(p)}); // the last row may be shorter
        }
    }
    return next;
}

} // namespace ui
