#pragma once

#include "engine/config/experiment.hpp"

#include <QString>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace ui {

/// Which neurons a raster shows and in which row each stands: a block for each recorded population,
/// with a gap between blocks; a row stands for one neuron. Neurons stand by their number or in
/// another order, of which the first are shown.
class RasterRows {
public:
    struct Block {
        std::size_t population = 0;
        QString name;
        std::uint32_t shown = 0; ///< so many neurons
        std::uint64_t size = 0;
        double first = 0.0; ///< its lowest row
        std::vector<std::uint32_t> neurons {}; ///< from the lowest row on; empty: by number
        std::vector<std::uint32_t> places {}; ///< the reverse, of all neurons

        std::uint32_t neuronAt(std::uint32_t place) const
        {
            return neurons.empty() ? place : neurons[place];
        }
        std::uint32_t placeOf(std::uint32_t neuron) const
        {
            return places.empty() ? neuron : places[neuron];
        }
    };

    /// At most `most` neurons, shared out by the sizes of the populations; all where missing.
    explicit RasterRows(const engine::config::Experiment& experiment,
        std::optional<std::size_t> most = std::nullopt);
    RasterRows() = default;

    /// All neurons of a population from the lowest row on, each once; empty: by number.
    void setOrder(std::size_t population, std::vector<std::uint32_t> neurons);

    const std::vector<Block>& blocks() const { return m_blocks; }
    /// Rows with the gaps.
    double height() const { return m_height; }
    /// nullptr where none of it is shown.
    const Block* blockOf(std::size_t population) const;
    /// Row of a neuron; none where it is not shown.
    std::optional<double> row(std::uint32_t population, std::uint32_t neuron) const;
    /// The neuron whose row is there, the nearest in its block; none between blocks and outside.
    std::optional<std::pair<std::uint32_t, std::uint32_t>> neuronAt(double row) const;
    /// Neurons of all recorded populations, shown or not.
    std::uint64_t neurons() const;
    /// "E 0-319 of 10000", "I, all 2500", of another order "E, 320 of 10000".
    static QString text(const Block& block);

    /// Places on the axis between two rows, each with what stands there: the name of a population
    /// that is shown as a whole, numbers of neurons of one that is cut.
    std::vector<std::pair<double, QString>> ticks(double lower, double upper) const;

private:
    std::vector<Block> m_blocks;
    std::vector<int> m_blockOf; ///< by population; -1 where not shown
    double m_height = 1.0;
};

} // namespace ui
