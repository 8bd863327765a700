#pragma once

#include "engine/simulation.hpp"

#include <filesystem>

namespace app {

/// `spikescope [PRESET] [--screenshot FILE] [--after MS]`: opens the window, or draws it and ends.
/// Returns the exit status.
int run_window(int argc, char** argv);

/// Draws the window as it stands at the end of a run, off screen. Throws core::RunError where the
/// file cannot be written.
void draw_finished_run(const engine::Simulation& simulation, const std::filesystem::path& file);

} // namespace app
