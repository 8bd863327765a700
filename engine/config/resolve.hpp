#pragma once

#include "engine/config/experiment.hpp"
#include "engine/config/files.hpp"
#include "engine/config/json.hpp"
#include "engine/config/preset_document.hpp"

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace engine::config {

/// What a preset's tree means.
struct Resolved {
    std::shared_ptr<const Experiment> experiment; ///< usable only where there are no errors
    PresetInfo info;
    core::Diagnostics diagnostics; ///< errors and warnings
    std::unordered_map<const void*, double> evaluated; ///< expressions, by Json::identity()
};

/// How the events of a preset are looked at.
enum class EventCheck {
    form, ///< at, set and value only
    apply, ///< each is applied to what the ones before it left
    apply_few, ///< the same unless there are many: a slider must not wait for the log of a long run
};

/// Evaluates and checks everything. `positions` may be missing: messages then have no lines.
Resolved resolve(const Json& tree, FileReferences& files, const std::string& name,
    const TextPositions* positions, EventCheck events);

} // namespace engine::config
