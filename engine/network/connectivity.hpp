#pragma once

#include "engine/core/diagnostic.hpp"
#include "engine/network/build_progress.hpp"
#include "engine/network/synapse_stream.hpp"
#include "engine/network/synapses.hpp"
#include "engine/network/worker_pool.hpp"

#include <cstddef>
#include <memory>
#include <vector>

namespace engine::network {

/// The synapses of a projection as its rule and the seed determine them. Reproducible: nothing
/// depends on threads or on the ranges asked for.
class Connectivity {
public:
    virtual ~Connectivity() = default;

    /// The synapses onto the targets of the range with this number. Each range is asked for once;
    /// several threads may ask for different ranges. Refers to this object.
    virtual std::unique_ptr<SynapseStream> stream(std::size_t range) = 0;
};

/// What stands against the rule ("indegree 100 of 50 sources without multapses"), with its pointer.
core::Diagnostics check_rule(const ProjectionSite& site);

/// How many synapses the rule makes; the mean where it is random.
double expected_synapses(const ProjectionSite& site);

/// For a rule that has passed check_rule(), and ranges that follow each other up to the last
/// target. Refers to `progress`. Throws core::Cancelled.
std::unique_ptr<Connectivity> make_connectivity(const ProjectionSite& site,
    const std::vector<TargetRange>& ranges, WorkerPool& pool, BuildProgress& progress);

} // namespace engine::network
