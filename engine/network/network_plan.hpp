#pragma once

#include "engine/config/experiment.hpp"
#include "engine/network/plan.hpp"

#include <string>
#include <vector>

namespace engine::network {

/// Memory that a network needs, by purpose [bytes].
struct MemoryNeed {
    double neurons = 0.0; ///< state, parameters, input
    double synapses = 0.0; ///< with where each source's begin, and sums that are on their way
    double recording = 0.0; ///< recent recordings, spikes on their way, statistics
    double build = 0.0; ///< beside neurons and synapses, until the network stands

    double total() const; ///< at the moment when it is largest
};

/// What a network will look like, known before anything of it is made.
struct NetworkPlan {
    std::vector<ProjectionPlan> projections; ///< bytes: those of the whole projection
    double synapses = 0.0; ///< expected
    MemoryNeed memory;
    std::string too_dense; ///< why the storage cannot hold a projection; empty where it can
};

/// `threads` >= 1. For an experiment whose rules can be met.
NetworkPlan plan_network(const config::Experiment& experiment, int threads, bool plain = false);

/// "the network needs about 3.2 GB of memory, 1.1 GB are available (the control group)"; empty
/// where it fits. Likewise where a projection is denser than its storage can number.
std::string what_lacks(const NetworkPlan& plan);

} // namespace engine::network
