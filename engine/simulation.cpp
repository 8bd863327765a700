#include "engine/simulation.hpp"

#include "engine/config/whole_values.hpp"
#include "engine/network/network.hpp"
#include "engine/value_changes.hpp"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <limits>
#include <utility>

namespace engine {

namespace {

core::Step end_of(
    const config::Experiment& experiment, const core::TimeGrid& grid, bool honour_at_end)
{
    const config::SimulationSettings& settings = experiment.simulation;
    const bool endless
        = !settings.duration_ms || (honour_at_end && settings.at_end == config::AtEnd::go_on);
    return endless ? std::numeric_limits<core::Step>::max() : grid.steps(*settings.duration_ms);
}

void refuse(const config::Event& event, const core::Diagnostics& errors)
{
    if (core::has_errors(errors)) {
        throw core::RunError("the event at " + core::number_text(event.at_ms)
            + " ms cannot be applied: " + core::text(errors));
    }
}

} // namespace

/// Where a run stands, apart from its neurons.
struct Position {
    config::PresetDocument at_start; ///< at t = 0 of this sweep
    config::PresetDocument base; ///< the same with the person's changes, without those of events
    config::PresetDocument current; ///< with all changes
    core::Step now = 0;
    std::size_t next_event = 0; ///< first of the preset's events that has not been applied
    std::vector<AppliedChange> changes;
    std::vector<config::Event> log; ///< the same as events of a run that repeats this one, and
                                    ///< changes of what is planned
};

class Simulation::State {
public:
    State(Position at, network::Network::State of_network)
        : position(std::move(at))
        , network(std::move(of_network))
    {
    }
    Position position;
    network::Network::State network;
};

struct Simulation::Impl {
    Impl(const config::PresetDocument& document, const SimulationOptions& options,
        core::Progress* progress)
        : options_(options)
        , position_ {document, document, document, 0, 0, {}, {}}
        , grid_(document.experiment().simulation.dt_ms)
        , end_(end_of(document.experiment(), grid_, options.honour_at_end))
    {
        const auto begin = std::chrono::steady_clock::now();
        network_ = std::make_unique<network::Network>(document.experiment(),
            network::NetworkOptions {options.threads, options.plain_delivery}, progress);
        build_seconds_
            = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
        begin_history();
    }

    const config::Experiment& experiment() const { return position_.current.experiment(); }
    void begin_history()
    {
        history_ = std::make_shared<recording::History>(
            network_->recorder().groups(), options_.history_bytes);
    }

    void advance(core::Step steps);
    void apply_events();
    core::Step next_event_step() const;
    SetOutcome set_all(const Values& assignments);
    core::Diagnostics take(const Values& assignments, bool from_preset, config::PresetDocument base,
        config::PresetDocument changed);
    core::Diagnostics take_states(
        const Values& assignments, bool from_preset, const config::PresetDocument& document);
    void restart_from(const config::PresetDocument& at_start);
    void restore(const State& state);
    void share_history(const recording::History& recorded);

    SimulationOptions options_;
    Position position_;
    core::TimeGrid grid_;
    core::Step end_;
    std::unique_ptr<network::Network> network_;
    std::shared_ptr<recording::History> history_;
    double build_seconds_ = 0.0;
    std::string fault_; ///< why the run cannot go on
};

core::Step Simulation::Impl::next_event_step() const
{
    const auto& events = position_.at_start.experiment().events;
    return position_.next_event < events.size()
        ? std::max<core::Step>(grid_.steps(events[position_.next_event].at_ms), 0)
        : std::numeric_limits<core::Step>::max();
}

void Simulation::Impl::apply_events()
{
    while (next_event_step() <= position_.now) {
        const config::Event event = position_.at_start.experiment().events[position_.next_event];
        const Values assignment {{event.path, event.value}};
        if (config::PresetDocument::names_state(event.path)) {
            refuse(event, take_states(assignment, true, position_.current));
            ++position_.next_event;
            continue;
        }
        config::SetResult changed = with_values(position_.current, assignment);
        core::Diagnostics errors = changed.diagnostics;
        if (changed.document) {
            const std::string reason
                = config::rebuild_reason(experiment(), changed.document->experiment());
            if (!reason.empty()) {
                throw core::RunError("the event at " + core::number_text(event.at_ms)
                    + " ms cannot act in a running network: " + reason);
            }
            errors = take(assignment, true, position_.base, std::move(*changed.document));
        }
        refuse(event, errors);
        ++position_.next_event;
    }
}

void Simulation::Impl::advance(core::Step steps)
{
    if (!fault_.empty()) {
        throw core::RunError(fault_);
    }
    const core::Step target = steps > end_ - position_.now ? end_ : position_.now + steps;
    while (position_.now < target) {
        apply_events();
        const core::Step until
            = std::min({target, next_event_step(), position_.now + network_->exchange_interval()});
        const auto outcome = network_->run(position_.now, until, *history_);
        position_.now = outcome.done;
        history_->publish(position_.now);
        if (!outcome.fault.empty()) {
            fault_ = outcome.fault;
            throw core::RunError(fault_);
        }
    }
    if (position_.now == end_) {
        // No step follows, but the last sample tells the current of the step that would.
        apply_events();
    }
}

/// Applies a changed document to the running network and logs the changes.
core::Diagnostics Simulation::Impl::take(const Values& assignments, bool from_preset,
    config::PresetDocument base, config::PresetDocument changed)
{
    core::Diagnostics errors = network_->apply(experiment(), changed.experiment(), position_.now);
    if (core::has_errors(errors)) {
        return errors;
    }
    for (const auto& [path, value] : assignments) {
        AppliedChange change;
        change.step = position_.now;
        change.path = path;
        change.before = position_.current.value(path).value_or(core::Value {});
        change.after = changed.value(path).value_or(value);
        change.from_preset = from_preset;
        position_.changes.push_back(std::move(change));
        position_.log.push_back({grid_.time_ms(position_.now), path, value});
    }
    position_.base = std::move(base);
    position_.current = std::move(changed);
    if (names_events(assignments)) {
        // What has acted in this sweep stays.
        position_.at_start
            = position_.at_start.with_events(planned_events(position_.at_start.experiment().events,
                position_.next_event, experiment().events, grid_, position_.now));
    }
    end_ = end_of(experiment(), grid_, options_.honour_at_end);
    network_->amend_currents(position_.now, *history_);
    history_->publish(position_.now);
    return {};
}

/// Changes states of neurons and logs it; all or nothing. Their samples stay: the next step's tell
/// what has become of the change.
core::Diagnostics Simulation::Impl::take_states(
    const Values& assignments, bool from_preset, const config::PresetDocument& document)
{
    std::vector<config::StateChange> states;
    core::Diagnostics errors = read_states(document, assignments, states);
    if (core::has_errors(errors)) {
        return errors;
    }
    for (std::size_t i = 0; i < states.size(); ++i) {
        const config::StateChange& state = states[i];
        double& x = *network_->state(state.population, state.state, state.neuron);
        const double before = x;
        x = state.adds ? x + state.value : state.value;
        const auto& [path, value] = assignments[i];
        position_.changes.push_back({position_.now, path, before, x, from_preset});
        position_.log.push_back({grid_.time_ms(position_.now), path, value});
    }
    return {};
}

Simulation::SetOutcome Simulation::Impl::set_all(const Values& all)
{
    SetOutcome outcome;
    const auto [assignments, states] = sorted(all);
    if (assignments.empty() && !states.empty()) {
        outcome.errors = take_states(states, false, position_.current);
        if (!core::has_errors(outcome.errors)) {
            outcome.document = position_.current;
        }
        return outcome;
    }
    config::SetResult changed = with_values(position_.current, assignments);
    // Reading a changed preset is most of what a change costs.
    config::SetResult base
        = position_.base.is(position_.current) ? changed : with_values(position_.base, assignments);
    if (!changed.document && base.document && names_events(assignments)) {
        // Events in a row: what the first ones need may be gone, since they have acted.
        changed = with_values(position_.current, without_events(assignments));
        if (changed.document) {
            changed.document = changed.document->with_events(base.document->experiment().events);
        }
    }
    if (!changed.document || !base.document) {
        outcome.errors = changed.document ? base.diagnostics : changed.diagnostics;
        return outcome;
    }
    outcome.rebuild = config::rebuild_reason(experiment(), changed.document->experiment());
    if (!outcome.rebuild.empty()) {
        // States are those of the network that ends. A new network begins at t = 0, where no event
        // has acted yet.
        outcome.document = std::move(base.document);
        return outcome;
    }
    // States are looked at before anything is changed: all or nothing.
    std::vector<config::StateChange> of_states;
    outcome.errors = read_states(*changed.document, states, of_states);
    if (core::has_errors(outcome.errors)) {
        return outcome;
    }
    outcome.errors = take(assignments, false, std::move(*base.document), *changed.document);
    if (!core::has_errors(outcome.errors)) {
        outcome.errors = take_states(states, false, position_.current);
    }
    if (!core::has_errors(outcome.errors)) {
        outcome.document = std::move(changed.document);
    }
    return outcome;
}

void Simulation::Impl::restart_from(const config::PresetDocument& at_start)
{
    const core::Diagnostics errors
        = network_->apply(experiment(), at_start.experiment(), position_.now);
    if (core::has_errors(errors)) {
        throw core::InputError(errors);
    }
    network_->reset(at_start.experiment());
    position_ = Position {at_start, at_start, at_start, 0, 0, {}, {}};
    end_ = end_of(experiment(), grid_, options_.honour_at_end);
    fault_.clear();
    begin_history();
    network_->recorder().resume(*history_, 0);
}

void Simulation::Impl::restore(const State& state)
{
    const core::Diagnostics errors
        = network_->apply(experiment(), state.position.current.experiment(), position_.now);
    if (core::has_errors(errors)) {
        throw core::InputError(errors);
    }
    position_ = state.position;
    end_ = end_of(experiment(), grid_, options_.honour_at_end);
    fault_.clear();
    network_->restore(state.network, position_.now);
    share_history(*history_);
}

void Simulation::Impl::share_history(const recording::History& recorded)
{
    history_ = recorded.branch(position_.now);
    history_->set_budget(options_.history_bytes); // it may be another one by now
    network_->recorder().resume(*history_, position_.now);
    network_->amend_currents(position_.now, *history_); // a later change may have altered them
    history_->publish(position_.now);
}

Simulation::Simulation(
    const config::PresetDocument& document, SimulationOptions options, core::Progress* progress)
    : impl_(std::make_unique<Impl>(document, options, progress))
{
}

Simulation::~Simulation() = default;

const config::PresetDocument& Simulation::document() const { return impl_->position_.current; }
const core::TimeGrid& Simulation::grid() const { return impl_->grid_; }
core::Step Simulation::now() const { return impl_->position_.now; }
core::Step Simulation::end() const { return impl_->end_; }
int Simulation::threads() const { return impl_->network_->threads(); }
std::uint64_t Simulation::neurons() const { return impl_->network_->neurons(); }
std::uint64_t Simulation::synapses() const { return impl_->network_->synapses(); }
double Simulation::build_seconds() const { return impl_->build_seconds_; }
std::vector<double> Simulation::worker_cpu_seconds() const
{
    return impl_->network_->worker_cpu_seconds();
}

void Simulation::advance(core::Step steps) { impl_->advance(steps); }

core::Step Simulation::exchange_interval() const { return impl_->network_->exchange_interval(); }

Simulation::SetOutcome Simulation::set(std::string_view path, const core::Value& value)
{
    return impl_->set_all({{std::string(path), value}});
}

Simulation::SetOutcome Simulation::set_all(const Values& values) { return impl_->set_all(values); }

void Simulation::restart() { impl_->restart_from(impl_->position_.base); }

void Simulation::restart_from(const config::PresetDocument& at_start)
{
    impl_->restart_from(at_start);
}

const std::vector<AppliedChange>& Simulation::changes() const { return impl_->position_.changes; }

const std::vector<config::Event>& Simulation::log() const { return impl_->position_.log; }

const config::PresetDocument& Simulation::at_start() const { return impl_->position_.at_start; }

config::PresetDocument Simulation::as_run() const
{
    const Position& position = impl_->position_;
    const auto& planned = position.at_start.experiment().events;
    std::vector<config::Event> events;
    std::copy_if(position.log.begin(), position.log.end(), std::back_inserter(events),
        [](const config::Event& event) { return event.path != config::events_path; });
    events.insert(events.end(), planned.begin() + static_cast<std::ptrdiff_t>(position.next_event),
        planned.end());
    return position.at_start.with_events(events);
}

std::shared_ptr<const recording::History> Simulation::history() const { return impl_->history_; }

void Simulation::forget_before(core::Step stamp) { impl_->history_->forget_before(stamp); }

void Simulation::set_history_bytes(std::size_t bytes)
{
    impl_->options_.history_bytes = bytes;
    impl_->history_->set_budget(bytes);
}

std::shared_ptr<const Simulation::State> Simulation::copy_state() const
{
    return std::make_shared<const State>(impl_->position_, impl_->network_->copy_state());
}

void Simulation::restore(const State& state) { impl_->restore(state); }

std::size_t Simulation::bytes(const State& state)
{
    // A change stands in two logs, with two or three texts of its own.
    constexpr std::size_t each_change = 400;
    return sizeof(State) + state.network.bytes() + each_change * state.position.changes.size();
}

void Simulation::share_history(const recording::History& recorded)
{
    impl_->share_history(recorded);
}

void Simulation::observe(std::shared_ptr<analysis::Observer> observer)
{
    impl_->network_->observe(std::move(observer), impl_->experiment(), impl_->position_.now);
}

void Simulation::unobserve(const analysis::Observer& observer)
{
    impl_->network_->unobserve(observer, impl_->experiment());
}

std::vector<double> Simulation::values(std::size_t population, std::size_t recordable)
{
    return impl_->network_->values(
        impl_->experiment(), population, recordable, impl_->position_.now);
}

std::vector<std::uint64_t> Simulation::spike_counts() const
{
    return impl_->network_->spike_counts();
}

} // namespace engine
