#pragma once

#include "engine/config/experiment.hpp"
#include "engine/core/time_grid.hpp"

#include <string>
#include <vector>

// Which stimuli of an experiment repeat one thing, so that the responses can be laid over each
// other. Pure.

namespace engine::analysis {

/// What triggers by this stimulus are called: pulses that a person gives are all alike, whatever
/// their number; others have their key.
std::string trigger_name(const config::Stimulus& stimulus);

/// Triggers that the stimuli of an experiment have after its first step, in file order.
std::vector<std::string> trigger_names(const config::Experiment& experiment);

/// Onsets of all stimuli that make this trigger in the steps from <= k < to; ascending, each once.
std::vector<core::Step> trigger_onsets(
    const config::Experiment& experiment, const std::string& name, core::Step from, core::Step to);

/// Whether network and all other stimuli are the same.
bool same_surroundings(
    const config::Experiment& a, const config::Experiment& b, const std::string& name);

/// Whether responses to this trigger belong together: network and other stimuli are the same, and
/// so is what the trigger does (size, length, targets), where both have it; when and how often it
/// comes does not matter.
bool same_conditions(
    const config::Experiment& a, const config::Experiment& b, const std::string& name);

} // namespace engine::analysis
