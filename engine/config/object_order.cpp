#include "engine/config/object_order.hpp"

#include "engine/config/key_order.hpp"
#include "engine/config/resolution.hpp"

#include <cstdlib>

namespace engine::config {

namespace {

std::vector<std::string> in_population(
    const std::vector<std::string>& steps, const Experiment& experiment)
{
    if (steps.size() == 2) {
        return keys_of(Section::population);
    }
    const Population& population
        = experiment.populations[std::strtoull(steps[1].c_str(), nullptr, 10)];
    if (steps.size() == 3 && population.model != nullptr) {
        if (steps[2] == "params") {
            return params_order(*population.model);
        }
        if (steps[2] == "init") {
            std::vector<std::string> names;
            for (const models::StateSpec& state : population.model->states(population.params)) {
                names.push_back(state.name);
            }
            return names;
        }
    }
    return steps.size() == 4 ? keys_of(Section::draw) : std::vector<std::string> {};
}

} // namespace

std::vector<std::string> stimulus_order(const std::string& type)
{
    std::vector<std::string> keys {"label", "type", "target"};
    const std::vector<std::string> own = source_keys(type);
    keys.insert(keys.end(), own.begin(), own.end());
    keys.insert(keys.end(), {"start", "stop", "delay", "port"});
    return keys;
}

std::vector<std::string> params_order(const models::ModelDescription& model)
{
    std::vector<std::string> names;
    for (const models::ParamSpec& spec : model.params) {
        names.push_back(spec.name);
    }
    return names;
}

std::vector<std::string> order_of_object(
    const std::vector<std::string>& steps, const Json& object, const Experiment& experiment)
{
    if (steps.empty()) {
        return keys_of(Section::preset);
    }
    const std::string& section = steps[0];
    if (section == "simulation") {
        return keys_of(Section::simulation);
    }
    if (section == "record") {
        return keys_of(steps.size() == 1 ? Section::record : Section::trace);
    }
    if (section == "variables") {
        return keys_of(Section::variable);
    }
    if (section == "populations" && steps.size() > 1) {
        return in_population(steps, experiment);
    }
    if (section == "projections" && steps.size() == 2) {
        return keys_of(Section::projection);
    }
    if (section == "projections" && steps.size() == 3 && steps[2] != "rule") {
        return keys_of(Section::draw);
    }
    if (section == "stimuli" && steps.size() == 2) {
        const Json* type = object.find("type");
        return stimulus_order(type == nullptr ? std::string() : type->as_string());
    }
    return {};
}

} // namespace engine::config
