#pragma once

#include "app/cli/changes.hpp"
#include "app/cli/finished_run.hpp"

#include <optional>
#include <string>

namespace app::cli {

struct RunArguments {
    std::string preset;
    Changes changes;
    std::optional<double> warmup_ms;
    int threads = 0; ///< 0: chosen by the engine
    std::string traces; ///< empty: not wanted
    std::string spikes;
    std::string summary;
    std::string screenshot;
    bool quiet = false;
};

/// Runs a preset to its end and writes what was asked for: all files or none. Throws UsageError,
/// core::InputError, core::RunError and core::Cancelled.
int run_command(const RunArguments& arguments, const DrawRun& draw);

} // namespace app::cli
