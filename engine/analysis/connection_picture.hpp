#pragma once

#include "engine/config/experiment.hpp"
#include "engine/core/progress.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

// A picture of who is connected to whom: rows are targets, columns are sources, both the neurons of
// all populations one after the other, counted through.

namespace engine::analysis {

/// Where each population begins when all neurons are counted through, and behind the last one the
/// number of neurons.
std::vector<std::uint32_t> population_starts(const config::Experiment& experiment);

/// Neighbouring neurons gathered into cells, none across the border of two populations.
struct NeuronCells {
    std::vector<std::uint32_t> edges; ///< cell c holds edges[c] .. edges[c + 1] - 1

    std::size_t size() const { return edges.empty() ? 0 : edges.size() - 1; }
    std::uint32_t first() const { return edges.empty() ? 0 : edges.front(); }
    std::uint32_t end() const { return edges.empty() ? 0 : edges.back(); }
    /// Whether each holds one neuron.
    bool single() const { return size() > 0 && end() - first() == size(); }
    /// Missing outside.
    std::optional<std::size_t> cell_of(std::uint32_t neuron) const;
    friend bool operator==(const NeuronCells&, const NeuronCells&) = default;
};

/// The neurons from `from` up to before `to` in cells of one width, as wide as it takes for about
/// `most` of them; the last one of a population may be narrower.
NeuronCells neuron_cells(const std::vector<std::uint32_t>& starts, std::uint32_t from,
    std::uint32_t to, std::size_t most);

/// What one projection adds to a picture: a block of its cells.
struct ProjectionCells {
    std::size_t projection = 0; ///< place in the file
    std::size_t first_row = 0;
    std::size_t rows = 0;
    std::size_t first_column = 0;
    std::size_t columns = 0;
    std::vector<std::uint32_t> counts; ///< synapses, row by row
    std::vector<double> weights; ///< sums of relative ones; empty where it has one weight for all
};

/// A synapse of a picture whose cells hold one neuron each.
struct PicturedSynapse {
    std::uint32_t target = 0; ///< both counted through all populations
    std::uint32_t source = 0;
    std::uint32_t projection = 0;
    std::uint16_t delay_steps = 0; ///< 0 where the projection has one delay for all
    double weight = 1.0; ///< relative
    friend bool operator==(const PicturedSynapse&, const PicturedSynapse&) = default;
};

struct ConnectionPicture {
    NeuronCells targets; ///< rows
    NeuronCells sources; ///< columns
    std::vector<ProjectionCells> projections; ///< those of which something is in view
    std::vector<PicturedSynapse> synapses; ///< by target, source, projection; only of single cells
};

/// Counts of the synapses between these neurons, made again from rule and seed: memory of the
/// cells, time of the synapses onto the targets. Relative weights: where weights or scales change,
/// it stays (same_connections). Pure; any thread. Throws core::Cancelled.
ConnectionPicture connection_picture(const config::Experiment& experiment,
    const NeuronCells& targets, const NeuronCells& sources, core::Progress* progress = nullptr);

/// What is shown of a cell, per pair of a source and a target: their synapses, or the sum of the
/// weights of those (in the unit of the port).
enum class PictureQuantity { synapses, weight };

/// Row by row; NaN where no projection joins the populations. The weights are those of
/// `experiment`. `only`: of this projection alone.
std::vector<double> picture_values(const ConnectionPicture& picture,
    const config::Experiment& experiment, PictureQuantity quantity,
    std::optional<std::size_t> only = std::nullopt);

} // namespace engine::analysis
