#pragma once

#include "engine/config/preset_document.hpp"
#include "engine/live_report.hpp"

#include <vector>

namespace engine {

/// The settings of `present` that differ from those of `preset`, expressions as they were written;
/// the seed is no setting of this kind. Settings that only one of them has are left out, but for
/// stimuli: where some have come or gone, the list of all of them differs, and so it is with
/// events. Pure; any thread.
std::vector<Difference> differences(
    const config::PresetDocument& present, const config::PresetDocument& preset);

} // namespace engine
