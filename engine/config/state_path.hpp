#pragma once

#include "engine/config/json.hpp"
#include "engine/config/preset_document.hpp"

#include <string_view>

// Numbers of one neuron's state, named from outside: populations/NAME/state/NEURON/V_m sets one,
// populations/NAME/jump/NEURON/V_m adds to it. They are no values of a preset: they change a run,
// from an event or from a person, and last no longer than its state.

namespace engine::config {

/// Whether the path names a state, rightly or not.
bool is_state_path(std::string_view path);

/// What setting the path to the value does in a run of this preset; `tree` is for its variables.
/// Errors have the path as pointer; those of the value have none.
StateChangeResult find_state_change(
    const Json& tree, const Experiment& experiment, std::string_view path, const Json& value);

} // namespace engine::config
