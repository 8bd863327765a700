#include "engine/config/dependents.hpp"

#include <algorithm>
#include <cmath>
#include <variant>

namespace engine::config {

namespace {

using core::Value;

bool gives_current(const Source& source)
{
    return !std::holds_alternative<Poisson>(source) && !std::holds_alternative<SpikeTrain>(source);
}

bool reaches(const Stimulus& stimulus, std::size_t population)
{
    return std::any_of(stimulus.targets.begin(), stimulus.targets.end(),
        [&](const Target& target) { return target.population == population; });
}

void add_stimulus(Dependents& out, const Stimulus& stimulus, std::size_t population)
{
    if (reaches(stimulus, population)) {
        (gives_current(stimulus.source) ? out.current : out.weight) = true;
    }
}

void add_param(Dependents& out, const std::string& name, const Value& before, const Value& after)
{
    const auto* x = std::get_if<std::vector<double>>(&before);
    const auto* y = std::get_if<std::vector<double>>(&after);
    if (x == nullptr || y == nullptr || x->size() != y->size()) {
        if (!(before == after)) {
            out.params.insert(name);
        }
        return;
    }
    for (std::size_t i = 0; i < x->size(); ++i) {
        if ((*x)[i] != (*y)[i]) {
            out.params.insert(name + "/" + std::to_string(i));
        }
    }
}

/// Adds what of the population differs.
void add_differences(
    Dependents& out, const Experiment& before, const Experiment& after, std::size_t population)
{
    const Population& x = before.populations[population];
    const Population& y = after.populations[population];
    for (const auto& [name, value] : x.params) {
        add_param(out, name, value, y.params.at(name));
    }
    for (const auto& [name, value] : x.drawn) {
        const auto other = y.drawn.find(name);
        if (other == y.drawn.end() || !(other->second == value)) {
            out.params.insert(name);
        }
    }
    for (std::size_t i = 0; i < std::min(before.stimuli.size(), after.stimuli.size()); ++i) {
        if (!(before.stimuli[i] == after.stimuli[i])) {
            add_stimulus(out, before.stimuli[i], population);
        }
    }
    for (std::size_t i = 0; i < std::min(before.projections.size(), after.projections.size());
         ++i) {
        const Projection& projection = before.projections[i];
        out.weight = out.weight
            || (projection.target == population
                && !(projection.weight == after.projections[i].weight));
    }
    out.dt = out.dt || before.simulation.dt_ms != after.simulation.dt_ms;
}

} // namespace

Dependents dependents(const PresetDocument& document, std::string_view path, std::size_t population)
{
    Dependents out;
    const Experiment& experiment = document.experiment();
    const std::string params
        = "populations/" + experiment.populations[population].name + "/params/";
    if (path.substr(0, params.size()) == params) {
        std::string name(path.substr(params.size()));
        if (const std::size_t scale = name.rfind("/scale"); scale != std::string::npos) {
            name.resize(scale); // of what is drawn
        }
        out.params.insert(std::move(name));
        return out;
    }
    const std::optional<Value> value = document.value(path);
    const double* x = value ? std::get_if<double>(&*value) : nullptr;
    if (x == nullptr) {
        return out;
    }
    // A little, and by whole steps for what counts.
    constexpr double part = 0.01;
    for (const double moved :
        {*x + part * (1.0 + std::abs(*x)), *x - part * (1.0 + std::abs(*x)), *x + 1.0, *x - 1.0}) {
        const SetResult set = document.set(path, moved);
        if (set.document
            && set.document->experiment().populations.size() == experiment.populations.size()) {
            add_differences(out, experiment, set.document->experiment(), population);
        }
    }
    return out;
}

} // namespace engine::config
