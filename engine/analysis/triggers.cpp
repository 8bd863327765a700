#include "engine/analysis/triggers.hpp"

#include "engine/analysis/stimulus_onsets.hpp"
#include "engine/config/neuron_stimulus.hpp"
#include "engine/stimuli/current_source.hpp"

#include <algorithm>
#include <variant>

namespace engine::analysis {

using config::Experiment;
using config::Stimulus;
using core::Step;

namespace {

void sort_once(std::vector<Step>& steps)
{
    std::sort(steps.begin(), steps.end());
    steps.erase(std::unique(steps.begin(), steps.end()), steps.end());
}

/// Without what tells when it acts: a current that lasts a while is a pulse of that width.
Stimulus timeless(Stimulus stimulus)
{
    stimulus.label.clear();
    stimulus.key.clear();
    const auto* dc = std::get_if<config::Dc>(&stimulus.source);
    if (dc != nullptr && stimulus.stop_ms) {
        stimulus.source
            = config::Pulses {{}, *stimulus.stop_ms - stimulus.start_ms, {dc->amplitude}, 0.0};
    } else if (auto* pulses = std::get_if<config::Pulses>(&stimulus.source)) {
        pulses->times_ms.clear();
        auto& sizes = pulses->amplitudes;
        sizes.erase(std::unique(sizes.begin(), sizes.end()), sizes.end());
    } else if (std::holds_alternative<config::SpikeTrain>(stimulus.source)) {
        stimulus.source = config::SpikeTrain {};
    } else if (stimulus.stop_ms) {
        *stimulus.stop_ms -= stimulus.start_ms;
        stimulus.start_ms = stimulus.delay_ms = 0.0;
        return stimulus;
    }
    stimulus.start_ms = stimulus.delay_ms = 0.0;
    stimulus.stop_ms.reset();
    return stimulus;
}

/// What the trigger does, each kind once, or everything else.
std::vector<Stimulus> part(const Experiment& experiment, const std::string& name, bool trigger)
{
    std::vector<Stimulus> out;
    for (const Stimulus& stimulus : experiment.stimuli) {
        if ((trigger_name(stimulus) == name) != trigger) {
            continue;
        }
        Stimulus kept = trigger ? timeless(stimulus) : stimulus;
        if (!trigger || std::find(out.begin(), out.end(), kept) == out.end()) {
            out.push_back(std::move(kept));
        }
    }
    return out;
}

} // namespace

std::string trigger_name(const Stimulus& stimulus)
{
    return config::made_of(stimulus.label, config::pulse_label) ? config::pulse_label
                                                                : stimulus.key;
}

std::vector<std::string> trigger_names(const Experiment& experiment)
{
    const core::TimeGrid grid(experiment.simulation.dt_ms);
    std::vector<std::string> out;
    for (const Stimulus& stimulus : experiment.stimuli) {
        const std::string name = trigger_name(stimulus);
        if (std::find(out.begin(), out.end(), name) == out.end()
            && !stimulus_onsets(stimulus, grid, 1, stimuli::no_step).empty()) {
            out.push_back(name);
        }
    }
    return out;
}

std::vector<Step> trigger_onsets(
    const Experiment& experiment, const std::string& name, Step from, Step to)
{
    const core::TimeGrid grid(experiment.simulation.dt_ms);
    std::vector<Step> out;
    for (const Stimulus& stimulus : experiment.stimuli) {
        if (trigger_name(stimulus) == name) {
            const auto onsets = stimulus_onsets(stimulus, grid, from, to);
            out.insert(out.end(), onsets.begin(), onsets.end());
        }
    }
    sort_once(out);
    return out;
}

bool same_surroundings(const Experiment& a, const Experiment& b, const std::string& name)
{
    return a.simulation.dt_ms == b.simulation.dt_ms && a.simulation.seed == b.simulation.seed
        && a.populations == b.populations && a.projections == b.projections
        && part(a, name, false) == part(b, name, false);
}

bool same_conditions(const Experiment& a, const Experiment& b, const std::string& name)
{
    const auto trigger_a = part(a, name, true);
    const auto trigger_b = part(b, name, true);
    return same_surroundings(a, b, name)
        && (trigger_a.empty() || trigger_b.empty() || trigger_a == trigger_b);
}

} // namespace engine::analysis
