#pragma once

#include "engine/core/time_grid.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace engine::analysis {

/// Rate of a population in bins of `bin` steps after `from`: spikes in the bin / (neurons x bin)
/// [Hz]. Only whole bins up to `to`. `stamps` of all its spikes, ascending. Pure; any thread.
std::vector<double> population_rate_Hz(std::span<const core::Step> stamps, std::size_t neurons,
    core::Step from, core::Step to, core::Step bin, double dt_ms);

/// The same series smoothed with a Gaussian of standard deviation `sigma` [bins], cut at 4 sigma;
/// near the ends over the bins that there are, so that a constant stays what it is. `sigma` 0
/// smooths nothing. Pure; any thread.
std::vector<double> smoothed(std::span<const double> series, double sigma);

} // namespace engine::analysis
