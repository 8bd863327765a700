#pragma once

#include "engine/command.hpp"
#include "engine/frame.hpp"
#include "engine/runner/checkpoints.hpp"
#include "engine/runner/live_checks.hpp"
#include "engine/runner/parameter_values.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace engine::runner {

/// Brings a live simulation back to a moment that was recorded: from the nearest checkpoint, or
/// from the beginning, it repeats the run with the changes of the log until that moment. Goes back
/// within the present sweep, the one before it and the one that the present sweep branched from.
/// Used by the engine's thread alone.
class TimeMachine {
public:
    /// Both have to outlive all calls.
    TimeMachine(Simulation& simulation, LiveChecks& checks, std::size_t checkpoint_bytes);

    /// After a batch that took `busy_s`.
    void after_batch(double busy_s) { checkpoints_.after_batch(simulation_, busy_s); }
    /// The simulation is about to begin another sweep than number `sweep`.
    void sweep_ends(std::uint64_t sweep);

    /// Begins to go back. Returns why that is not possible; nothing has changed then.
    /// `seconds_per_step`: what the run costs, 0 where it is not known yet. `sweep`: number of the
    /// present one.
    std::string go_back(const ContinueFrom& where, std::uint64_t sweep, double seconds_per_step);
    bool under_way() const { return journey_.has_value(); }
    double fraction() const;
    /// Does at most `steps` steps; returns whether the moment has been reached. Throws
    /// core::RunError.
    bool repeat(core::Step steps);
    /// At the moment: what was recorded and what was left behind belong to the branch from here
    /// on. Returns the values that go with it: changes that no step had seen before going back, or
    /// all values where they were asked for.
    struct Arrival {
        std::shared_ptr<const Branch> branch;
        Values values;
    };
    Arrival arrive();
    /// Gives up: the simulation stands where it stood.
    void turn_back();

private:
    /// A run with everything that it takes to repeat it.
    struct Course {
        std::uint64_t sweep = 0;
        config::PresetDocument at_start;
        config::PresetDocument document; ///< at its end
        std::vector<AppliedChange> changes;
        std::vector<config::Event> log;
        std::shared_ptr<const recording::History> history;
        core::Step end = 0;
        Checkpoints checkpoints;
    };
    struct Journey {
        Course original;
        core::Step from = 0; ///< where the repetition began
        core::Step target = 0;
        std::size_t next = 0; ///< entry of the log that has not been repeated yet
        bool present_values = false;
        config::PresetDocument left; ///< with the values when it began
        Values unseen; ///< changes that no step had seen
        // The way back.
        std::shared_ptr<const Simulation::State> state;
        std::shared_ptr<const recording::History> history;
        Checkpoints checkpoints;
        bool keeps_plan = false; ///< the events that are planned now are those of the branch
    };
    Course present(std::uint64_t sweep) const;
    bool same_until(const Course& course, core::Step step) const;
    Values unseen() const;
    void repeat_changes();

    Simulation& simulation_;
    LiveChecks& checks_;
    std::size_t checkpoint_bytes_;
    Checkpoints checkpoints_; ///< of the present sweep
    std::optional<Course> former_; ///< the sweep before, or the original of a branch
    std::optional<Journey> journey_;
};

} // namespace engine::runner
