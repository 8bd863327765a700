#pragma once

#include "engine/config/experiment.hpp"

#include <QString>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace ui {

/// Which neurons a raster shows and in which row each stands: a block for each recorded population,
/// with a gap between blocks; a row stands for one neuron.
class RasterRows {
public:
    struct Block {
        std::size_t population = 0;
        QString name;
        std::uint32_t shown = 0; ///< neurons 0 .. shown - 1
        std::uint64_t size = 0;
        double first = 0.0; ///< row of its neuron 0
    };

    /// At most `view.raster.max_neurons` (400 where the preset does not say) neurons, shared out by
    /// the sizes of the populations.
    explicit RasterRows(const engine::config::Experiment& experiment);
    RasterRows() = default;

    const std::vector<Block>& blocks() const { return m_blocks; }
    /// Rows with the gaps.
    double height() const { return m_height; }
    /// Row of a neuron; none where it is not shown.
    std::optional<double> row(std::uint32_t population, std::uint32_t neuron) const;
    /// "E 0-319 of 10000".
    static QString text(const Block& block);

private:
    std::vector<Block> m_blocks;
    std::vector<int> m_blockOf; ///< by population; -1 where not shown
    double m_height = 1.0;
};

} // namespace ui
