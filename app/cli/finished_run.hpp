#pragma once

#include "engine/analysis/statistics_observer.hpp"
#include "engine/live_report.hpp"
#include "engine/runner/live_checks.hpp"
#include "engine/simulation.hpp"

#include <functional>
#include <memory>
#include <string>

namespace app::cli {

/// What a picture of a run shows.
struct FinishedRun {
    const engine::Simulation& simulation;
    std::shared_ptr<const engine::analysis::NetworkStatistics> statistics; ///< nullptr: none
    std::shared_ptr<const engine::LiveReport> checks;
};

/// A picture of a finished run, as a PNG file's content.
using DrawRun = std::function<std::string(const FinishedRun&)>;

/// Measures while a run goes on what the window would show of it.
class RunWatch {
public:
    /// Observes the simulation, which has to outlive all calls.
    explicit RunWatch(engine::Simulation& simulation);

    /// Of what has been run until now.
    FinishedRun finished();

private:
    engine::Simulation& simulation_;
    std::shared_ptr<engine::analysis::RecentStatistics> recent_;
    engine::runner::LiveChecks checks_;
};

} // namespace app::cli
