#pragma once

#include "engine/config/experiment.hpp"
#include "engine/core/time_grid.hpp"

#include <vector>

namespace engine::analysis {

/// The steps from <= k < to in which something new begins to act: pulses, spikes of a train that
/// all targets share, steps to another current than 0; of other stimuli their beginning. Ascending,
/// each once. A spike acts in the step that ends at its stamp. Pure; any thread.
std::vector<core::Step> stimulus_onsets(
    const config::Stimulus& stimulus, const core::TimeGrid& grid, core::Step from, core::Step to);

} // namespace engine::analysis
