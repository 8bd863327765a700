#include "engine/config/constant_current.hpp"

#include "engine/config/json.hpp"
#include "engine/config/key_order.hpp"
#include "engine/config/preset_path.hpp"
#include "engine/config/with_tree.hpp"

#include <algorithm>
#include <limits>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

namespace engine::config {

namespace {

constexpr std::size_t first_population = 0;

bool acts_on_first(const Stimulus& stimulus)
{
    return std::any_of(stimulus.targets.begin(), stimulus.targets.end(),
        [](const Target& target) { return target.population == first_population; });
}

bool is_background(const Stimulus& stimulus)
{
    const bool pulses = std::holds_alternative<Pulses>(stimulus.source)
        || std::holds_alternative<StepCurrent>(stimulus.source)
        || std::holds_alternative<Ramp>(stimulus.source)
        || std::holds_alternative<SpikeTrain>(stimulus.source);
    return !pulses && stimulus.start_ms == 0.0 && !stimulus.stop_ms;
}

/// The place of the stimulus that is the current; missing where I_e is.
std::optional<std::size_t> current_of(const Experiment& experiment)
{
    constexpr double least_share = 0.2;
    const double duration
        = experiment.simulation.duration_ms.value_or(std::numeric_limits<double>::infinity());
    for (std::size_t i = 0; i < experiment.stimuli.size(); ++i) {
        const Stimulus& stimulus = experiment.stimuli[i];
        const double stop = std::min(duration, stimulus.stop_ms.value_or(duration));
        const bool lasting = stop == std::numeric_limits<double>::infinity()
            || stop - stimulus.start_ms >= least_share * duration;
        if (std::holds_alternative<Dc>(stimulus.source) && acts_on_first(stimulus) && lasting) {
            return i;
        }
    }
    return std::nullopt;
}

/// The stimulus as a current that acts from the first step on, with its label and targets.
Json lasting(const Json& stimulus)
{
    return stimulus.without("start").without("stop").without("delay");
}

/// Path that sets the amplitude of a stimulus: the variable itself where one alone stands there.
std::string path_of(const PresetDocument& document, std::size_t place)
{
    const Json* amplitude = document.tree().find("stimuli")->at(place).find("amplitude");
    const Json* variables = document.tree().find("variables");
    if (amplitude != nullptr && amplitude->is_string() && variables != nullptr
        && variables->find(amplitude->as_string()) != nullptr) {
        return amplitude->as_string();
    }
    return "stimuli/" + document.experiment().stimuli[place].key + "/amplitude";
}

} // namespace

ConstantCurrent with_constant_current(const PresetDocument& document)
{
    const Experiment& experiment = document.experiment();
    const Json& tree = document.tree();
    const std::optional<std::size_t> current = current_of(experiment);
    std::size_t place = 0; // of the current among those that stay
    std::vector<Json> stimuli;
    for (std::size_t i = 0; i < experiment.stimuli.size(); ++i) {
        const Stimulus& stimulus = experiment.stimuli[i];
        const Json& written = tree.find("stimuli")->at(i);
        if (current == i) {
            place = stimuli.size();
            stimuli.push_back(lasting(written));
        } else if (!acts_on_first(stimulus) || is_background(stimulus)) {
            stimuli.push_back(written);
        }
    }
    Json changed = tree.without("events").without("checks").without("record").without("view");
    changed = stimuli.empty() ? changed.without("stimuli")
                              : with_member(changed, "stimuli", Json::array(std::move(stimuli)),
                                  keys_of(Section::preset));
    PresetDocument constant = with_tree(document, std::move(changed));
    const std::string I_e
        = "populations/" + experiment.populations[first_population].name + "/params/I_e";
    const std::string path = current ? path_of(constant, place) : I_e;
    return {std::move(constant), path, current ? path_of(document, *current) : I_e};
}

} // namespace engine::config
