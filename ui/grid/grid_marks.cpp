#include "ui/grid/grid_marks.hpp"

#include "ui/plots/raster_marks.hpp"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace ui {
namespace {

/// Whole pixels of a neuron, at least one.
QRect pixelsOf(const GridLayout& layout, NeuronId id)
{
    const QRectF cell = layout.cellOf(id);
    const QPoint corner(static_cast<int>(cell.left()), static_cast<int>(cell.top()));
    const int size = std::max(1, static_cast<int>(layout.cell()));
    return {corner, QSize(size, size)};
}

/// A stroke at one side of each neuron.
void markSides(QPainter& painter, const GridLayout& layout, const std::vector<NeuronId>& neurons,
    bool left, const QColor& color)
{
    constexpr double part = 0.25;
    std::size_t all = 0;
    for (const GridBlock& block : layout.blocks()) {
        all += block.size;
    }
    if (neurons.size() + 1 >= all) {
        return; // where it is everybody, marks would hide the values and tell nothing
    }
    for (const NeuronId id : neurons) {
        QRect mark = pixelsOf(layout, id);
        const int width = std::max(1, static_cast<int>(std::lround(part * mark.width())));
        if (left) {
            mark.setWidth(width);
        } else {
            mark.setLeft(mark.right() - width + 1);
        }
        if (mark.height() < 4) { // the colour of the value is to be seen beside it
            mark.setHeight(std::max(1, mark.height() / 2));
        }
        painter.fillRect(mark, color);
    }
}

/// The edges between neurons that are among these (ascending) and those that are not.
QList<QLine> outline(const GridLayout& layout, const std::vector<NeuronId>& neurons)
{
    QList<QLine> lines;
    for (const NeuronId id : neurons) {
        const GridBlock& block = layout.blocks()[id.population];
        const auto columns = static_cast<std::uint32_t>(block.columns);
        const std::uint32_t column = id.neuron % columns;
        const auto has = [&](bool inside, std::uint32_t neuron) {
            return inside
                && std::binary_search(
                    neurons.begin(), neurons.end(), NeuronId {id.population, neuron});
        };
        const QRect cell = pixelsOf(layout, id);
        const auto edge = [&](bool inside, std::uint32_t neuron, const QLine& line) {
            if (!has(inside, neuron)) {
                lines += line;
            }
        };
        edge(column > 0, id.neuron - 1, {cell.topLeft(), cell.bottomLeft()});
        edge(column + 1 < columns, id.neuron + 1, {cell.topRight(), cell.bottomRight()});
        edge(id.neuron >= columns, id.neuron - columns, {cell.topLeft(), cell.topRight()});
        edge(true, id.neuron + columns, {cell.bottomLeft(), cell.bottomRight()});
    }
    return lines;
}

} // namespace

void paintGridMarks(QPainter& painter, const GridLayout& layout, const NeuronSelection& selection,
    const engine::analysis::Neighbours* neighbours, const PlotColors& colors)
{
    if (layout.blocks().empty()) {
        return;
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
    if (neighbours != nullptr) {
        markSides(painter, layout, sendersOf(*neighbours), true, plotColors(true).green);
        markSides(painter, layout, receiversOf(*neighbours), false, colors.orange);
    }
    painter.setPen(QPen(Qt::white, 1));
    painter.drawLines(outline(layout, selection.chosen()));
    if (const auto followed = selection.followed()) {
        // Black and white: seen on every colour.
        const QRect cell = pixelsOf(layout, *followed);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(Qt::black, 1));
        painter.drawRect(cell.adjusted(-3, -3, 2, 2));
        painter.drawRect(cell.adjusted(-1, -1, 0, 0));
        painter.setPen(QPen(Qt::white, 1));
        painter.drawRect(cell.adjusted(-2, -2, 1, 1));
    }
}

} // namespace ui
