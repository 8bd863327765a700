#pragma once

#include "engine/core/time_grid.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

// Statistics of single spike trains from integer spike steps. A value that does not exist is
// missing, never 0 or NaN. `spikes` are the stamps of one neuron, ascending. Pure; any thread.

namespace engine::analysis {

/// Inter-spike intervals [steps]; one fewer than spikes.
std::vector<core::Step> intervals(std::span<const core::Step> spikes);

/// Population standard deviation / mean of the intervals; missing with fewer than two of them.
std::optional<double> isi_cv(std::span<const core::Step> spikes);

/// Mean of 2 |I' - I| / (I' + I) over neighbouring intervals (Holt et al. 1996,
/// doi:10.1152/jn.1996.75.5.1806); missing with fewer than two intervals.
std::optional<double> isi_cv2(std::span<const core::Step> spikes);

/// Local variation: mean of 3 ((I' - I) / (I' + I))^2 over neighbouring intervals (Shinomoto et al.
/// 2003, doi:10.1162/089976603322518759); missing with fewer than two intervals.
std::optional<double> isi_lv(std::span<const core::Step> spikes);

/// spikes / (neurons x time) [Hz]; missing where time or neurons are 0.
std::optional<double> mean_rate_Hz(std::uint64_t spikes, std::uint64_t neurons, double time_ms);

} // namespace engine::analysis
