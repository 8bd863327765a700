#include "engine/analysis/trials.hpp"

#include <algorithm>

namespace engine::analysis {

std::size_t count_of(const TrialNeurons& neurons, const config::Experiment& experiment)
{
    std::size_t sum = 0;
    for (const config::Target& target : neurons) {
        sum += target.all ? experiment.populations[target.population].size : target.neurons.size();
    }
    return sum;
}

bool holds(const TrialNeurons& neurons, std::size_t population, std::uint32_t neuron)
{
    return std::any_of(neurons.begin(), neurons.end(), [&](const config::Target& target) {
        return target.population == population
            && (target.all
                || std::binary_search(target.neurons.begin(), target.neurons.end(), neuron));
    });
}

Trial trial_of(std::span<const recording::Spike> spikes, core::Step trigger,
    const TrialWindow& window, const TrialNeurons& neurons)
{
    Trial out;
    out.trigger = trigger;
    for (const recording::Spike& spike : spikes) {
        const core::Step offset = spike.step - trigger;
        if (offset <= -window.before || offset > window.after
            || !holds(neurons, spike.population, spike.neuron)) {
            continue;
        }
        if (out.spikes.empty() || out.spikes.back().offset != offset) {
            out.spikes.push_back({offset, 0});
        }
        ++out.spikes.back().count;
    }
    return out;
}

} // namespace engine::analysis
