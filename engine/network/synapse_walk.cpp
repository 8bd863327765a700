#include "engine/network/synapse_walk.hpp"

#include "engine/network/connectivity.hpp"

#include <algorithm>
#include <vector>

namespace engine::network {

namespace {

/// Targets of a batch are numbers of 16 bits.
constexpr std::uint32_t widest_range = 32768;

void cover(std::uint32_t first, std::uint32_t end, std::vector<TargetRange>& to)
{
    while (first < end) {
        const std::uint32_t count = std::min(widest_range, end - first);
        to.push_back({first, count});
        first += count;
    }
}

} // namespace

void walk_synapses(const ProjectionSite& site, const TargetRange& targets, core::Progress* progress,
    const TakeOnto& take)
{
    // All targets are covered: some rules sort what they make into the ranges.
    const std::uint32_t end = targets.first + targets.count;
    std::vector<TargetRange> ranges;
    cover(0, targets.first, ranges);
    const std::size_t begin_range = ranges.size();
    cover(targets.first, end, ranges);
    const std::size_t end_range = ranges.size();
    cover(end, site.targets, ranges);

    WorkerPool pool(1);
    BuildProgress built(progress, expected_synapses(site));
    const auto connectivity = make_connectivity(site, ranges, pool, built);
    for (std::size_t r = begin_range; r < end_range; ++r) {
        connectivity->stream(r)->for_each(
            Columns::all, 1.0, [&](const SynapseBatch& batch) { take(batch, ranges[r].first); });
    }
}

} // namespace engine::network
