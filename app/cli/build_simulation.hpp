#pragma once

#include "app/cli/progress_bar.hpp"
#include "engine/config/preset_document.hpp"
#include "engine/simulation.hpp"

#include <memory>
#include <string>

namespace app::cli {

/// Builds the network of a preset while `bar` shows how far it is, under the name `what`. `threads`
/// 0: chosen by the engine. Throws what Simulation throws.
std::unique_ptr<engine::Simulation> build_simulation(const engine::config::PresetDocument& document,
    int threads, ProgressBar& bar, const std::string& what);

} // namespace app::cli
