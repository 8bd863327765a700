#include "engine/core/diagnostic.hpp"
#include "engine/runner/runner.hpp"

#include <utility>

// How the engine's thread executes commands and takes over networks that have been built.

namespace engine::runner {

void Runner::handle(Inbox::Mail mail)
{
    const std::size_t changes = session_ ? session_->simulation->changes().size() : 0;
    for (Command& command : mail.commands) {
        if (!defer(command)) {
            std::visit([this](auto& c) { execute(c); }, command);
        }
        news_ = true;
    }
    if (session_ && session_->simulation->changes().size() > changes) {
        changed_ = mail.since;
    }
    if (state_ != RunState::running) {
        changed_.reset(); // what waits for a person says nothing
    }
    for (BuildResult& result : mail.builds) {
        adopt(std::move(result));
    }
    for (Question& question : mail.questions) {
        try {
            question.answer.set_value(recording(question.last_complete));
        } catch (const std::exception& error) {
            notify(core::Severity::error, error.what());
            question.answer.set_value(std::nullopt);
        }
    }
}

void Runner::execute(Open& command)
{
    const config::SimulationSettings& settings = command.document.experiment().simulation;
    Pending pending {0, true, command.run, settings.speed, command.document, command.document, {}};
    build(std::move(pending), "opening " + command.document.info().title);
}

void Runner::execute(SetValues& command)
{
    // While a rebuild of what is shown goes on, a change is meant for the present network and for
    // the next one; while another preset is being opened, for the one that is shown. States are
    // those of the present network.
    const bool for_pending
        = pending_ && (!session_ || !pending_->opens) && !only_states(command.values);
    if (for_pending && !set_pending(command.values)) {
        return;
    }
    if (!session_) {
        return;
    }
    Simulation& simulation = *session_->simulation;
    const Simulation::SetOutcome outcome = simulation.set_all(command.values);
    const bool refused = core::has_errors(outcome.errors);
    if (!refused && outcome.rebuild.empty()) {
        session_->checks->values_changed();
        if (!only_states(command.values)) {
            session_->recent->values_changed(simulation.now());
        }
    }
    if (for_pending) {
        return; // the present network takes what it can until the next one comes
    }
    if (refused) {
        notify(core::Severity::error, "The value was not accepted", outcome.errors);
    } else if (!outcome.rebuild.empty()) {
        rebuild(*outcome.document, outcome.rebuild);
    }
}

bool Runner::set_pending(const Values& values)
{
    const config::SetResult changed = with_values(pending_->document, values);
    if (!changed.document) {
        notify(core::Severity::error, "The value was not accepted", changed.diagnostics);
        return false;
    }
    const std::string reason
        = config::rebuild_reason(pending_->built.experiment(), changed.document->experiment());
    if (reason.empty()) {
        pending_->document = *changed.document;
        pending_->later.push_back(values);
    } else {
        Pending again = *pending_;
        again.built = *changed.document;
        again.document = *changed.document;
        again.later.clear();
        build(std::move(again), reason);
    }
    return true;
}

void Runner::execute(const Run&)
{
    run_ = true;
    if (pending_) {
        pending_->run = true;
    }
    if (!session_ || going_back()) {
        return;
    }
    if (state_ != RunState::ended || begin_sweep()) {
        resume();
    }
}

void Runner::execute(const Pause&)
{
    run_ = false;
    steps_asked_ = 0;
    if (pending_) {
        pending_->run = false;
    }
    if (state_ == RunState::running) {
        state_ = RunState::paused;
    }
}

void Runner::execute(const StepOnce& command)
{
    execute(Pause {});
    if (session_ && state_ != RunState::ended && command.steps > 0) {
        state_ = RunState::paused;
        steps_asked_ = command.steps;
    }
}

void Runner::execute(const ResetState&)
{
    steps_asked_ = 0;
    if (session_ && begin_sweep()) {
        resume();
    }
}

void Runner::execute(const ResetParameters&)
{
    if (!session_) {
        return;
    }
    const config::PresetDocument present
        = pending_ && !pending_->opens ? pending_->document : session_->simulation->document();
    SetValues command {values_to_restore(present, session_->opened)};
    if (!command.values.empty()) {
        execute(command);
    }
}

void Runner::execute(const NewSeed& command)
{
    SetValues values {{{"simulation/seed", static_cast<double>(command.seed)}}};
    execute(values);
}

void Runner::execute(const SetSpeed& command)
{
    if (command.speed && !(*command.speed > 0.0)) {
        notify(core::Severity::error,
            "The speed is " + core::number_text(*command.speed) + "; it must be > 0");
        return;
    }
    pacer_.set_speed(command.speed);
    if (pending_) {
        pending_->speed = command.speed;
    }
    if (session_) {
        const Clock::time_point now = Clock::now();
        pacer_.anchor(now, session_->simulation->now());
        meter_.reset(now);
    }
}

void Runner::execute(const Follow& command)
{
    if (!session_) {
        return;
    }
    Simulation& simulation = *session_->simulation;
    if (session_->follower) {
        simulation.unobserve(*session_->follower);
        session_->follower.reset();
    }
    const auto& populations = simulation.document().experiment().populations;
    if (!command.neuron) {
        return;
    }
    if (command.neuron->population >= populations.size()
        || command.neuron->neuron >= populations[command.neuron->population].size) {
        notify(core::Severity::error, "There is no such neuron to follow");
        return;
    }
    session_->follower = std::make_shared<analysis::NeuronFollower>(
        simulation.document().experiment(), command.neuron->population, command.neuron->neuron);
    simulation.observe(session_->follower);
}

void Runner::execute(const WatchInput& command)
{
    watch_input_ = command.watched;
    observe_input();
}

void Runner::execute(const Bound& command) { bound_ms_ = command.t_ms; }

void Runner::execute(WatchStates& command)
{
    states_.watch(std::move(command.variable), session_ ? session_->simulation.get() : nullptr);
    board_.tell([](Told& told) {
        told.states.reset();
        told.states_taken = true;
    });
}

void Runner::observe_input()
{
    if (!session_ || watch_input_ == (session_->input != nullptr)) {
        return;
    }
    Simulation& simulation = *session_->simulation;
    if (watch_input_) {
        session_->input_values = simulation.document().shared_experiment();
        session_->input = std::make_shared<analysis::RecentInput>(*session_->input_values);
        simulation.observe(session_->input);
    } else {
        simulation.unobserve(*session_->input);
        session_->input.reset();
    }
}

void Runner::execute(const SetHistoryBudget& command)
{
    history_bytes_ = command.bytes;
    if (session_) {
        session_->simulation->set_history_bytes(history_bytes_);
        news_ = true; // how far back the run is kept
    }
}

void Runner::execute(const CancelBuild&)
{
    if (going_back()) {
        turn_back();
        return;
    }
    if (!pending_) {
        return;
    }
    builder_.cancel();
    pending_.reset();
    board_.tell([](Told& told) {
        told.build.reset();
        told.status.build_reason.clear();
    });
    notify(core::Severity::note, "The build was given up; nothing has changed");
}

void Runner::rebuild(const config::PresetDocument& document, const std::string& reason)
{
    build(Pending {0, false, run_, pacer_.speed(), document, document, {}}, reason);
}

void Runner::build(Pending pending, const std::string& reason)
{
    pending.id = ++builds_;
    pending_ = std::move(pending);
    std::shared_ptr<core::Progress> progress = builder_.request(pending_->id, pending_->built);
    board_.tell([&](Told& told) {
        told.build = std::move(progress);
        told.status.build_reason = reason;
    });
    news_ = true;
}

void Runner::adopt(BuildResult result)
{
    if (!pending_ || result.id != pending_->id) {
        return; // a newer request has taken its place
    }
    const Pending pending = std::move(*pending_);
    pending_.reset();
    board_.tell([](Told& told) {
        told.build.reset();
        told.status.build_reason.clear();
    });
    if (!result.simulation) {
        notices_.push_back(std::move(*result.failure));
        news_ = true;
        return;
    }
    if (pending.opens) {
        run_ = pending.run;
        pacer_.set_speed(pending.speed);
    }
    config::PresetDocument opened = pending.opens || !session_ ? pending.built : session_->opened;
    auto recent
        = std::make_shared<analysis::RecentStatistics>(result.simulation->document().experiment());
    result.simulation->observe(recent);
    auto checks = std::make_unique<LiveChecks>(*result.simulation, opened);
    auto time = std::make_unique<TimeMachine>(*result.simulation, *checks, checkpoint_bytes_);
    session_ = Session {std::move(result.simulation), std::move(recent), std::move(checks),
        std::move(time), std::move(opened), 0, std::nullopt, 0, false, std::nullopt, {}, nullptr};
    session_->simulation->set_history_bytes(history_bytes_); // set while it was being built
    observe_input();
    forget_measured();
    states_.attach(*session_->simulation);
    board_.tell([](Told& told) {
        told.checks.reset();
        told.states.reset();
        told.states_taken = true;
    });
    ++session_number_;
    steps_asked_ = 0;
    seconds_per_step_ = 0.0;
    pacer_.set_dt(session_->simulation->grid().dt_ms());
    resume();
    for (const Values& values : pending.later) {
        const Simulation::SetOutcome outcome = session_->simulation->set_all(values);
        if (core::has_errors(outcome.errors)) {
            notify(core::Severity::error, "The value was not accepted", outcome.errors);
        }
    }
    board_.tell([](Told& told) {
        told.finished.reset();
        told.changes.clear();
    });
}

} // namespace engine::runner
