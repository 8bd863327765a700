#include "engine/config/fill_defaults.hpp"

#include "engine/config/key_order.hpp"
#include "engine/config/object_order.hpp"
#include "engine/config/preset_path.hpp"
#include "engine/config/value_json.hpp"

#include <utility>

namespace engine::config {

namespace {

using Order = std::vector<std::string>;

void fill(Json& object, const std::string& key, Json value, const Order& order)
{
    if (object.find(key) == nullptr) {
        object = with_member(object, key, std::move(value), order);
    }
}

void replace(Json& object, const std::string& key, Json value, const Order& order)
{
    object = with_member(object, key, std::move(value), order);
}

Json texts(const std::vector<std::string>& names)
{
    std::vector<Json> items;
    for (const std::string& name : names) {
        items.push_back(Json::string(name));
    }
    return Json::array(std::move(items));
}

/// Draws get their scale.
Json with_scale(Json value)
{
    if (value.is_object()) {
        fill(value, "scale", Json::number(1.0), keys_of(Section::draw));
    }
    return value;
}

/// Every member of an object that may be drawn.
void fill_draws(Json& object, const std::string& key)
{
    const Json* member = object.find(key);
    if (member == nullptr) {
        return;
    }
    Json changed = *member;
    for (std::size_t i = 0; i < changed.size(); ++i) {
        if (changed.key(i).substr(0, 2) != "x-") {
            changed = changed.with_item(i, with_scale(changed.at(i)));
        }
    }
    replace(object, key, std::move(changed), {});
}

Json filled_population(Json object, const Population& population)
{
    const Order& order = keys_of(Section::population);
    fill(object, "label", Json::string(population.label), order);
    fill(object, "params", Json::object({}), order);
    Json params = *object.find("params");
    const Order names = params_order(*population.model);
    for (const std::string& name : names) {
        fill(params, name, to_json(population.params.at(name)), names);
    }
    replace(object, "params", std::move(params), order);
    for (const char* key : {"random", "params", "init"}) {
        fill_draws(object, key);
    }
    return object;
}

Json filled_projection(Json object, const Projection& projection)
{
    const Order& order = keys_of(Section::projection);
    Json rule = *object.find("rule");
    fill(rule, "allow_autapses", Json::boolean(true), {});
    fill(rule, "allow_multapses", Json::boolean(true), {});
    replace(object, "rule", std::move(rule), order);
    for (const char* key : {"weight", "delay"}) {
        if (const Json* value = object.find(key)) {
            replace(object, key, with_scale(*value), order);
        }
    }
    fill(object, "port", Json::number(projection.port), order);
    return object;
}

Json filled_stimulus(Json object, const Stimulus& stimulus)
{
    const Order order = stimulus_order(object.find("type")->as_string());
    const auto number
        = [&](const char* key, double x) { fill(object, key, Json::number(x), order); };
    if (const auto* ramp = std::get_if<Ramp>(&stimulus.source)) {
        number("from", ramp->from);
    } else if (std::holds_alternative<Pulses>(stimulus.source)) {
        number("baseline", 0.0);
    } else if (std::holds_alternative<Ac>(stimulus.source)) {
        number("offset", 0.0);
        number("phase", 0.0);
    } else if (const auto* noise = std::get_if<Noise>(&stimulus.source)) {
        number("interval", noise->interval_ms);
        fill(object, "shared", Json::boolean(false), order);
    } else if (std::holds_alternative<Poisson>(stimulus.source)) {
        fill(object, "shared", Json::boolean(false), order);
    }
    number("start", 0.0);
    fill(object, "stop", Json(), order);
    number("delay", 0.0);
    if (stimulus.port) {
        number("port", *stimulus.port);
    }
    return object;
}

Json filled_record(Json record, const Experiment& experiment)
{
    const Order& order = keys_of(Section::record);
    std::vector<Json> traces;
    const Json* given = record.find("traces");
    for (std::size_t i = 0; i < experiment.record.traces.size(); ++i) {
        const TraceRequest& request = experiment.record.traces[i];
        Json trace = given != nullptr ? given->at(i) : Json::object({});
        const Order& keys = keys_of(Section::trace);
        fill(trace, "population", Json::string(experiment.populations[request.population].name),
            keys);
        fill(trace, "neurons", Json::array({Json::number(0.0)}), keys);
        fill(trace, "variables", texts(request.variables), keys);
        fill(trace, "interval", Json::number(request.interval_ms), keys);
        traces.push_back(std::move(trace));
    }
    replace(record, "traces", Json::array(std::move(traces)), order);
    std::vector<std::string> spikes;
    for (const std::size_t population : experiment.record.spikes) {
        spikes.push_back(experiment.populations[population].name);
    }
    fill(record, "spikes", texts(spikes), order);
    fill(record, "warmup", Json::number(0.0), order);
    return record;
}

Json filled_check(Json object, const Check& check)
{
    fill(object, "from", Json::number(check.from_ms), keys_of(Section::check));
    return object;
}

template <class T>
void fill_list(
    Json& tree, const char* key, const std::vector<T>& meanings, Json (*filled)(Json, const T&))
{
    const Json* list = tree.find(key);
    if (list == nullptr) {
        return;
    }
    std::vector<Json> items;
    for (std::size_t i = 0; i < list->size(); ++i) {
        items.push_back(filled(list->at(i), meanings[i]));
    }
    replace(tree, key, Json::array(std::move(items)), {});
}

} // namespace

Json fill_defaults(const Json& tree, const Experiment& experiment)
{
    Json out = tree;
    Json simulation = *out.find("simulation");
    const Order& order = keys_of(Section::simulation);
    fill(simulation, "seed", Json::number(1.0), order);
    fill(simulation, "speed", Json::number(1.0), order);
    fill(simulation, "at_end", Json::string("continue"), order);
    replace(out, "simulation", std::move(simulation), {});
    fill_list(out, "populations", experiment.populations, filled_population);
    fill_list(out, "projections", experiment.projections, filled_projection);
    fill_list(out, "stimuli", experiment.stimuli, filled_stimulus);
    const Json* record = out.find("record");
    replace(out, "record",
        filled_record(record != nullptr ? *record : Json::object({}), experiment),
        keys_of(Section::preset));
    fill_list(out, "checks", experiment.checks, filled_check);
    return out;
}

} // namespace engine::config
