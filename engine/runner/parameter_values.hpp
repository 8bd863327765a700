#pragma once

#include "engine/config/preset_document.hpp"
#include "engine/live_report.hpp"

#include <string>
#include <utility>
#include <vector>

namespace engine::runner {

using Values = std::vector<std::pair<std::string, core::Value>>;

/// The document with all of these values, or what is wrong with the first that does not fit.
config::SetResult with_values(const config::PresetDocument& document, const Values& values);

/// The settings of `present` that differ from those of `preset`, expressions as they were written;
/// the seed is no setting of this kind. Same preset apart from values. Pure; any thread.
std::vector<Difference> differences(
    const config::PresetDocument& present, const config::PresetDocument& preset);

/// The settings whose values have to be set to come from `present` back to `wanted`, as
/// differences() lists them. Pure; any thread.
Values values_to_restore(
    const config::PresetDocument& present, const config::PresetDocument& wanted);

} // namespace engine::runner
