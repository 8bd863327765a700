#pragma once

#include "engine/config/preset_document.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace app::cli {

/// What the options of a command change in a preset before it runs.
struct Changes {
    std::optional<double> duration_ms;
    std::optional<std::uint64_t> seed;
    std::optional<double> dt_ms;
    std::vector<std::string> sets; ///< NAME=VALUE
};

/// The preset with all of them, the sets first. One that does not fit yet (V_reset above the old
/// V_th) is tried again after the others. Throws core::InputError.
engine::config::PresetDocument changed(
    engine::config::PresetDocument document, const Changes& changes);

} // namespace app::cli
