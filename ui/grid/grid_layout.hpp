#pragma once

#include "ui/selection/neuron_selection.hpp"

#include <QRect>
#include <QSize>

#include <cstddef>
#include <optional>
#include <vector>

namespace ui {

/// The neurons of a population as a grid: row by row from the upper left.
struct GridBlock {
    std::size_t size = 0; ///< neurons
    int columns = 1;
    int rows = 1;
    QRect area; ///< pixels of all rows; the title stands above
};

/// Where the neurons of several populations stand: all of one size, a whole number of pixels where
/// there are enough. Grids are nearly square while neurons are large; else they fill the room.
class GridLayout {
public:
    GridLayout() = default;
    /// `sizes`: neurons by population, > 0. `titleHeight`: room above each grid.
    GridLayout(const std::vector<std::size_t>& sizes, QSize room, int titleHeight);

    const std::vector<GridBlock>& blocks() const { return m_blocks; } ///< by population
    double cell() const { return m_cell; } ///< pixels of a neuron, < 1 where several share one
    /// Pixels of a neuron.
    QRectF cellOf(NeuronId id) const;
    std::optional<NeuronId> neuronAt(const QPoint& position) const;
    /// All that a box touches, ascending.
    std::vector<NeuronId> neuronsIn(const QRect& box) const;
    /// Where an arrow key, Home or End (of the population) lead; the same where there is nothing.
    NeuronId moved(NeuronId from, Qt::Key key) const;

private:
    std::vector<GridBlock> m_blocks;
    double m_cell = 1.0;
};

} // namespace ui
