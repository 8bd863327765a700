#pragma once

#include "engine/analysis/network_statistics.hpp"
#include "engine/checks/report.hpp"
#include "engine/simulation.hpp"

#include <string>

namespace app::cli {

/// What was measured while a preset ran.
struct RunResult {
    double simulate_s = 0.0; ///< wall time of the steps alone
    double simulate_cpu_s = 0.0; ///< processor time of the whole process meanwhile
    double warmup_ms = 0.0;
};

/// The summary as indented JSON (preset-format: --summary).
std::string summary_text(const engine::Simulation& simulation, const RunResult& result,
    const engine::analysis::NetworkStatistics& statistics, const engine::checks::Report& report);

/// One line on standard error.
void say_what_was_done(const engine::Simulation& simulation, const RunResult& result);

} // namespace app::cli
