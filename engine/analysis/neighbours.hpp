#pragma once

#include "engine/config/experiment.hpp"
#include "engine/core/progress.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace engine::analysis {

/// A neuron that one or several synapses of a projection join to another one.
struct Neighbour {
    std::size_t projection = 0; ///< place in the file
    std::size_t population = 0;
    std::uint32_t neuron = 0;
    std::uint32_t synapses = 0;
    double weight = 0.0; ///< of all of them, in the unit of the projection's port
    friend bool operator==(const Neighbour&, const Neighbour&) = default;
};

/// By projection, then by neuron.
struct Neighbours {
    std::vector<Neighbour> in; ///< those that send spikes to the neuron
    std::vector<Neighbour> out; ///< those that get its spikes
};

/// The neighbours of a neuron in the network of this experiment, however its synapses are stored:
/// rules and seed determine them, so they are made again instead of looked up in a network that is
/// running. Takes the time of making all synapses that leave the population (15 million: a tenth of
/// a second) and the memory of one piece of them; of rules that do not go target by target
/// (fixed_outdegree, fixed_total_number) that of all. Pure; any thread. Throws core::Cancelled.
Neighbours neighbours_of(const config::Experiment& experiment, std::size_t population,
    std::uint32_t neuron, core::Progress* progress = nullptr);

} // namespace engine::analysis
