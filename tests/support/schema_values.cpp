#include "tests/support/schema_values.hpp"

namespace test_support::schema {

namespace {

/// One law of a draw. The number of values is the size of the population, which may be an
/// expression.
Schema draw_law(const std::string& law, Schema arguments, const Members& more = {})
{
    Members members {{law, std::move(arguments)}, {"scale", number()}};
    members.insert(members.end(), more.begin(), more.end());
    return object(members, {law});
}

Schema pair_of_numbers(const std::string& meaning, Schema second = number())
{
    return {{"type", "array"}, {"prefixItems", Schema::array({number(), std::move(second)})},
        {"items", false}, {"minItems", 2}, {"description", meaning}};
}

Schema draw(bool of_neurons)
{
    const Schema spread = number(at_least(0));
    Schema laws = Schema::array({
        draw_law("uniform", pair_of_numbers("low, high")),
        draw_law("normal", pair_of_numbers("mean, standard deviation", spread),
            {{"min", number()}, {"max", number()}}),
        draw_law("lognormal", pair_of_numbers("mu, sigma", spread)),
        draw_law("exponential", number(above(0))),
    });
    if (of_neurons) {
        laws.push_back(draw_law("values", list_of(number())));
    }
    return {{"description", "A random number for each neuron or synapse, times `scale`"},
        {"oneOf", std::move(laws)}};
}

} // namespace

Schema refer(const std::string& definition) { return {{"$ref", "#/$defs/" + definition}}; }

Schema text() { return {{"type", "string"}}; }

Schema flag() { return {{"type", "boolean"}}; }

Schema choice(const std::vector<std::string>& values) { return {{"enum", values}}; }

Schema list_of(Schema item) { return {{"type", "array"}, {"items", std::move(item)}}; }

Schema either(std::vector<Schema> alternatives) { return {{"anyOf", std::move(alternatives)}}; }

Schema literal(const engine::models::Limits& limits)
{
    Schema schema {{"type", "number"}};
    if (limits.min) {
        schema[limits.min->inclusive ? "minimum" : "exclusiveMinimum"] = limits.min->value;
    }
    if (limits.max) {
        schema[limits.max->inclusive ? "maximum" : "exclusiveMaximum"] = limits.max->value;
    }
    return schema;
}

Schema number(const engine::models::Limits& limits)
{
    if (!limits.min && !limits.max) {
        return refer("number");
    }
    return either({literal(limits), refer("expression")});
}

Schema whole(const engine::models::Limits& limits)
{
    Schema schema = literal(limits);
    schema["type"] = "integer";
    return either({std::move(schema), refer("expression")});
}

engine::models::Limits at_least(double min)
{
    engine::models::Limits limits;
    limits.min = engine::models::Bound {min, true};
    return limits;
}

engine::models::Limits above(double min)
{
    engine::models::Limits limits;
    limits.min = engine::models::Bound {min, false};
    return limits;
}

engine::models::Limits between(double min, double max)
{
    engine::models::Limits limits = at_least(min);
    limits.max = engine::models::Bound {max, true};
    return limits;
}

Schema index() { return whole(between(0, largest_size - 1)); }

Schema time() { return refer("time"); }

Schema duration()
{
    engine::models::Limits limits = above(0);
    limits.max = engine::models::Bound {longest_time_ms, true};
    return number(limits);
}

Schema requiring(const std::vector<std::string>& keys) { return {{"required", keys}}; }

Schema not_both(const std::string& key, const std::string& other)
{
    return {{"not", requiring({key, other})}};
}

Schema object(const Members& members, const std::vector<std::string>& required)
{
    Schema properties = Schema::object();
    for (const auto& [key, schema] : members) {
        properties[key] = schema;
    }
    Schema out {{"type", "object"}, {"properties", std::move(properties)}};
    if (!required.empty()) {
        out["required"] = required;
    }
    out["patternProperties"] = {{"^x-", true}};
    out["additionalProperties"] = false;
    return out;
}

Members value_definitions()
{
    return {
        {"name", {{"type", "string"}, {"pattern", "^[A-Za-z_][A-Za-z0-9_]*$"}}},
        {"symbol", {{"allOf", Schema::array({refer("name"), {{"not", choice({"pi", "e"})}}})}}},
        {"expression",
            {{"type", "string"}, {"minLength", 1}, {"maxLength", 4096},
                {"description",
                    "Expression over the preset's variables, pi, e and exp log sqrt abs min max "
                    "floor ceil round sin cos tanh"}}},
        {"number", either({literal(), refer("expression")})},
        {"time", number(between(0, longest_time_ms))},
        {"draw", draw(true)},
        {"synaptic_draw", draw(false)},
    };
}

} // namespace test_support::schema
