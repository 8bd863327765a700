#include "engine/runner/live_checks.hpp"

#include "engine/differences.hpp"

#include <algorithm>
#include <utility>

namespace engine::runner {

namespace {

bool is_single_neuron(const config::Experiment& experiment)
{
    return experiment.populations.size() == 1 && experiment.populations.front().size == 1;
}

/// Whether an evaluator made for one also serves the other.
bool same_measurement(const config::Experiment& x, const config::Experiment& y)
{
    return x.checks == y.checks && x.simulation.duration_ms == y.simulation.duration_ms;
}

} // namespace

LiveChecks::LiveChecks(Simulation& simulation, config::PresetDocument opened)
    : simulation_(simulation)
    , opened_(std::move(opened))
{
    make_evaluator();
}

bool LiveChecks::repeats() const
{
    // "stop" is a repetition that somebody has to ask for.
    return simulation_.document().experiment().simulation.at_end != config::AtEnd::go_on;
}

void LiveChecks::make_evaluator()
{
    if (evaluator_) {
        simulation_.unobserve(*evaluator_);
    }
    of_ = simulation_.document().shared_experiment();
    config::Experiment measured = *of_;
    asks_for_pattern_ = is_single_neuron(measured);
    if (asks_for_pattern_) {
        config::Check pattern;
        pattern.quantity = config::Quantity::pattern;
        pattern.population = 0;
        measured.checks.push_back(std::move(pattern));
    }
    checks_ = measured.checks;
    evaluator_ = std::make_shared<checks::Evaluator>(measured);
    simulation_.observe(evaluator_);
    begin_ = simulation_.now();
}

void LiveChecks::begin(core::Step now)
{
    if (same_measurement(*of_, simulation_.document().experiment())) {
        evaluator_->begin(now);
    } else {
        make_evaluator();
    }
    begin_ = now;
    mixed_ = false;
    partial_ = false;
    changed_ = true;
}

void LiveChecks::values_changed()
{
    changed_ = true;
    if (repeats()) {
        // The sweep that runs shows both values; the next one will tell.
        mixed_ = simulation_.now() > 0;
    } else {
        last_.reset();
        begin(simulation_.now());
    }
}

void LiveChecks::sweep_begun()
{
    if (!repeats()) {
        last_.reset();
    }
    begin(simulation_.now());
}

void LiveChecks::joined()
{
    sweep_begun();
    partial_ = repeats() && simulation_.now() > 0;
}

bool LiveChecks::has_news() const { return changed_ || told_at_ != simulation_.now(); }

std::optional<double> LiveChecks::needed_ms() const
{
    const std::optional<double>& duration = of_->simulation.duration_ms;
    if (repeats()) {
        return duration;
    }
    double needed = 0.0;
    for (const config::Check& check : checks_) {
        const std::optional<double>& to = check.to_ms ? check.to_ms : duration;
        if (!to) {
            return std::nullopt;
        }
        needed = std::max(needed, *to);
    }
    return checks_.empty() ? std::nullopt : std::optional(needed);
}

bool LiveChecks::over() const
{
    if (repeats()) {
        return simulation_.now() >= simulation_.end();
    }
    const std::optional<double> needed = needed_ms();
    return needed && simulation_.now() - begin_ >= simulation_.grid().steps(*needed);
}

LiveReport LiveChecks::measured()
{
    LiveReport out;
    out.report = evaluator_->report();
    if (asks_for_pattern_) {
        out.pattern = std::move(out.report.results.back().measured);
        out.report.results.pop_back();
    }
    out.from_ms = simulation_.grid().time_ms(begin_);
    out.to_ms = simulation_.grid().time_ms(simulation_.now());
    out.over = over();
    out.mixed = mixed_;
    out.differences = differences();
    return out;
}

LiveReport LiveChecks::report()
{
    LiveReport out;
    if (over() && !partial_) {
        last_ = measured();
        if (!repeats()) {
            begin(simulation_.now());
        }
    }
    out = last_ ? *last_ : measured();
    out.seen_ms = simulation_.grid().time_ms(simulation_.now() - begin_);
    out.needed_ms = needed_ms();
    told_at_ = simulation_.now();
    changed_ = false;
    return out;
}

const std::vector<Difference>& LiveChecks::differences()
{
    const config::PresetDocument& present = simulation_.document();
    if (compared_ == present.shared_experiment()) {
        return differences_;
    }
    compared_ = present.shared_experiment();
    differences_ = engine::differences(present, opened_);
    // What the preset changes itself is part of it.
    const std::vector<AppliedChange>& changes = simulation_.changes();
    differences_.erase(std::remove_if(differences_.begin(), differences_.end(),
                           [&](const Difference& difference) {
                               return std::any_of(
                                   changes.begin(), changes.end(), [&](const auto& change) {
                                       return change.from_preset && change.path == difference.path;
                                   });
                           }),
        differences_.end());
    return differences_;
}

} // namespace engine::runner
