#pragma once

#include "engine/network/connectivity.hpp"

namespace engine::network {

/// Pairs of a source and a target that may be connected.
std::uint64_t available_pairs(const ProjectionSite& site);

/// Rules whose synapses do not come target by target: fixed_outdegree (random numbers belong to the
/// source), fixed_total_number (to the projection) and explicit lists. nullptr for other rules.
std::unique_ptr<Connectivity> make_pair_rule(const ProjectionSite& site,
    const std::vector<TargetRange>& ranges, WorkerPool& pool, BuildProgress& progress);

} // namespace engine::network
