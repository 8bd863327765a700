#pragma once

#include "engine/analysis/value_histogram.hpp"
#include "engine/config/experiment.hpp"
#include "engine/core/progress.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace engine::analysis {

/// The synapses of one projection, counted.
struct ProjectionConnections {
    std::uint64_t synapses = 0;
    std::vector<std::uint32_t> in_degrees; ///< synapses onto each target neuron
    std::vector<std::uint32_t> out_degrees; ///< synapses from each source neuron
    /// Relative weights, to be multiplied by network::weight_factor; empty where the projection has
    /// one weight for all.
    ValueHistogram weights;
    /// Synapses with a delay of k steps; empty where the projection has one delay for all.
    std::vector<std::uint64_t> delays;
};

/// Counts of all synapses of a projection (by its place in the file), made again from rule and
/// seed: the same as in a running network. Memory of a few numbers for each neuron. Pure; any
/// thread. Throws core::Cancelled.
ProjectionConnections count_connections(const config::Experiment& experiment,
    std::size_t projection, core::Progress* progress = nullptr);

/// What turns relative weights into those of the running network: the one weight of all synapses,
/// or the scale of drawn ones.
double weight_factor(const config::Projection& projection);

/// Delay that all synapses have, rounded to the grid [ms]; missing where they differ.
std::optional<double> common_delay_ms(
    const config::Projection& projection, const config::SimulationSettings& simulation);

/// Whether both have the same synapses with the same relative weights: what is counted of the one
/// holds for the other. One weight or delay for all and the scale of drawn weights may differ.
bool same_connections(const config::Experiment& one, const config::Experiment& other);
/// The same for one projection of both.
bool same_connections(
    const config::Experiment& one, const config::Experiment& other, std::size_t projection);

} // namespace engine::analysis
