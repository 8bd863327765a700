#pragma once

#include "engine/analysis/spike_train.hpp"
#include "engine/config/experiment.hpp"
#include "engine/recording/atomic_file.hpp"
#include "engine/simulation.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace app::cli {

/// A picture of a finished run, as a PNG file's content.
using DrawRun = std::function<std::string(const engine::Simulation&)>;

/// Takes recorded data out of a running simulation, writes it to the files and adds up statistics,
/// so that memory does not grow with the run. Files appear all together at the end, or not at all.
class RunOutputs {
public:
    struct Names {
        std::string traces; ///< empty: not wanted
        std::string spikes;
        std::string summary;
        std::string picture;
    };
    /// Statistics of one population; missing where its spikes are not recorded.
    using Statistics = std::vector<std::optional<engine::analysis::SpikeStatistics>>;

    /// Opens the files. Statistics leave out stamps up to `warmup`.
    RunOutputs(const Names& names, const engine::config::Experiment& experiment,
        engine::core::Step warmup);

    void begin(const engine::Simulation& simulation);
    /// Takes what has been recorded since the last call and lets the simulation forget it, unless a
    /// picture of it is wanted.
    void take(engine::Simulation& simulation);
    /// Finishes all files; `summary` and `picture` are called where one is wanted.
    void commit(
        const std::function<std::string()>& summary, const std::function<std::string()>& picture);

    const Statistics& statistics() const { return statistics_; }

private:
    using File = std::unique_ptr<engine::recording::AtomicFile>;

    File traces_;
    File spikes_;
    File summary_;
    File picture_;
    Statistics statistics_;
    engine::core::Step warmup_;
    engine::core::Step taken_ = 0; ///< stamp up to which everything has been taken
};

} // namespace app::cli
