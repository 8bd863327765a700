#include "engine/config/json.hpp"
#include "engine/config/preset_document.hpp"

#include <algorithm>
#include <cctype>

namespace engine::config {

namespace {

/// A current that surely moves the neuron: a third of what the slider of its constant current
/// offers.
double step_amplitude(const models::ModelDescription& model)
{
    const models::ParamSpec* current = model.find_param("I_e");
    constexpr double otherwise = 10.0;
    return current != nullptr && current->slider_max > 0.0 ? current->slider_max / 3.0 : otherwise;
}

std::string id_from(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(), [](char c) {
        const auto u = static_cast<unsigned char>(c);
        return std::isalnum(u) != 0 ? static_cast<char>(std::tolower(u)) : '-';
    });
    return text;
}

} // namespace

PresetDocument PresetDocument::for_model(const models::ModelDescription& model)
{
    const Json tree = Json::object({
        {"format", Json::string("spikescope-preset")},
        {"version", Json::number(1.0)},
        {"id", Json::string(id_from(model.name))},
        {"title", Json::string(model.title)},
        {"family", Json::string("Mine")},
        {"simulation",
            Json::object({{"dt", Json::number(0.1)}, {"duration", Json::number(1000.0)},
                {"at_end", Json::string("repeat")}})},
        {"populations",
            Json::array({Json::object({{"name", Json::string("n")}, {"size", Json::number(1.0)},
                {"model", Json::string(model.name)}})})},
        {"stimuli",
            Json::array({Json::object({{"label", Json::string("step")},
                {"type", Json::string("dc")}, {"target", Json::string("n")},
                {"amplitude", Json::number(step_amplitude(model))}, {"start", Json::number(100.0)},
                {"stop", Json::number(900.0)}})})},
    });
    LoadResult result = parse(tree.text(), model.name, {});
    if (!result.document) {
        throw core::InputError(result.diagnostics); // a model whose own defaults are wrong
    }
    return *result.document;
}

} // namespace engine::config
