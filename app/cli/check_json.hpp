#pragma once

#include "engine/checks/report.hpp"

#include <nlohmann/json.hpp>

namespace app::cli {

/// A check with what was measured, for `verify --json` and `run --summary`. `pass` is null where
/// the run ended before the window did.
nlohmann::ordered_json as_json(const engine::checks::Result& result);

} // namespace app::cli
