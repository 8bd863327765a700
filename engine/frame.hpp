#pragma once

#include "engine/analysis/network_statistics.hpp"
#include "engine/analysis/neuron_follower.hpp"
#include "engine/analysis/neuron_states.hpp"
#include "engine/analysis/recent_input.hpp"
#include "engine/config/preset_document.hpp"
#include "engine/core/diagnostic.hpp"
#include "engine/live_report.hpp"
#include "engine/recording/history.hpp"
#include "engine/simulation.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

// What the engine tells the window: values only.

namespace engine {

enum class RunState {
    empty, ///< nothing opened yet
    running,
    paused,
    ended, ///< at the end of the duration, at_end "stop" (or null speed)
    failed, ///< a neuron ran away; the message is in a notice
};

/// A message for people; never modal.
struct Notice {
    core::Severity severity = core::Severity::note;
    std::string text;
    core::Diagnostics details;
};

struct Status {
    RunState state = RunState::empty;
    double t_ms = 0.0;
    double dt_ms = 0.1;
    std::optional<double> duration_ms;
    std::optional<double> speed = 1.0; ///< asked for; missing = as fast as possible
    double pace = 0.0; ///< reached, model time / wall time over the last half second
    double capacity = 0.0; ///< pace that the processor would allow (from the time spent working)
    /// Wall time from the arrival of the last change until the first step with it was done; missing
    /// where nothing has been changed while it ran.
    std::optional<double> response_ms;
    std::uint64_t seed = 1;
    std::uint64_t neurons = 0;
    std::uint64_t synapses = 0;
    int threads = 1;
    std::uint64_t sweep = 0; ///< counts sweeps since the preset was opened
    std::optional<double> build_fraction; ///< while a network is being built
    std::string build_reason; ///< "indegree changes"
    double history_from_ms = 0.0; ///< recorded data is complete from here on
    std::uint64_t state_hash = 0; ///< of the parameters and seed: short identity of the run
};

/// A finished or running sweep with everything that belongs to it: what export and `save run` take.
struct Recording {
    config::PresetDocument as_run; ///< preset at t = 0 with all changes as events
    std::shared_ptr<const recording::History> history;
    core::TimeGrid grid {0.1};
    core::Step end = 0; ///< stamp up to which it is recorded
    bool complete = false; ///< a whole sweep
};

/// Where the present sweep left another run, its original: up to `at` both are the same.
struct Branch {
    core::Step at = 0;
    std::uint64_t sweep = 0; ///< the original's number
    config::PresetDocument at_start; ///< of both
    config::PresetDocument document; ///< the original's, at its end
    std::shared_ptr<const recording::History> history; ///< the original's
    core::Step end = 0; ///< the original was recorded up to this stamp
};

/// What is new since the last frame.
struct Frame {
    std::uint64_t session
        = 0; ///< another number: another network (preset opened, rebuilt): forget everything shown
    std::uint64_t sweep = 0; ///< another number: a new sweep or branch has begun; what was shown is
                             ///< the previous one
    config::PresetDocument document; ///< with the values the engine has now
    Status status;
    std::vector<recording::TraceRows> traces; ///< one for each group of history->groups()
    std::vector<recording::Spike> spikes;
    core::Step from = 0; ///< traces and spikes cover from < stamp <= to
    core::Step to = 0;
    bool skipped = false; ///< more had been recorded than a display can take: data between the last
                          ///< frame's `to` and `from` is in the history only
    std::vector<AppliedChange> changes; ///< since the last frame
    std::vector<Notice> notices;
    std::shared_ptr<const recording::History>
        history; ///< nullptr in state `empty`: the first network is still being built
    /// Of the last 2 s or so of this sweep (from_ms, to_ms), of the last complete sweep where the
    /// preset repeats; renewed a few times a second of wall time. nullptr where the run has just
    /// begun.
    std::shared_ptr<const analysis::NetworkStatistics> statistics = nullptr;
    /// What the preset promises and what the run shows; renewed with the statistics.
    std::shared_ptr<const LiveReport> checks = nullptr;
    /// Of a sweep that began as a branch: what was shown becomes its original.
    std::shared_ptr<const Branch> branch = nullptr;
    /// The neuron that is recorded because somebody looks at it; another pointer after every jump
    /// of the run.
    std::shared_ptr<const analysis::Followed> followed = nullptr;
    /// Synaptic input of the last 2 s, renewed with the statistics; nullptr where it is not
    /// watched.
    std::shared_ptr<const analysis::InputStatistics> input = nullptr;
    /// Of all neurons; nullptr where it is not watched (WatchStates) or not known yet.
    std::shared_ptr<const analysis::NeuronStates> states = nullptr;
};

} // namespace engine
