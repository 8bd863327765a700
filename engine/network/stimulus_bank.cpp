#include "engine/network/stimulus_bank.hpp"

#include <algorithm>

namespace engine::network {

namespace {

bool is_current(const config::Stimulus& stimulus)
{
    return !std::holds_alternative<config::Poisson>(stimulus.source)
        && !std::holds_alternative<config::SpikeTrain>(stimulus.source);
}

} // namespace

StimulusBank::StimulusBank(const config::Experiment& experiment, const core::TimeGrid& grid)
    : grid_(grid)
{
    for (std::size_t s = 0; s < experiment.stimuli.size(); ++s) {
        items_.push_back(make(experiment, s));
    }
}

StimulusBank::Item StimulusBank::make(
    const config::Experiment& experiment, std::size_t stimulus) const
{
    const config::Stimulus& description = experiment.stimuli[stimulus];
    const std::uint64_t seed = experiment.simulation.seed;
    return {stimuli::make_current_source(description, grid_, seed),
        stimuli::make_spike_source(description, grid_, seed)};
}

void StimulusBank::apply(const config::Experiment& before, const config::Experiment& after)
{
    items_.resize(after.stimuli.size());
    for (std::size_t s = 0; s < after.stimuli.size(); ++s) {
        if (s >= before.stimuli.size() || !(before.stimuli[s] == after.stimuli[s])) {
            items_[s] = make(after, s);
        }
    }
}

bool same_stimulus_uses(const config::Experiment& before, const config::Experiment& after)
{
    return std::equal(before.stimuli.begin(), before.stimuli.end(), after.stimuli.begin(),
        after.stimuli.end(), [](const config::Stimulus& x, const config::Stimulus& y) {
            return is_current(x) == is_current(y) && x.targets == y.targets && x.port == y.port;
        });
}

std::vector<StimulusUse> stimulus_uses(const config::Experiment& experiment, std::size_t population,
    const TargetRange& range, bool currents)
{
    const config::Population& at = experiment.populations[population];
    std::vector<StimulusUse> uses;
    for (std::size_t s = 0; s < experiment.stimuli.size(); ++s) {
        const config::Stimulus& stimulus = experiment.stimuli[s];
        if (is_current(stimulus) != currents) {
            continue;
        }
        for (const config::Target& target : stimulus.targets) {
            if (target.population != population) {
                continue;
            }
            StimulusUse use {s,
                stimulus.port.value_or(currents ? 0 : at.model->default_spike_port(at.params)),
                target.all, {}};
            for (const std::uint32_t neuron : target.neurons) {
                if (neuron >= range.first && neuron < range.first + range.count) {
                    use.within.push_back(neuron - range.first);
                }
            }
            if (use.all || !use.within.empty()) {
                uses.push_back(std::move(use));
            }
        }
    }
    return uses;
}

} // namespace engine::network
