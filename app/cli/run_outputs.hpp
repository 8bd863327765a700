#pragma once

#include "engine/analysis/statistics_observer.hpp"
#include "engine/checks/evaluator.hpp"
#include "engine/config/experiment.hpp"
#include "engine/recording/atomic_file.hpp"
#include "engine/simulation.hpp"

#include <functional>
#include <memory>
#include <string>

namespace app::cli {

/// Takes recorded data out of a running simulation, writes it to the files and has statistics added
/// up, so that memory does not grow with the run. Files appear all together at the end, or not at
/// all.
class RunOutputs {
public:
    struct Names {
        std::string traces; ///< empty: not wanted
        std::string spikes;
        std::string summary;
        std::string picture;
    };
    /// Opens the files. Statistics leave out stamps up to `warmup`.
    RunOutputs(const Names& names, const engine::config::Experiment& experiment,
        engine::core::Step warmup);

    void begin(engine::Simulation& simulation);
    /// Takes what has been recorded since the last call and lets the simulation forget it, unless a
    /// picture of it is wanted.
    void take(engine::Simulation& simulation);
    /// Finishes all files; `summary` and `picture` are called where one is wanted.
    void commit(
        const std::function<std::string()>& summary, const std::function<std::string()>& picture);

    /// Of the run after the warm-up; only where a summary is wanted.
    engine::analysis::NetworkStatistics statistics() const { return statistics_->statistics(); }
    /// Of the preset's checks; likewise.
    engine::checks::Report report() const { return checks_->report(); }

private:
    using File = std::unique_ptr<engine::recording::AtomicFile>;

    File traces_;
    File spikes_;
    File summary_;
    File picture_;
    std::shared_ptr<engine::analysis::WindowStatistics> statistics_; ///< nullptr: no summary
    std::shared_ptr<engine::checks::Evaluator> checks_; ///< likewise
    engine::core::Step taken_ = 0; ///< stamp up to which everything has been taken
};

} // namespace app::cli
