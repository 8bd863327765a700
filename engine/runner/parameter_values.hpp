#pragma once

#include "engine/config/preset_document.hpp"

#include <string>
#include <utility>
#include <vector>

namespace engine::runner {

using Values = std::vector<std::pair<std::string, core::Value>>;

/// The document with all of these values, or what is wrong with the first that does not fit.
config::SetResult with_values(const config::PresetDocument& document, const Values& values);

/// Whether all of them are states of neurons, which belong to one run.
bool only_states(const Values& values);

/// What has to be set to come from `present` back to `wanted`, as engine::differences() lists it.
/// Pure; any thread.
Values values_to_restore(
    const config::PresetDocument& present, const config::PresetDocument& wanted);

} // namespace engine::runner
