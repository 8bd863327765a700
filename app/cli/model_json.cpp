#include "app/cli/model_json.hpp"

#include <nlohmann/json.hpp>

namespace app::cli {

namespace models = engine::models;
using Json = nlohmann::ordered_json;

namespace {

struct ToJson {
    Json operator()(std::monostate) const { return nullptr; }
    template <class T> Json operator()(const T& x) const { return x; }
};

Json to_json(const std::optional<models::Bound>& bound)
{
    return bound ? Json {{"value", bound->value}, {"inclusive", bound->inclusive}} : Json(nullptr);
}

const char* kind_name(models::ParamKind kind)
{
    switch (kind) {
    case models::ParamKind::number:
        return "number";
    case models::ParamKind::flag:
        return "flag";
    case models::ParamKind::choice:
        return "choice";
    case models::ParamKind::list:
        return "list";
    }
    return "";
}

Json to_json(const models::ParamSpec& param)
{
    Json out {{"name", param.name}, {"meaning", param.meaning}, {"unit", param.unit},
        {"kind", kind_name(param.kind)}, {"default", std::visit(ToJson {}, param.default_value)},
        {"nullable", param.nullable}, {"min", to_json(param.limits.min)},
        {"max", to_json(param.limits.max)}};
    if (!param.choices.empty()) {
        out["choices"] = param.choices;
    }
    out["group"] = param.group;
    out["per_neuron"] = param.drawable();
    out["live"] = param.live;
    out["source"] = param.source;
    return out;
}

Json to_json(const models::ModelDescription& model)
{
    Json out {{"name", model.name}, {"title", model.title}, {"summary", model.summary},
        {"text", model.text}};
    out["params"] = Json::array();
    for (const models::ParamSpec& param : model.params) {
        out["params"].push_back(to_json(param));
    }
    out["equations"] = Json::array(); // those of the default values
    for (const models::Equation& line : model.equations(model.defaults()).lines) {
        out["equations"].push_back(models::text_of(line));
    }
    out["ports"] = Json::array();
    for (const models::PortSpec& port : model.ports(model.defaults())) {
        out["ports"].push_back(
            {{"number", port.number}, {"spikes", port.spikes}, {"current", port.current},
                {"weight_unit", port.weight_unit}, {"meaning", port.meaning}});
    }
    out["states"] = Json::array();
    for (const models::StateSpec& state : model.states(everything_on(model))) {
        out["states"].push_back({{"name", state.name}, {"unit", state.unit}, {"list", state.list},
            {"meaning", state.meaning}});
    }
    out["recordables"] = Json::array();
    for (const models::RecordableSpec& recordable : model.recordables(everything_on(model))) {
        out["recordables"].push_back({{"name", recordable.name}, {"unit", recordable.unit},
            {"meaning", recordable.meaning}});
    }
    return out;
}

} // namespace

models::ParamValues everything_on(const models::ModelDescription& model)
{
    models::ParamValues values = model.defaults();
    for (const models::ParamSpec& param : model.params) {
        if (param.kind == models::ParamKind::flag) {
            values[param.name] = true;
        }
    }
    return values;
}

std::string model_as_json(const models::ModelDescription& model) { return to_json(model).dump(2); }

std::string models_as_json(const std::vector<const models::ModelDescription*>& models)
{
    Json out = Json::array();
    for (const models::ModelDescription* model : models) {
        out.push_back(to_json(*model));
    }
    return out.dump(2);
}

} // namespace app::cli
