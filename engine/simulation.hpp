#pragma once

#include "engine/analysis/observer.hpp"
#include "engine/config/preset_document.hpp"
#include "engine/core/diagnostic.hpp"
#include "engine/core/progress.hpp"
#include "engine/core/time_grid.hpp"
#include "engine/recording/history.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace engine {

/// A change from outside with the model time at which it took effect.
struct AppliedChange {
    core::Step step = 0; ///< before the step with this number, which begins at step dt
    std::string path;
    core::Value before;
    core::Value after;
    bool from_preset = false; ///< one of the preset's events, not a person's change
};

struct SimulationOptions {
    int threads = 0; ///< 0: sensible for this machine and network
    std::size_t history_bytes = std::size_t {1} << 30;
    /// With at_end "continue" the run goes on past its duration, as in a window; headless runs
    /// always stop there.
    bool honour_at_end = false;
    /// Synapses in plain lists instead of the storage that is fastest: the same spikes, as a
    /// reference for tests and benchmarks.
    bool plain_delivery = false;
};

/// A network or neuron that is advanced by whole steps: deterministic, the same bits for any number
/// of threads and any division into calls of advance(). Not thread-safe: one caller at a time,
/// except where a member says so.
class Simulation {
public:
    /// Builds the network. Throws core::InputError (what only the build can find: draws that break
    /// a rule), core::RunError (memory) and core::Cancelled.
    Simulation(const config::PresetDocument& document, SimulationOptions options,
        core::Progress* progress = nullptr);
    ~Simulation();
    Simulation(const Simulation&) = delete;
    Simulation& operator=(const Simulation&) = delete;

    const config::PresetDocument& document() const; ///< with all changes up to now
    const core::TimeGrid& grid() const;
    core::Step now() const; ///< steps done
    core::Step end() const; ///< of the sweep; the largest Step where nothing ends it
    int threads() const;
    std::uint64_t neurons() const;
    std::uint64_t synapses() const;
    double build_seconds() const;
    /// Processor time of each worker thread since it began, the build included [s]. The thread that
    /// calls advance() works as well, but is not among them.
    std::vector<double> worker_cpu_seconds() const;

    /// Does `steps` steps, at most to end(). Applies the preset's events at their times. Throws
    /// core::RunError where a neuron cannot go on: everything up to the step before is recorded and
    /// now() stands there, but the run cannot continue; restart() and restore() still work.
    void advance(core::Step steps);

    /// Steps until spikes have to be exchanged: a good batch for advance().
    core::Step exchange_interval() const;

    /// Sets one value, or a state of a neuron (PresetDocument::state_change), before the next step.
    /// Returns what is wrong (nothing changes then), or that a
    /// rebuild is needed. Of other "events" those from now on act in this sweep, all of them in the
    /// next one.
    struct SetOutcome {
        core::Diagnostics errors;
        std::string rebuild; ///< reason; empty where the change has taken effect
        std::optional<config::PresetDocument>
            document; ///< the changed one, where there is no error
    };
    SetOutcome set(std::string_view path, const core::Value& value);
    /// Several at once (undo of a reset of many parameters): all or nothing.
    SetOutcome set_all(const std::vector<std::pair<std::string, core::Value>>& values);

    /// Back to the initial state with the same random numbers and the present parameters (changes
    /// made by the preset's events are taken back); begins a new history.
    void restart();
    /// The same with the parameters of `at_start`, which needs no other network.
    void restart_from(const config::PresetDocument& at_start);

    /// Changes since the beginning of the sweep, those of the preset's events included.
    const std::vector<AppliedChange>& changes() const;
    /// The same, one by one, as events of a preset: values as they were asked for. A change of
    /// "events" stands there too, but is none.
    const std::vector<config::Event>& log() const;
    /// As it was at the beginning of the sweep.
    const config::PresetDocument& at_start() const;
    /// The preset as it was at t = 0 with all changes since as its events: `run` repeats the run
    /// bit for bit.
    config::PresetDocument as_run() const;

    /// Shared with readers on other threads.
    std::shared_ptr<const recording::History> history() const;
    /// For a consumer that stores recorded data elsewhere: forgets what lies before `stamp`.
    void forget_before(core::Step stamp);
    /// How much of the recorded run is kept, of this sweep and of those that follow.
    void set_history_bytes(std::size_t bytes);

    /// The complete state: neurons, spikes on their way, parameters, position. Copying costs about
    /// its size.
    class State;
    std::shared_ptr<const State> copy_state() const;
    void restore(const State& state);
    static std::size_t bytes(const State& state); ///< memory that it takes, nearly
    /// What was recorded up to now is shared with `recorded`, the history of a run that has come
    /// to the same state.
    void share_history(const recording::History& recorded);

    /// Has an observer told everything from the next step on; at any time between two calls of
    /// advance(). It may be told by several simulations only one after the other.
    void observe(std::shared_ptr<analysis::Observer> observer);
    void unobserve(const analysis::Observer& observer);

    /// The recordable with this index of all neurons of a population as it is now, like the sample
    /// of a trace: `I` is the current of the step that begins. Changes nothing.
    std::vector<double> values(std::size_t population, std::size_t recordable);

    /// Spikes of each population since the beginning of the sweep.
    std::vector<std::uint64_t> spike_counts() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace engine
