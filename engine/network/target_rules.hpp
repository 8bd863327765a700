#pragma once

#include "engine/network/connectivity.hpp"

namespace engine::network {

/// Rules that give each target its sources: all_to_all, one_to_one, fixed_indegree,
/// pairwise_bernoulli. Random numbers belong to the target.
std::unique_ptr<Connectivity> make_target_rule(
    const ProjectionSite& site, const std::vector<TargetRange>& ranges, BuildProgress& progress);

} // namespace engine::network
