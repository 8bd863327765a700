#pragma once

#include "engine/config/preset_document.hpp"
#include "engine/core/time_grid.hpp"

#include <string>
#include <utility>
#include <vector>

// Values that are set together, and what they mean for a run. Pure; any thread.

namespace engine {

using Values = std::vector<std::pair<std::string, core::Value>>; ///< by path

/// Values of the preset, and states of neurons, which belong to one run.
struct SortedValues {
    Values of_preset;
    Values of_states;
};
SortedValues sorted(const Values& values);

/// The document with all of these values, or what is wrong with the first that does not fit.
config::SetResult with_values(const config::PresetDocument& document, const Values& values);

/// What the states do to neurons, added to `changes`; or the errors of the first that fails.
core::Diagnostics read_states(const config::PresetDocument& document, const Values& states,
    std::vector<config::StateChange>& changes);

/// Whether the list of events is among the values, and the others.
bool names_events(const Values& values);
Values without_events(Values values);

/// The events of a sweep at step `now` once its preset has the events `wanted`: the first `acted`
/// of those that it had stay, others come if their time is not over.
std::vector<config::Event> planned_events(const std::vector<config::Event>& before,
    std::size_t acted, const std::vector<config::Event>& wanted, const core::TimeGrid& grid,
    core::Step now);

} // namespace engine
