#pragma once

#include "engine/core/time_grid.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace engine::analysis {

/// When spikes make a burst.
struct BurstRule {
    double longest_interval_ms = 15.0; ///< inside a burst [ms]
    std::size_t least_spikes = 3;
};

/// A run of spikes as indices into their train.
struct Burst {
    std::size_t first = 0;
    std::size_t spikes = 0;
    friend bool operator==(const Burst&, const Burst&) = default;
};

/// Maximal runs of spikes whose intervals are at most `rule.longest_interval_ms`, ascending.
/// `spikes` ascending [steps of `dt_ms`]. Empty where there is none. Pure; any thread.
std::vector<Burst> find_bursts(
    std::span<const core::Step> spikes, double dt_ms, BurstRule rule = {});

/// Mean number of spikes of a burst; missing without bursts. Pure; any thread.
std::optional<double> spikes_per_burst(std::span<const Burst> bursts);

} // namespace engine::analysis
