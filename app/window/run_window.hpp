#pragma once

#include "app/cli/finished_run.hpp"

#include <string>

namespace app {

/// `spikescope [PRESET] [--screenshot FILE] [--after MS]`: opens the window, or draws it and ends.
/// Returns the exit status.
int run_window(int argc, char** argv);

/// The window as it stands at the end of a run, drawn off screen: a PNG file's content with the run
/// in its text chunks.
std::string draw_finished_run(const cli::FinishedRun& run);

} // namespace app
