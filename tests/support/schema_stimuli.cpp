#include "tests/support/schema_stimuli.hpp"

namespace test_support::schema {

namespace {

constexpr double most_rate_Hz = 1e9;
constexpr double most_frequency_Hz = 1e6;

Schema constant(const std::string& value) { return {{"const", value}}; }

/// A stimulus of one type with the fields that all have.
Schema stimulus_type(
    const std::string& type, const Members& fields, std::vector<std::string> required)
{
    Members members {
        {"type", constant(type)},
        {"label", text()},
        {"target", refer("targets")},
        {"port", whole(between(0, largest_size))},
        {"start", time()},
        {"stop", either({time(), {{"type", "null"}}})},
        {"delay", time()},
    };
    members.insert(members.end(), fields.begin(), fields.end());
    required.insert(required.begin(), {"type", "target"});
    return object(members, required);
}

Schema number_or_list() { return either({refer("number"), list_of(number())}); }

/// The first alternative whose discriminator fits decides, so that a validator's message speaks of
/// that one alone.
Schema by_key(const std::string& key, const std::vector<std::pair<std::string, Schema>>& kinds)
{
    std::vector<std::string> names;
    Schema rules = Schema::array();
    for (const auto& [name, schema] : kinds) {
        names.push_back(name);
        const Schema is_kind {
            {"properties", {{key, constant(name)}}}, {"required", Schema::array({key})}};
        rules.push_back({{"if", is_kind}, {"then", schema}});
    }
    return {{"type", "object"}, {"required", Schema::array({key})},
        {"properties", {{key, choice(names)}}}, {"allOf", std::move(rules)}};
}

Schema rule(const std::string& name, Members members, std::vector<std::string> required)
{
    members.insert(members.begin(), {"rule", constant(name)});
    members.emplace_back("allow_autapses", flag());
    members.emplace_back("allow_multapses", flag());
    required.insert(required.begin(), "rule");
    return object(members, required);
}

Schema explicit_rule()
{
    Schema row {{"type", "array"},
        {"prefixItems", Schema::array({index(), index(), number(), number()})}, {"items", false},
        {"minItems", 4}, {"description", "source, target, weight, delay"}};
    Schema schema
        = rule("explicit", {{"connections", list_of(std::move(row))}, {"file", text()}}, {});
    schema["oneOf"] = Schema::array(
        {{{"required", Schema::array({"connections"})}}, {{"required", Schema::array({"file"})}}});
    return schema;
}

Schema rules()
{
    return by_key("rule",
        {
            {"all_to_all", rule("all_to_all", {}, {})},
            {"one_to_one", rule("one_to_one", {}, {})},
            {"fixed_indegree",
                rule("fixed_indegree", {{"indegree", whole(between(0, largest_size))}},
                    {"indegree"})},
            {"fixed_outdegree",
                rule("fixed_outdegree", {{"outdegree", whole(between(0, largest_size))}},
                    {"outdegree"})},
            {"fixed_total_number",
                rule("fixed_total_number", {{"N", whole(between(0, largest_whole))}}, {"N"})},
            {"pairwise_bernoulli",
                rule("pairwise_bernoulli", {{"p", number(between(0, 1))}}, {"p"})},
            {"explicit", explicit_rule()},
        });
}

} // namespace

Members target_definitions()
{
    Schema some = object({{"population", refer("name")}, {"neurons", list_of(index())},
                             {"first", whole(between(1, largest_size))}},
        {"population"});
    some.update(not_both("neurons", "first"));
    Schema several = list_of(refer("target"));
    several["minItems"] = 1;
    return {
        {"target", either({refer("name"), std::move(some)})},
        {"targets", either({refer("target"), std::move(several)})},
    };
}

Schema stimulus()
{
    const Schema times = list_of(time());
    Schema ramp
        = stimulus_type("ramp", {{"from", number()}, {"to", number()}, {"slope", number()}}, {});
    Schema linear = requiring({"to", "stop"});
    linear["properties"] = {{"stop", time()}};
    ramp["oneOf"] = Schema::array({linear, requiring({"slope"})});
    ramp.update(not_both("to", "slope"));
    Schema noise = stimulus_type("noise",
        {{"mean", number()}, {"std", number(at_least(0))}, {"low", number()}, {"high", number()},
            {"interval", duration()}, {"shared", flag()}},
        {});
    noise["oneOf"] = Schema::array({requiring({"mean", "std"}), requiring({"low", "high"})});
    noise["allOf"] = Schema::array({not_both("mean", "low"), not_both("mean", "high"),
        not_both("std", "low"), not_both("std", "high")});
    Schema train = stimulus_type(
        "spike_train", {{"times", times}, {"weights", number_or_list()}, {"file", text()}}, {});
    train["oneOf"] = Schema::array({requiring({"times", "weights"}), requiring({"file"})});
    train["allOf"] = Schema::array({not_both("times", "file"), not_both("weights", "file")});
    return by_key("type",
        {
            {"dc", stimulus_type("dc", {{"amplitude", number()}}, {"amplitude"})},
            {"step_current",
                stimulus_type("step_current", {{"times", times}, {"amplitudes", list_of(number())}},
                    {"times", "amplitudes"})},
            {"ramp", std::move(ramp)},
            {"pulses",
                stimulus_type("pulses",
                    {{"times", times}, {"width", duration()}, {"amplitude", number_or_list()},
                        {"baseline", number()}},
                    {"times", "width", "amplitude"})},
            {"ac",
                stimulus_type("ac",
                    {{"offset", number()}, {"amplitude", number()},
                        {"frequency", number(between(0, most_frequency_Hz))}, {"phase", number()}},
                    {"amplitude", "frequency"})},
            {"noise", std::move(noise)},
            {"poisson",
                stimulus_type("poisson",
                    {{"rate", number(between(0, most_rate_Hz))}, {"weight", number()},
                        {"shared", flag()}},
                    {"rate", "weight"})},
            {"spike_train", std::move(train)},
        });
}

Schema projection()
{
    Schema schema = object(
        {
            {"label", text()},
            {"source", refer("name")},
            {"target", refer("name")},
            {"rule", rules()},
            {"weight", either({number(), refer("synaptic_draw")})},
            {"delay", either({duration(), refer("synaptic_draw")})},
            {"port", whole(between(0, largest_size))},
        },
        {"source", "target", "rule"});
    const Schema is_explicit {
        {"properties", {{"rule", {{"properties", {{"rule", constant("explicit")}}}}}}}};
    schema["if"] = is_explicit;
    schema["then"] = {{"properties", {{"weight", false}, {"delay", false}}}};
    schema["else"] = {{"required", Schema::array({"weight", "delay"})}};
    return schema;
}

} // namespace test_support::schema
