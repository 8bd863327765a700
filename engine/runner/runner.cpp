#include "engine/runner/runner.hpp"

#include "engine/core/diagnostic.hpp"
#include "engine/core/random.hpp"
#include "engine/runner/priority.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <new>
#include <utility>

namespace engine::runner {

namespace {

using namespace std::chrono_literals;

// A batch should not keep a command waiting for longer than this ...
constexpr double batch_s = 1.5e-3;
// ... and waking up more often than this is more work than a short batch.
constexpr std::chrono::duration<double> shortest_wait = 1ms;
// Batches are stretched to whole exchanges of spikes while they stay below this.
constexpr std::chrono::duration<double> longest_exchange = 3ms;

SimulationOptions simulation_options(const LiveOptions& options)
{
    SimulationOptions out;
    out.threads = options.threads;
    out.history_bytes = options.history_bytes;
    out.honour_at_end = true;
    return out;
}

} // namespace

Runner::Runner(const LiveOptions& options, Inbox& inbox, Board& board)
    : inbox_(inbox)
    , board_(board)
    , history_bytes_(options.history_bytes)
    , checkpoint_bytes_(options.checkpoint_bytes)
    , beside_(options.beside)
    , builder_(simulation_options(options), options.beside,
          [&inbox](BuildResult result) { inbox.post(std::move(result)); })
{
}

void Runner::run(const std::stop_token& stop)
{
    give_way();
    if (beside_) {
        stand_beside();
    }
    while (!stop.stop_requested()) {
        handle(inbox_.take());
        const std::optional<Clock::time_point> next = work();
        publish_measured();
        publish();
        if (!next || *next > Clock::now()) {
            inbox_.wait(stop, next);
        }
    }
    builder_.cancel();
}

std::optional<Clock::time_point> Runner::work()
{
    if (going_back()) {
        go_on_back();
        return Clock::now();
    }
    const bool stepping = steps_asked_ > 0;
    if (!session_ || !(stepping || state_ == RunState::running)) {
        return std::nullopt;
    }
    Simulation& simulation = *session_->simulation;
    const Clock::time_point now = Clock::now();
    const core::Step left = steps_left();
    if (left <= 0) {
        // At the bound. What was measured is told as of a run that goes on.
        const Clock::time_point told = measured_told_ + measured_apart;
        return told > now ? std::optional(told) : std::nullopt;
    }
    if (simulation.now() >= simulation.end()) {
        finish_sweep();
        return Clock::now();
    }
    if (stepping) {
        const core::Step steps = std::min({steps_asked_, batch(), left});
        steps_asked_ -= steps;
        advance(steps);
        return now;
    }
    if (!pacer_.speed()) {
        advance(std::min(batch(), left));
        return now;
    }
    pacer_.forgive(now, simulation.now());
    const core::Step least
        = std::min({smallest_paced_batch(), simulation.end() - simulation.now(), left});
    const core::Step due = pacer_.due(now) - simulation.now();
    if (due < least) {
        return pacer_.when(simulation.now() + least);
    }
    advance(std::min({due, std::max(batch(), least), left}));
    return now;
}

core::Step Runner::steps_left() const
{
    const Simulation& simulation = *session_->simulation;
    if (!bound_ms_) {
        return std::numeric_limits<core::Step>::max();
    }
    // A step that ends at the bound is done, whatever the rounding of its time.
    constexpr double rounding = 1e-6;
    return static_cast<core::Step>(std::floor(*bound_ms_ / simulation.grid().dt_ms() + rounding))
        - simulation.now();
}

core::Step Runner::batch() const
{
    if (seconds_per_step_ <= 0.0) {
        return 1;
    }
    constexpr double most = 1e6;
    const auto steps = static_cast<core::Step>(std::clamp(batch_s / seconds_per_step_, 1.0, most));
    // Threads meet at whole exchanges: a batch that ends there costs no extra meeting.
    const core::Step exchange = session_->simulation->exchange_interval();
    const core::Step beyond = (session_->simulation->now() + steps) % exchange;
    return steps > beyond ? steps - beyond : steps;
}

core::Step Runner::smallest_paced_batch() const
{
    const core::Step exchange = session_->simulation->exchange_interval();
    const core::Step least = pacer_.steps_in(shortest_wait);
    return exchange > least && exchange <= pacer_.steps_in(longest_exchange)
        ? exchange - session_->simulation->now() % exchange
        : least;
}

void Runner::advance(core::Step steps)
{
    Simulation& simulation = *session_->simulation;
    const core::Step before = simulation.now();
    const Clock::time_point begin = Clock::now();
    news_ = true;
    if (session_->input) {
        const auto values = simulation.document().shared_experiment();
        if (values != session_->input_values) {
            session_->input_values = values;
            session_->input->values_changed(*values);
        }
    }
    try {
        simulation.advance(steps);
    } catch (const std::bad_alloc&) {
        fail("The run failed: not enough memory");
    } catch (const std::exception& error) {
        fail(std::string("The run failed: ") + error.what());
    }
    const Clock::time_point end = Clock::now();
    const core::Step done = simulation.now() - before;
    const double busy_s = std::chrono::duration<double>(end - begin).count();
    session_->time->after_batch(busy_s);
    meter_.add(end, static_cast<double>(done) * simulation.grid().dt_ms(), busy_s);
    if (done > 0 && changed_) {
        constexpr double ms_per_s = 1e3;
        response_ms_ = ms_per_s * std::chrono::duration<double>(end - *changed_).count();
        changed_.reset();
    }
    if (done > 0) {
        const double cost = busy_s / static_cast<double>(done);
        constexpr double weight = 0.2;
        seconds_per_step_
            = seconds_per_step_ > 0.0 ? (1.0 - weight) * seconds_per_step_ + weight * cost : cost;
    }
    const bool stops
        = simulation.document().experiment().simulation.at_end != config::AtEnd::repeat;
    if (simulation.now() >= simulation.end() && stops) {
        finish_sweep();
    }
}

void Runner::finish_sweep()
{
    if (session_->simulation->document().experiment().simulation.at_end == config::AtEnd::repeat) {
        session_->complete = recording(false);
        publish_measured_sweep();
        begin_sweep();
    } else {
        state_ = RunState::ended;
        steps_asked_ = 0;
        news_ = true;
    }
}

bool Runner::begin_sweep()
{
    Simulation& simulation = *session_->simulation;
    const core::Step end = simulation.now();
    const bool complete = end >= simulation.end();
    Told::Sweep ended {session_->sweep, simulation.history(), end, nullptr};
    publish();
    session_->time->sweep_ends(session_->sweep);
    try {
        simulation.restart();
    } catch (const std::exception& error) {
        fail(std::string("The run cannot begin again: ") + error.what());
        return false;
    }
    ++session_->sweep;
    session_->changes_told = 0;
    session_->checks->sweep_begun();
    forget_measured();
    // Before the new sweep is told: nobody may see it as ended already.
    state_ = run_ ? RunState::running : RunState::paused;
    pacer_.begin_sweep(end);
    board_.tell([&](Told& told) {
        if (complete) {
            // What nobody has taken of still earlier sweeps is not shown any more.
            told.changes.erase(std::remove_if(told.changes.begin(), told.changes.end(),
                                   [&](const auto& change) { return change.first < ended.number; }),
                told.changes.end());
            ended.branch = session_->branch;
            told.finished = std::move(ended);
        }
    });
    session_->branch.reset();
    news_ = true;
    publish();
    return true;
}

void Runner::fail(const std::string& what)
{
    state_ = RunState::failed;
    steps_asked_ = 0;
    notify(core::Severity::error, what);
}

void Runner::resume()
{
    state_ = run_ ? RunState::running : RunState::paused;
    const Clock::time_point now = Clock::now();
    pacer_.anchor(now, session_->simulation->now());
    meter_.reset(now);
    news_ = true;
}

std::optional<Recording> Runner::recording(bool last_complete) const
{
    if (!session_) {
        return std::nullopt;
    }
    if (session_->left) {
        return last_complete && session_->complete ? session_->complete : session_->left;
    }
    const Simulation& simulation = *session_->simulation;
    const config::SimulationSettings& settings = simulation.document().experiment().simulation;
    if (last_complete && settings.at_end == config::AtEnd::repeat && session_->complete
        && simulation.now() < simulation.end()) {
        return session_->complete;
    }
    const core::TimeGrid& grid = simulation.grid();
    const core::Step now = simulation.now();
    config::PresetDocument as_run
        = simulation.changes().empty() ? simulation.document() : simulation.as_run();
    // `run` of the saved preset has to last as long as what was recorded.
    if (!settings.duration_ms || grid.steps(*settings.duration_ms) < now) {
        config::SetResult longer = as_run.set("simulation/duration", grid.time_ms(now));
        if (longer.document) {
            as_run = *longer.document;
        }
    }
    return Recording {std::move(as_run), simulation.history(), grid, now, now >= simulation.end()};
}

} // namespace engine::runner
