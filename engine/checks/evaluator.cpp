#include "engine/checks/evaluator.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace engine::checks {

using config::Check;
using config::Quantity;
using core::Step;

namespace {

constexpr Step never = std::numeric_limits<Step>::max();

/// Of a check that names no neuron but can be answered by one only.
constexpr std::uint32_t usual_neuron = 0;

bool is_about_one_neuron(const Check& check)
{
    return check.population && (check.neuron || instrument_of(check.quantity) == Instrument::trace);
}

bool needs_voltages(const Check& check)
{
    return check.quantity == Quantity::synchrony || check.quantity == Quantity::regime;
}

bool is_extreme(Quantity quantity)
{
    return quantity == Quantity::v_max || quantity == Quantity::v_min;
}

} // namespace

Evaluator::Evaluator(const config::Experiment& experiment)
    : checks_(experiment.checks)
    , grid_(experiment.simulation.dt_ms)
    , duration_ms_(experiment.simulation.duration_ms)
    , choice_(std::make_shared<const analysis::NetworkChoice>(experiment))
{
    for (const config::Population& population : experiment.populations) {
        names_.push_back(population.name);
        sizes_.push_back(population.size);
    }
    for (const Check& check : checks_) {
        if (is_about_one_neuron(check)) {
            const Traced traced {*check.population, check.neuron.value_or(usual_neuron)};
            if (instrument_of(check.quantity) == Instrument::trace
                && std::find(traced_.begin(), traced_.end(), traced) == traced_.end()) {
                traced_.push_back(traced);
            }
        } else if (needs_voltages(check)) {
            voltages_ = choice_->voltage_requests();
        }
    }
    begin(0);
}

std::vector<config::TraceRequest> Evaluator::probes() const
{
    std::vector<config::TraceRequest> out = voltages_;
    for (const Traced& traced : traced_) {
        out.push_back({traced.population, {traced.neuron}, {"V_m", "I"}, grid_.dt_ms()});
    }
    return out;
}

Window Evaluator::window_of(const Check& check) const
{
    const std::optional<double> to = check.to_ms ? check.to_ms : duration_ms_;
    const Step from = begin_ + grid_.steps(check.from_ms);
    return {from, to ? std::max(from, begin_ + grid_.steps(*to)) : never};
}

std::size_t Evaluator::statistics_for(const Window& window)
{
    const auto found = std::find_if(statistics_.begin(), statistics_.end(), [&](const auto& s) {
        return Window {s.from(), s.to()} == window;
    });
    const auto place = static_cast<std::size_t>(found - statistics_.begin());
    if (found == statistics_.end()) {
        statistics_.emplace_back(choice_, window.from, window.to);
    }
    return place;
}

std::size_t Evaluator::events_for(std::size_t population, const Window& window)
{
    const auto found = std::find_if(events_.begin(), events_.end(),
        [&](const auto& e) { return e.population == population && e.window == window; });
    const auto place = static_cast<std::size_t>(found - events_.begin());
    if (found == events_.end()) {
        events_.push_back({population, window, TrainEvents(sizes_[population], grid_.dt_ms())});
    }
    return place;
}

std::size_t Evaluator::neuron_for(const Check& check, const Window& window)
{
    const std::uint32_t neuron = check.neuron.value_or(usual_neuron);
    const auto found = std::find_if(neurons_.begin(), neurons_.end(), [&](const auto& n) {
        return n.population() == *check.population && n.neuron() == neuron && n.window() == window;
    });
    const auto place = static_cast<std::size_t>(found - neurons_.begin());
    if (found == neurons_.end()) {
        neurons_.emplace_back(*check.population, neuron, window, grid_);
    }
    if (instrument_of(check.quantity) == Instrument::trace) {
        neurons_[place].need_trace(!is_extreme(check.quantity));
    }
    return place;
}

void Evaluator::begin(Step now)
{
    begin_ = now;
    now_ = now;
    statistics_.clear();
    events_.clear();
    neurons_.clear();
    instruments_.clear();
    for (const Check& check : checks_) {
        const Window window = window_of(check);
        if (is_about_one_neuron(check)) {
            instruments_.push_back(neuron_for(check, window));
        } else if (instrument_of(check.quantity) == Instrument::events) {
            instruments_.push_back(events_for(*check.population, window));
        } else {
            instruments_.push_back(statistics_for(window));
        }
    }
}

void Evaluator::spikes(Step stamp, std::size_t population, std::span<const std::uint32_t> neurons)
{
    for (analysis::NetworkAccumulator& window : statistics_) {
        window.add_spikes(stamp, population, neurons);
    }
    for (PopulationEvents& events : events_) {
        if (events.population == population && events.window.holds(stamp)) {
            for (const std::uint32_t neuron : neurons) {
                events.events.add(stamp, neuron);
            }
        }
    }
    for (NeuronWatch& watch : neurons_) {
        if (watch.population() == population) {
            watch.add_spikes(stamp, neurons);
        }
    }
}

template <class Action> void Evaluator::for_traced(std::size_t probe, Action&& action)
{
    const Traced& traced = traced_[probe - voltages_.size()];
    for (NeuronWatch& watch : neurons_) {
        if (watch.population() == traced.population && watch.neuron() == traced.neuron) {
            action(watch);
        }
    }
}

void Evaluator::sample(std::size_t probe, Step stamp, std::span<const double> values)
{
    if (probe >= voltages_.size()) {
        for_traced(probe, [&](NeuronWatch& watch) { watch.add_sample(stamp, values); });
        return;
    }
    for (analysis::NetworkAccumulator& window : statistics_) {
        window.add_voltages(stamp, probe, values);
    }
}

void Evaluator::amend(std::size_t probe, Step stamp, std::span<const double> values)
{
    if (probe >= voltages_.size()) {
        for_traced(probe, [&](NeuronWatch& watch) { watch.amend_sample(stamp, values); });
    }
}

void Evaluator::done(Step now)
{
    now_ = now;
    for (analysis::NetworkAccumulator& window : statistics_) {
        window.advance(now);
    }
    for (NeuronWatch& watch : neurons_) {
        watch.advance(now);
    }
}

Measured Evaluator::measure(
    std::size_t check, const std::vector<analysis::NetworkStatistics>& statistics) const
{
    const Check& it = checks_[check];
    const std::size_t place = instruments_[check];
    if (is_about_one_neuron(it)) {
        return neurons_[place].measure(it.quantity, begin_);
    }
    if (instrument_of(it.quantity) == Instrument::events) {
        return measured(it.quantity, events_[place].events, grid_, begin_);
    }
    const analysis::NetworkStatistics& all = statistics[place];
    return measured(it.quantity, it.population ? all.populations[*it.population] : all.network);
}

Report Evaluator::report() const
{
    std::vector<analysis::NetworkStatistics> statistics;
    for (const analysis::NetworkAccumulator& window : statistics_) {
        statistics.push_back(window.statistics());
    }
    Report report;
    for (std::size_t i = 0; i < checks_.size(); ++i) {
        const Check& check = checks_[i];
        const Window window = window_of(check);
        Result result;
        result.check = check;
        result.population = check.population ? names_[*check.population] : "";
        result.from_ms = grid_.time_ms(window.from);
        result.to_ms = window.to == never ? std::nullopt : std::optional(grid_.time_ms(window.to));
        result.measured = measure(i, statistics);
        result.complete = window.to > window.from && now_ >= window.to;
        result.pass = meets(result.measured, check);
        report.results.push_back(std::move(result));
    }
    return report;
}

} // namespace engine::checks
