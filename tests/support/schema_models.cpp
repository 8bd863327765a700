#include "tests/support/schema_models.hpp"

#include <set>

namespace test_support::schema {

namespace {

using engine::models::ModelDescription;
using engine::models::ParamKind;
using engine::models::ParamSpec;
using engine::models::ParamValues;
using engine::models::Registry;
using engine::models::StateSpec;

Schema with_description(Schema schema, const std::string& meaning, const std::string& unit)
{
    schema["description"] = unit.empty() ? meaning : meaning + " [" + unit + "]";
    return schema;
}

Schema parameter(const ParamSpec& spec)
{
    Schema schema;
    switch (spec.kind) {
    case ParamKind::number: {
        std::vector<Schema> kinds {literal(spec.limits), refer("expression")};
        if (spec.drawable()) {
            kinds.push_back(refer("draw"));
        }
        if (spec.nullable) {
            kinds.push_back({{"type", "null"}});
        }
        schema = either(std::move(kinds));
        break;
    }
    case ParamKind::flag:
        schema = flag();
        break;
    case ParamKind::choice:
        schema = choice(spec.choices);
        break;
    case ParamKind::list:
        schema = list_of(number(spec.limits));
        break;
    }
    return with_description(std::move(schema), spec.meaning, spec.unit);
}

Schema params(const ModelDescription& model)
{
    Members members;
    for (const ParamSpec& spec : model.params) {
        members.emplace_back(spec.name, parameter(spec));
    }
    return object(members);
}

/// State variables of the model under any combination of its flags.
std::vector<StateSpec> all_states(const ModelDescription& model)
{
    std::vector<std::string> flags;
    for (const ParamSpec& spec : model.params) {
        if (spec.kind == ParamKind::flag) {
            flags.push_back(spec.name);
        }
    }
    std::vector<StateSpec> all;
    std::set<std::string> seen;
    for (std::size_t combination = 0; combination < (std::size_t {1} << flags.size());
         ++combination) {
        ParamValues values = model.defaults();
        for (std::size_t i = 0; i < flags.size(); ++i) {
            values[flags[i]] = (combination >> i & 1U) != 0;
        }
        for (const StateSpec& state : model.states(values)) {
            if (seen.insert(state.name).second) {
                all.push_back(state);
            }
        }
    }
    return all;
}

Schema init(const ModelDescription& model)
{
    Members members;
    for (const StateSpec& state : all_states(model)) {
        members.emplace_back(state.name,
            with_description(state.list ? list_of(number()) : either({number(), refer("draw")}),
                state.meaning, state.unit));
    }
    return object(members);
}

} // namespace

Members model_definitions()
{
    Members members;
    for (const ModelDescription* model : Registry::instance().all()) {
        members.emplace_back("params_" + model->name, params(*model));
        members.emplace_back("init_" + model->name, init(*model));
    }
    return members;
}

Schema population()
{
    std::vector<std::string> models;
    Schema by_model = Schema::array();
    for (const ModelDescription* model : Registry::instance().all()) {
        models.push_back(model->name);
        const Schema is_model {{"properties", {{"model", {{"const", model->name}}}}},
            {"required", Schema::array({"model"})}};
        const Schema names {{"properties",
            {{"params", refer("params_" + model->name)}, {"init", refer("init_" + model->name)}}}};
        by_model.push_back({{"if", is_model}, {"then", names}});
    }
    Schema random {{"type", "object"}, {"patternProperties", {{"^x-", true}}},
        {"propertyNames", either({refer("symbol"), {{"pattern", "^x-"}}})},
        {"additionalProperties", refer("draw")}};
    Schema schema = object(
        {
            {"name", refer("name")},
            {"label", text()},
            {"color",
                {{"type", "string"},
                    {"pattern", "^(#[0-9a-fA-F]{3}|#[0-9a-fA-F]{6}|[A-Za-z]{0,32})$"}}},
            {"size", whole(between(1, largest_size))},
            {"model", choice(models)},
            {"params", {{"type", "object"}}},
            {"init", {{"type", "object"}}},
            {"random", std::move(random)},
        },
        {"name", "size", "model"});
    schema["allOf"] = std::move(by_model);
    return schema;
}

} // namespace test_support::schema
