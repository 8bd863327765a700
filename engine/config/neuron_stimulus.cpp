#include "engine/config/neuron_stimulus.hpp"

#include "engine/config/object_order.hpp"
#include "engine/config/stimulus_changes.hpp"
#include "engine/core/time_grid.hpp"

#include <algorithm>
#include <utility>

namespace engine::config {

namespace {

Json json_of(const Experiment& experiment, const NeuronCurrent& current, const std::string& label)
{
    std::vector<Json> neurons;
    for (const std::uint32_t neuron : current.neurons) {
        neurons.push_back(Json::number(neuron));
    }
    std::vector<std::pair<std::string, Json>> members {
        {"type", Json::string(current.repeats ? "pulses" : "dc")}, {"label", Json::string(label)},
        {"target",
            Json::object(
                {{"population", Json::string(experiment.populations[current.population].name)},
                    {"neurons", Json::array(std::move(neurons))}})},
        {"amplitude", Json::number(current.amplitude)}, {"start", Json::number(current.start_ms)}};
    std::optional<double> stop_ms = current.stop_ms;
    if (current.repeats) {
        const core::TimeGrid grid(experiment.simulation.dt_ms);
        std::vector<Json> times;
        for (int i = 0; i < current.repeats->count; ++i) {
            const double after_ms = i * current.repeats->every_ms;
            times.push_back(Json::number(grid.time_ms(grid.steps(current.start_ms + after_ms))));
            stop_ms = grid.time_ms(grid.steps(*current.stop_ms + after_ms));
        }
        members.emplace_back("times", Json::array(std::move(times)));
        members.emplace_back("width", Json::number(*current.stop_ms - current.start_ms));
    }
    if (stop_ms) {
        members.emplace_back("stop", Json::number(*stop_ms));
    }
    return Json::object(std::move(members));
}

/// Those of the file for which this holds of what they are.
template <class Keep> std::vector<Json> kept(const PresetDocument& document, const Keep& keep)
{
    std::vector<Json> all = stimuli_of(document);
    std::vector<Json> out;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (keep(document.experiment().stimuli[i])) {
            out.push_back(std::move(all[i]));
        }
    }
    return out;
}

} // namespace

bool made_of(const std::string& label, const std::string& base)
{
    if (label == base) {
        return true;
    }
    const std::string start = base + " ";
    return label.size() > start.size() && label.compare(0, start.size(), start) == 0
        && label.find_first_not_of("0123456789", start.size()) == std::string::npos;
}

StimulusEdit add_currents(
    const PresetDocument& document, const std::vector<NeuronCurrent>& currents, double now_ms)
{
    std::vector<Json> all = kept(document, [&](const Stimulus& stimulus) {
        const bool over = stimulus.stop_ms && *stimulus.stop_ms + stimulus.delay_ms <= now_ms;
        return !over
            || std::none_of(currents.begin(), currents.end(), [&](const NeuronCurrent& current) {
                   return made_of(stimulus.label, current.label);
               });
    });
    Experiment labels = document.experiment(); // what is there, and what is added here
    for (const NeuronCurrent& current : currents) {
        Stimulus& added = labels.stimuli.emplace_back();
        added.label = free_label(labels, current.label);
        all.push_back(json_of(document.experiment(), current, added.label));
    }
    return with_list(document, std::move(all));
}

bool any_labelled(const Experiment& experiment, const std::string& label)
{
    return std::any_of(experiment.stimuli.begin(), experiment.stimuli.end(),
        [&](const Stimulus& stimulus) { return made_of(stimulus.label, label); });
}

StimulusEdit remove_labelled(const PresetDocument& document, const std::string& label)
{
    if (!any_labelled(document.experiment(), label)) {
        return applied(document, {});
    }
    return with_list(document,
        kept(document, [&](const Stimulus& stimulus) { return !made_of(stimulus.label, label); }));
}

} // namespace engine::config
