#include "tests/support/preset_schema.hpp"

#include "engine/config/json.hpp"
#include "engine/config/quantity.hpp"
#include "tests/support/schema_models.hpp"
#include "tests/support/schema_stimuli.hpp"

namespace test_support {

namespace {

using namespace schema;

constexpr const char* description
    = "A preset of Spikescope. Every file that the program accepts is valid here. What a schema "
      "cannot say, and `spikescope validate` checks besides: duplicate keys, numbers beyond double "
      "and nesting deeper than 64; expressions (their syntax, the variables they use, that their "
      "value is finite and within the range of its place); that populations, recordables, paths of "
      "events and ports exist; unique names; which initial values a GLIF level has and which "
      "flags go together; conditions between parameters (V_reset < V_th, lists of equal length) "
      "and "
      "between `low` and `high`, `min` and `max`; lists of the length of a population, neurons "
      "within it; ascending times, pulses that do not overlap; delays of at least one dt and "
      "intervals that are multiples of dt; sizes that do not fit a rule (one_to_one); file "
      "references and what stands in the files.";

Schema variables()
{
    Schema variable = object(
        {
            {"value", literal()},
            {"min", literal()},
            {"max", literal()},
            {"label", text()},
            {"unit", text()},
            {"scale", choice({"linear", "log"})},
        },
        {"value"});
    return {{"type", "object"}, {"patternProperties", {{"^x-", true}}},
        {"propertyNames", either({refer("symbol"), {{"pattern", "^x-"}}})},
        {"additionalProperties", std::move(variable)}};
}

Schema simulation()
{
    return object(
        {
            {"dt", number(between(1e-6, 1000))},
            {"duration", either({schema::duration(), {{"type", "null"}}})},
            {"seed", whole(between(0, largest_whole))},
            {"speed", number(above(0))},
            {"at_end", choice({"continue", "repeat", "stop"})},
        },
        {"dt", "duration"});
}

Schema event()
{
    // Objects are whole stimuli: what is right for them depends on `set`.
    const Schema value {
        {"type", Schema::array({"number", "string", "boolean", "array", "object", "null"})}};
    return object({{"at", time()}, {"set", text()}, {"value", value}}, {"at", "set", "value"});
}

Schema record()
{
    const Schema trace = object(
        {
            {"population", refer("name")},
            {"neurons", either({{{"const", "all"}}, list_of(index())})},
            {"variables", list_of(text())},
            {"interval", schema::duration()},
        },
        {"population"});
    return object(
        {{"traces", list_of(trace)}, {"spikes", list_of(refer("name"))}, {"warmup", time()}});
}

Schema view()
{
    Schema range = list_of(number());
    range["minItems"] = 2;
    range["maxItems"] = 2;
    const Schema panel = object(
        {
            {"title", text()},
            {"population", refer("name")},
            {"variables", list_of(text())},
            {"unit", text()},
            {"range", std::move(range)},
        },
        {"population", "variables"});
    return object({
        {"panels", list_of(panel)},
        {"window_ms", schema::duration()},
        {"layout", choice({"single", "network"})},
        {"raster", object({{"max_neurons", whole(between(1, largest_size))}})},
    });
}

Schema check()
{
    Schema schema = object(
        {
            {"quantity", choice(engine::config::quantity_names())},
            {"population", refer("name")},
            {"neuron", index()},
            {"from", time()},
            {"to", time()},
            {"min", number()},
            {"max", number()},
            {"equals", {{"type", Schema::array({"string", "number"})}}},
            {"unit", text()},
        },
        {"quantity"});
    const auto quantity = [](Schema names) {
        return Schema {{"properties", {{"quantity", std::move(names)}}}};
    };
    const std::vector<std::string> regimes {
        "quiescent", "SR", "AR", "SI fast", "SI slow", "AI", "undecided"};
    // A regime is that of the whole network; it and a pattern are names, all else are numbers.
    schema["allOf"] = Schema::array({
        {{"if", quantity(choice({"regime", "pattern"}))},
            {"then",
                {{"required", Schema::array({"equals"})},
                    {"properties", {{"equals", text()}, {"min", false}, {"max", false}}}}},
            {"else",
                {{"properties", {{"equals", number()}}},
                    {"oneOf",
                        Schema::array({requiring({"equals"}),
                            either({requiring({"min"}), requiring({"max"})})})}}}},
        {{"if", quantity(choice({"regime"}))},
            {"then",
                {{"properties", {{"equals", choice(regimes)}}},
                    {"dependentRequired", {{"neuron", Schema::array({"population"})}}}}},
            {"else", requiring({"population"})}},
    });
    return schema;
}

Schema list_of_one_or_more(Schema item)
{
    Schema schema = list_of(std::move(item));
    schema["minItems"] = 1;
    return schema;
}

void append(Schema& definitions, const Members& members)
{
    for (const auto& [name, schema] : members) {
        definitions[name] = schema;
    }
}

} // namespace

std::string preset_schema()
{
    Schema schema {
        {"$schema", "https://json-schema.org/draft/2020-12/schema"},
        {"title", "Spikescope preset"},
        {"description", description},
    };
    schema.update(object(
        {
            {"$schema", text()},
            {"format", {{"const", "spikescope-preset"}}},
            {"version", {{"const", 1}}},
            {"id", {{"type", "string"}, {"pattern", "^[a-z0-9-]+$"}}},
            {"title", text()},
            {"family", text()},
            {"summary", text()},
            {"expect", text()},
            {"source", text()},
            {"tags", list_of(text())},
            {"variables", variables()},
            {"simulation", simulation()},
            {"populations", list_of_one_or_more(population())},
            {"projections", list_of(projection())},
            {"stimuli", list_of(stimulus())},
            {"events", list_of(event())},
            {"record", record()},
            {"view", view()},
            {"checks", list_of(check())},
        },
        {"format", "version", "id", "title", "simulation", "populations"}));
    Schema definitions = Schema::object();
    append(definitions, value_definitions());
    append(definitions, target_definitions());
    append(definitions, model_definitions());
    schema["$defs"] = std::move(definitions);
    // The form in which presets are saved: short things on one line.
    const std::string text = schema.dump();
    engine::core::Diagnostics none;
    return engine::config::parse_json(text, engine::config::TextPositions(text), none)->text();
}

} // namespace test_support
