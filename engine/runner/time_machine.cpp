#include "engine/runner/time_machine.hpp"

#include "engine/config/whole_values.hpp"
#include "engine/core/diagnostic.hpp"

#include <algorithm>
#include <utility>

namespace engine::runner {

namespace {

// From the beginning the observers see the whole run; a repetition that takes longer starts at a
// checkpoint.
constexpr double short_repetition_s = 0.05;

std::string ms(const core::TimeGrid& grid, core::Step step)
{
    return core::number_text(grid.time_ms(step)) + " ms";
}

/// Entries of a log that belong to the state at `step`: those that the run had before it went on.
std::size_t changes_until(const std::vector<AppliedChange>& changes, core::Step step)
{
    const auto later = std::find_if(changes.begin(), changes.end(),
        [step](const AppliedChange& change) { return change.step > step; });
    return static_cast<std::size_t>(later - changes.begin());
}

} // namespace

TimeMachine::TimeMachine(Simulation& simulation, LiveChecks& checks, std::size_t checkpoint_bytes)
    : simulation_(simulation)
    , checks_(checks)
    , checkpoint_bytes_(checkpoint_bytes / 2) // two sweeps have them
    , checkpoints_(checkpoint_bytes_)
{
}

TimeMachine::Course TimeMachine::present(std::uint64_t sweep) const
{
    return {sweep, simulation_.at_start(), simulation_.document(), simulation_.changes(),
        simulation_.log(), simulation_.history(), simulation_.now(), checkpoints_};
}

void TimeMachine::sweep_ends(std::uint64_t sweep)
{
    if (simulation_.now() > 0) {
        former_ = present(sweep);
    }
    checkpoints_ = Checkpoints(checkpoint_bytes_);
}

/// Whether the present sweep and the other one are the same run up to a step.
bool TimeMachine::same_until(const Course& course, core::Step step) const
{
    const std::size_t count = changes_until(simulation_.changes(), step);
    const auto& log = simulation_.log();
    return course.end >= step && changes_until(course.changes, step) == count
        && std::equal(
            log.begin(), log.begin() + static_cast<std::ptrdiff_t>(count), course.log.begin())
        && (course.at_start.shared_experiment() == simulation_.at_start().shared_experiment()
            || course.at_start.text() == simulation_.at_start().text());
}

Values TimeMachine::unseen() const
{
    Values out;
    const auto& changes = simulation_.changes();
    for (std::size_t i = 0; i < changes.size(); ++i) {
        // The plan comes along in any case.
        const bool of_this_run = config::PresetDocument::names_state(changes[i].path)
            || changes[i].path == config::events_path;
        if (changes[i].step < simulation_.now() || changes[i].from_preset || of_this_run) {
            continue;
        }
        const auto earlier = std::find_if(out.begin(), out.end(),
            [&](const auto& value) { return value.first == changes[i].path; });
        if (earlier != out.end()) {
            out.erase(earlier);
        }
        out.emplace_back(changes[i].path, simulation_.log()[i].value);
    }
    return out;
}

std::string TimeMachine::go_back(
    const ContinueFrom& where, std::uint64_t sweep, double seconds_per_step)
{
    const core::TimeGrid& grid = simulation_.grid();
    const std::uint64_t asked = where.sweep.value_or(sweep);
    const bool in_former = former_ && asked == former_->sweep && asked != sweep;
    if (asked != sweep && !in_former) {
        return "only the present sweep and the one before it are kept";
    }
    const core::Step end = in_former ? former_->end : simulation_.now();
    if (where.step < 0 || where.step > end) {
        return ms(grid, where.step) + " is outside of what has been run, 0 to " + ms(grid, end);
    }
    // Where both are the same run, the longer one is the original.
    const bool former = in_former
        || (former_ && former_->end > simulation_.now() && same_until(*former_, where.step));
    Journey journey {former ? *former_ : present(sweep), 0, where.step, 0, where.present_values,
        simulation_.document(), {}, nullptr, nullptr, checkpoints_};
    const core::Step kept = journey.original.history->first_kept();
    if (where.step < kept) {
        return ms(grid, where.step) + " is not kept any more, what is recorded begins at "
            + ms(grid, kept);
    }
    // At the end of a former run nothing is new: it is gone back to as it was.
    const bool returns = in_former && where.step == end;
    journey.keeps_plan = !returns;
    if (!returns && (former || where.step < simulation_.now())) {
        journey.unseen = unseen();
    }
    journey.state = simulation_.copy_state();
    journey.history = simulation_.history();

    const Checkpoint* nearest = journey.original.checkpoints.before(where.step);
    const bool cheap = static_cast<double>(where.step) * seconds_per_step <= short_repetition_s;
    if (nearest == nullptr || cheap) {
        simulation_.restart_from(journey.original.at_start);
        checks_.sweep_begun();
    } else {
        simulation_.restore(*nearest->state);
        checks_.joined();
        journey.from = nearest->step;
        journey.next = nearest->changes;
    }
    journey_.emplace(std::move(journey));
    return {};
}

double TimeMachine::fraction() const
{
    const auto all = static_cast<double>(journey_->target - journey_->from);
    const auto done = static_cast<double>(simulation_.now() - journey_->from);
    return all > 0.0 ? done / all : 1.0;
}

/// Makes the changes that the original had where the simulation stands.
void TimeMachine::repeat_changes()
{
    const Course& original = journey_->original;
    const std::vector<AppliedChange>& changes = original.changes;
    std::size_t& next = journey_->next;
    for (; next < changes.size() && changes[next].step <= simulation_.now(); ++next) {
        if (changes[next].from_preset) {
            continue; // these are made again by the preset itself
        }
        const config::Event& event = original.log[next];
        const Simulation::SetOutcome outcome = simulation_.set(event.path, event.value);
        if (core::has_errors(outcome.errors) || !outcome.rebuild.empty()) {
            throw core::RunError("the change of " + event.path + " at "
                + core::number_text(event.at_ms) + " ms could not be repeated");
        }
        checks_.values_changed();
    }
}

bool TimeMachine::repeat(core::Step steps)
{
    const core::Step until = std::min(journey_->target, simulation_.now() + steps);
    repeat_changes();
    while (simulation_.now() < until) {
        const auto& changes = journey_->original.changes;
        core::Step to = until;
        if (journey_->next < changes.size()) {
            to = std::min(to, changes[journey_->next].step);
        }
        simulation_.advance(to - simulation_.now());
        repeat_changes();
    }
    return simulation_.now() >= journey_->target;
}

TimeMachine::Arrival TimeMachine::arrive()
{
    Journey journey = std::move(*journey_);
    journey_.reset();
    const Course& original = journey.original;
    simulation_.share_history(*original.history);
    checkpoints_ = original.checkpoints;
    checkpoints_.cut(journey.target);

    Arrival out;
    out.branch = std::make_shared<const Branch>(Branch {journey.target, original.sweep,
        original.at_start, original.document, original.history, original.end});
    out.values = journey.present_values ? values_to_restore(simulation_.document(), journey.left)
                                        : std::move(journey.unseen);
    if (journey.keeps_plan && !journey.present_values) {
        // What is to come is no part of the state of then.
        const std::string path(config::events_path);
        out.values.emplace_back(path, journey.left.value(path).value_or(core::Value {}));
    }
    const auto stands = [this](const auto& value) {
        return simulation_.document().value(value.first) == value.second;
    };
    out.values.erase(
        std::remove_if(out.values.begin(), out.values.end(), stands), out.values.end());
    former_ = std::move(journey.original);
    return out;
}

void TimeMachine::turn_back()
{
    const Journey journey = std::move(*journey_);
    journey_.reset();
    simulation_.restore(*journey.state);
    simulation_.share_history(*journey.history);
    checks_.joined();
    checkpoints_ = journey.checkpoints;
}

} // namespace engine::runner
