#pragma once

#include "engine/core/diagnostic.hpp"
#include "engine/core/progress.hpp"
#include "engine/network/synapse_stream.hpp"
#include "engine/network/synapses.hpp"

#include <cstdint>
#include <memory>
#include <vector>

namespace engine::network {

/// The synapses of a projection as its rule and the seed determine them. Reproducible: nothing
/// depends on threads or on the ranges asked for.
class Connectivity {
public:
    virtual ~Connectivity() = default;

    /// The synapses onto the targets of the range with this number. Each range is asked for once;
    /// several threads may ask for different ranges. Uses this object.
    std::unique_ptr<SynapseStream> stream(std::size_t range);

protected:
    Connectivity(const ProjectionSite& site, const std::vector<TargetRange>& ranges)
        : sources_(site.sources)
        , ranges_(ranges)
    {
    }

private:
    /// Replaces `to` by the synapses onto the targets of the range with this number. Each range is
    /// asked for once; several threads may ask for different ranges.
    virtual void generate(std::size_t range, Synapses& to) = 0;

    std::uint32_t sources_;
    std::vector<TargetRange> ranges_;
};

/// What stands against the rule ("indegree 100 of 50 sources without multapses"), with its pointer.
core::Diagnostics check_rule(const ProjectionSite& site);

/// How many synapses the rule makes; the mean where it is random.
double expected_synapses(const ProjectionSite& site);

/// For a rule that has passed check_rule(). Throws core::Cancelled.
std::unique_ptr<Connectivity> make_connectivity(const ProjectionSite& site,
    const std::vector<TargetRange>& ranges, const core::Progress* progress = nullptr);

} // namespace engine::network
