#include "engine/runner/runner.hpp"

#include "engine/core/diagnostic.hpp"
#include "engine/core/random.hpp"
#include "engine/runner/priority.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <new>
#include <utility>

// What the engine's thread tells.

namespace engine::runner {

using namespace std::chrono_literals;

void Runner::notify(core::Severity severity, std::string text, core::Diagnostics details)
{
    notices_.push_back({severity, std::move(text), std::move(details)});
    news_ = true;
}

void Runner::forget_measured()
{
    measured_told_ = Clock::now();
    // What repeats is shown by its last complete sweep.
    if (!session_->sweep_measured) {
        board_.tell([](Told& told) {
            told.statistics.reset();
            told.input.reset();
        });
    }
}

void Runner::publish_measured()
{
    // A run that stands still is evaluated at once: nothing newer will come.
    const bool goes_on = state_ == RunState::running || steps_asked_ > 0;
    const bool early = Clock::now() < measured_told_ + measured_apart;
    if (session_ && !going_back() && session_->checks->has_news()
        && !(goes_on && (early || !board_.measured_taken()))) {
        tell_measured();
    }
}

void Runner::publish_measured_sweep()
{
    const Clock::time_point now = Clock::now();
    const bool due = now >= sweep_told_ + measured_apart && board_.measured_taken();
    if (due || !session_->sweep_measured) {
        sweep_told_ = now;
        tell_measured();
        session_->sweep_measured = true;
    }
}

void Runner::tell_measured()
{
    measured_told_ = Clock::now();
    const Simulation& simulation = *session_->simulation;
    auto checks = std::make_shared<const LiveReport>(session_->checks->report());
    std::optional<analysis::NetworkStatistics> statistics;
    if (!session_->sweep_measured || simulation.now() >= simulation.end()) {
        statistics = session_->recent->statistics();
    }
    std::shared_ptr<const analysis::InputStatistics> input;
    if (session_->input) {
        if (auto received = session_->input->statistics()) {
            input = std::make_shared<const analysis::InputStatistics>(std::move(*received));
        }
    }
    board_.tell([&](Told& told) {
        told.measured_taken = false;
        told.input = std::move(input);
        told.checks = std::move(checks);
        if (statistics) {
            told.statistics
                = std::make_shared<const analysis::NetworkStatistics>(std::move(*statistics));
        }
    });
}

void Runner::publish_notices()
{
    board_.tell([&](Told& told) {
        told.notices.insert(told.notices.end(), std::make_move_iterator(notices_.begin()),
            std::make_move_iterator(notices_.end()));
    });
    notices_.clear();
}

void Runner::publish()
{
    if (!news_) {
        return;
    }
    news_ = false;
    if (going_back()) {
        publish_notices(); // the run that was left is shown until the branch begins
        return;
    }
    publish_notices();
    std::shared_ptr<const analysis::NeuronStates> states;
    Status status;
    status.state = state_;
    status.speed = pacer_.speed();
    if (session_) {
        const Simulation& simulation = *session_->simulation;
        const config::Experiment& experiment = simulation.document().experiment();
        const bool goes_on = state_ == RunState::running || steps_asked_ > 0;
        states = states_.newer(*session_->simulation, board_, goes_on);
        status.t_ms = simulation.grid().time_ms(simulation.now());
        status.dt_ms = simulation.grid().dt_ms();
        status.duration_ms = experiment.simulation.duration_ms;
        status.pace = state_ == RunState::running ? meter_.pace(Clock::now()) : 0.0;
        status.capacity = meter_.capacity();
        status.response_ms = response_ms_;
        status.seed = experiment.simulation.seed;
        status.neurons = simulation.neurons();
        status.synapses = simulation.synapses();
        status.threads = simulation.threads();
        status.sweep = session_->sweep;
        if (hashed_ != simulation.document().shared_experiment()) {
            hashed_ = simulation.document().shared_experiment();
            state_hash_ = core::hash_name(simulation.document().text());
        }
        status.state_hash = state_hash_;
    }
    board_.tell([&](Told& told) {
        status.build_reason = std::move(told.status.build_reason);
        told.status = std::move(status);
        if (!session_) {
            if (pending_) {
                told.document = pending_->document;
            }
            return;
        }
        const Simulation& simulation = *session_->simulation;
        told.session = session_number_;
        told.document = simulation.document();
        told.history = simulation.history();
        told.branch = session_->branch;
        told.followed = session_->follower ? session_->follower->followed() : nullptr;
        if (states) {
            told.states = std::move(states);
            told.states_taken = false;
        }
        // While it runs the newest row is provisional and waits for the next step; in a pause it is
        // worth seeing.
        told.final_to = simulation.now() - (state_ == RunState::running ? 1 : 0);
        const std::vector<AppliedChange>& changes = simulation.changes();
        for (; session_->changes_told < changes.size(); ++session_->changes_told) {
            told.changes.emplace_back(session_->sweep, changes[session_->changes_told]);
        }
    });
}

} // namespace engine::runner
