#pragma once

#include "app/cli/finished_run.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace app::cli {

struct RunArguments {
    std::string preset;
    std::optional<double> duration_ms;
    std::optional<std::uint64_t> seed;
    std::optional<double> dt_ms;
    std::optional<double> warmup_ms;
    int threads = 0; ///< 0: chosen by the engine
    std::vector<std::string> sets; ///< NAME=VALUE
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
