#pragma once

#include "engine/value_changes.hpp"

namespace engine::runner {

/// Whether all of them are states of neurons, which belong to one run.
bool only_states(const Values& values);

/// What has to be set to come from `present` back to `wanted`, as engine::differences() lists it.
/// Pure; any thread.
Values values_to_restore(
    const config::PresetDocument& present, const config::PresetDocument& wanted);

} // namespace engine::runner
