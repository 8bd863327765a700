#include "engine/config/stimulus_override.hpp"

#include "engine/config/json.hpp"
#include "engine/config/key_order.hpp"
#include "engine/config/preset_path.hpp"
#include "engine/config/with_tree.hpp"
#include "engine/core/value.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace engine::config {

namespace {

SetResult checked(const PresetDocument& document, Json tree)
{
    try {
        return {with_tree(document, std::move(tree)), {}};
    } catch (const core::InputError& wrong) {
        return {std::nullopt, wrong.diagnostics()};
    }
}

/// What of a stimulus is a current; the other types bring spikes.
std::vector<std::string> current_keys(const std::string& type)
{
    if (type == "dc") {
        return {"amplitude"};
    }
    if (type == "step_current") {
        return {"amplitudes"};
    }
    if (type == "ramp") {
        return {"from", "to", "slope"};
    }
    if (type == "pulses") {
        return {"amplitude", "baseline"};
    }
    if (type == "ac") {
        return {"offset", "amplitude"};
    }
    if (type == "noise") {
        return {"mean", "std", "low", "high"};
    }
    return {};
}

Json scaled(const Json& value, double factor)
{
    if (value.is_number()) {
        return Json::number(value.as_number() * factor);
    }
    if (value.is_string()) {
        return Json::string("(" + value.as_string() + ") * " + core::number_text(factor));
    }
    if (value.is_array()) {
        Json out = value;
        for (std::size_t i = 0; i < value.size(); ++i) {
            out = out.with_item(i, scaled(value.at(i), factor));
        }
        return out;
    }
    return value;
}

Json scaled_stimulus(const Json& stimulus, double factor)
{
    Json out = stimulus;
    const Json* type = stimulus.find("type");
    for (const std::string& key : current_keys(type->as_string())) {
        if (const auto index = stimulus.index_of(key)) {
            out = out.with_item(*index, scaled(stimulus.at(*index), factor));
        }
    }
    return out;
}

/// Without the variables that nothing uses: each goes unless the document is wrong without it.
PresetDocument without_unused_variables(PresetDocument document)
{
    const Json* given = document.tree().find("variables");
    std::vector<std::string> names;
    for (std::size_t i = 0; given != nullptr && i < given->size(); ++i) {
        names.push_back(given->key(i));
    }
    for (const std::string& name : names) {
        const Json& tree = document.tree();
        const Json fewer = tree.find("variables")->without(name);
        Json changed = fewer.size() == 0 ? tree.without("variables")
                                         : tree.with_item(*tree.index_of("variables"), fewer);
        if (SetResult result = checked(document, std::move(changed)); result.document) {
            document = *result.document;
        }
    }
    return document;
}

} // namespace

SetResult with_current_step(const PresetDocument& document, const CurrentStep& step)
{
    std::vector<Json> names;
    for (const Population& population : document.experiment().populations) {
        names.push_back(Json::string(population.name));
    }
    const Json target = names.size() == 1 ? names.front() : Json::array(names);
    const Json stimulus = Json::object(
        {{"type", Json::string("dc")}, {"label", Json::string("step")}, {"target", target},
            {"amplitude", Json::number(step.amplitude)}, {"start", Json::number(step.onset_ms)},
            {"stop", Json::number(step.onset_ms + step.width_ms)}});
    const std::vector<std::string>& order = keys_of(Section::preset);
    Json tree = document.tree().without("events").without("checks");
    tree = with_member(tree, "stimuli", Json::array({stimulus}), order);
    const std::size_t simulation = *tree.index_of("simulation");
    tree = tree.with_item(simulation,
        with_member(tree.at(simulation), "duration", Json::number(step.duration_ms),
            keys_of(Section::simulation)));
    SetResult result = checked(document, std::move(tree));
    if (result.document) {
        result.document = without_unused_variables(*result.document);
    }
    return result;
}

SetResult with_scaled_currents(const PresetDocument& document, double factor)
{
    const Json& tree = document.tree();
    const auto place = tree.index_of("stimuli");
    if (!place || factor == 1.0) {
        return {document, {}};
    }
    Json stimuli = tree.at(*place);
    for (std::size_t i = 0; i < stimuli.size(); ++i) {
        stimuli = stimuli.with_item(i, scaled_stimulus(stimuli.at(i), factor));
    }
    // What the source promises is of its own currents.
    return checked(document, tree.with_item(*place, stimuli).without("checks"));
}

} // namespace engine::config
