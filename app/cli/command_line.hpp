#pragma once

#include "app/cli/finished_run.hpp"

namespace app::cli {

/// Exit statuses of the program.
enum Exit : int {
    done = 0,
    wrong_input = 1,
    wrong_usage = 2,
    failed = 3,
    interrupted = 130,
};

/// Whether the arguments are for the command line (a sub-command, --help, --version) and not for
/// the window.
bool is_command(int argc, const char* const* argv);

/// Runs the command line and returns the exit status. Engine only: no display, no toolkit. Pictures
/// of runs are offered where there is something that draws them.
int run(int argc, const char* const* argv, const DrawRun& draw = {});

} // namespace app::cli
