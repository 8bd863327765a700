#pragma once

#include "engine/analysis/statistics_observer.hpp"
#include "engine/live_simulation.hpp"
#include "engine/runner/board.hpp"
#include "engine/runner/builder.hpp"
#include "engine/runner/inbox.hpp"
#include "engine/runner/live_checks.hpp"
#include "engine/runner/meter.hpp"
#include "engine/runner/pacer.hpp"
#include "engine/runner/parameter_values.hpp"
#include "engine/runner/state_watch.hpp"
#include "engine/runner/time_machine.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace engine::runner {

/// The engine's thread: owns the simulation, executes commands between batches, paces, and tells
/// the board. Everything is used by that thread alone; recording() also by others once it has
/// ended.
class Runner {
public:
    Runner(const LiveOptions& options, Inbox& inbox, Board& board);

    void run(const std::stop_token& stop);
    /// The last complete sweep where asked for and the preset repeats, else the present one.
    std::optional<Recording> recording(bool last_complete) const;

private:
    /// The network that is running.
    struct Session {
        std::unique_ptr<Simulation> simulation;
        std::shared_ptr<analysis::RecentStatistics> recent; ///< observes it
        std::unique_ptr<LiveChecks> checks; ///< likewise
        std::unique_ptr<TimeMachine> time;
        config::PresetDocument opened; ///< as it was opened: what ResetParameters goes back to
        std::uint64_t sweep = 0;
        std::optional<Recording> complete; ///< the last sweep that ran to its end
        std::size_t changes_told = 0;
        bool sweep_measured = false; ///< what was measured in a complete sweep has been told
        // On the way back to a moment:
        std::optional<Recording> left; ///< the run that is shown meanwhile
        std::vector<Command> waiting; ///< commands that are meant for the branch
        std::shared_ptr<core::Progress> progress;
        std::shared_ptr<const Branch> branch {}; ///< that the present sweep began as
        std::shared_ptr<analysis::NeuronFollower> follower {}; ///< observes it, where there is one
        std::shared_ptr<analysis::RecentInput> input {}; ///< likewise
        std::shared_ptr<const config::Experiment> input_values {}; ///< that `input` knows
    };
    /// The network that is being built.
    struct Pending {
        std::uint64_t id = 0;
        bool opens = false; ///< a preset; else a rebuild of the present one
        bool run = true; ///< of a preset: whether to run it then
        std::optional<double> speed; ///< of a preset
        config::PresetDocument built; ///< what the builder was given
        config::PresetDocument document; ///< the same with the values that were set since
        std::vector<Values> later; ///< these values
    };

    // Commands (runner_commands.cpp).
    void handle(Inbox::Mail mail);
    void execute(Open& command);
    void execute(SetValues& command);
    void execute(const Run&);
    void execute(const Pause&);
    void execute(const StepOnce& command);
    void execute(const ResetState&);
    void execute(const ResetParameters&);
    void execute(const NewSeed& command);
    void execute(const SetSpeed& command);
    void execute(const ContinueFrom& command);
    void execute(const Follow& command);
    void execute(const WatchInput& command);
    void execute(const SetHistoryBudget& command);
    void execute(const Bound& command);
    void execute(WatchStates& command);
    void execute(const CancelBuild&);
    /// False where the values do not fit the network that is being built; that is told.
    bool set_pending(const Values& values);
    void build(Pending pending, const std::string& reason);
    void rebuild(const config::PresetDocument& document, const std::string& reason);
    void adopt(BuildResult result);

    // Going back (runner_branch.cpp).
    bool going_back() const { return session_ && session_->time->under_way(); }
    /// Keeps a command that has to wait for the branch.
    bool defer(Command& command);
    void go_on_back(); ///< a batch of the way
    void begin_branch();
    void turn_back();
    void end_way_back(); ///< whether the moment was reached or not

    // Running (runner.cpp).
    /// Does a batch where one is due; returns when to come again (missing: when there is mail).
    std::optional<Clock::time_point> work();
    void advance(core::Step steps);
    core::Step batch() const;
    core::Step steps_left() const; ///< up to the end of the sweep or the bound
    core::Step smallest_paced_batch() const;
    void finish_sweep();
    bool begin_sweep(); ///< whether it could
    void fail(const std::string& what);
    void resume();

    void observe_input(); ///< or no longer, as somebody wants

    void publish();
    void publish_notices();
    void publish_measured();
    void publish_measured_sweep(); ///< at the end of one
    void tell_measured();
    void forget_measured(); ///< another run begins
    void notify(core::Severity severity, std::string text, core::Diagnostics details = {});

    /// Between two evaluations of statistics and checks while the run goes on.
    static constexpr std::chrono::milliseconds measured_apart {300};

    Inbox& inbox_;
    Board& board_;
    std::size_t history_bytes_;
    std::size_t checkpoint_bytes_;
    bool beside_;
    std::optional<Session> session_;
    std::uint64_t session_number_ = 0;
    std::optional<Pending> pending_;
    std::uint64_t builds_ = 0;

    RunState state_ = RunState::empty;
    bool run_ = false; ///< what the person wants, whatever the state allows
    bool watch_input_ = false;
    std::optional<double> bound_ms_; ///< no step beyond
    StateWatch states_;
    core::Step steps_asked_ = 0; ///< rest of StepOnce
    Pacer pacer_;
    Meter meter_;
    double seconds_per_step_ = 0.0; ///< smoothed; 0: not known yet
    std::optional<Clock::time_point> changed_; ///< arrival of a change that no step has seen yet
    std::optional<double> response_ms_; ///< of the last change

    std::vector<Notice> notices_; ///< to be told with the next publish()
    bool news_ = false;
    Clock::time_point measured_told_ {}; ///< statistics and checks
    Clock::time_point sweep_told_ {}; ///< those of a complete sweep
    std::shared_ptr<const config::Experiment> hashed_; ///< what state_hash_ is of
    std::uint64_t state_hash_ = 0;

    Builder builder_; // last member: joins before the data above is destroyed
};

} // namespace engine::runner
