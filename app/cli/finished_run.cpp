#include "app/cli/finished_run.hpp"

#include <utility>

namespace app::cli {

RunWatch::RunWatch(engine::Simulation& simulation)
    : simulation_(simulation)
    , recent_(
          std::make_shared<engine::analysis::RecentStatistics>(simulation.document().experiment()))
    , checks_(simulation, simulation.document())
{
    simulation.observe(recent_);
}

FinishedRun RunWatch::finished()
{
    auto statistics = recent_->statistics();
    return {simulation_,
        statistics
            ? std::make_shared<const engine::analysis::NetworkStatistics>(std::move(*statistics))
            : nullptr,
        std::make_shared<const engine::LiveReport>(checks_.report())};
}

} // namespace app::cli
