#include "engine/config/key_order.hpp"
#include "engine/config/nearest.hpp"
#include "engine/config/resolution.hpp"
#include "engine/core/value.hpp"

#include <algorithm>
#include <map>

namespace engine::config {

namespace {

bool check_port(Resolution& r, const Place& at, const Projection& projection)
{
    const Population& target = r.experiment.populations[projection.target];
    const auto ports = target.model->ports(target.params);
    std::vector<std::string> numbers;
    for (const models::PortSpec& port : ports) {
        if (port.spikes) {
            if (port.number == projection.port) {
                return true;
            }
            numbers.push_back(std::to_string(port.number));
        }
    }
    r.reader.error(at, "port " + std::to_string(projection.port) + " takes no spikes",
        numbers.size() == 1
            ? "the port of " + target.model->name + " for spikes is " + numbers[0]
            : "the ports of " + target.model->name + " for spikes are " + joined(numbers));
    return false;
}

void read_port(Resolution& r, const Place& at, Projection& projection)
{
    const Place port = Reader::member(at, "port");
    if (!r.known[projection.target].params) {
        return;
    }
    const Population& target = r.experiment.populations[projection.target];
    projection.port = target.model->default_spike_port(target.params);
    if (port) {
        if (const auto number = r.reader.whole(port, 0, largest_size)) {
            projection.port = static_cast<int>(*number);
            check_port(r, port, projection);
        }
    }
}

void read_weight_and_delay(Resolution& r, const Place& at, Projection& projection)
{
    const Place weight = Reader::member(at, "weight");
    const Place delay = Reader::member(at, "delay");
    if (std::holds_alternative<Explicit>(projection.rule)) {
        for (const Place& place : {weight, delay}) {
            if (place) {
                r.reader.error(place, "stands beside a list that has its own",
                    "an explicit list brings weights and delays");
            }
        }
        return;
    }
    if (!weight) {
        r.reader.missing(at, "weight", "expected a number, an expression or a draw");
    } else {
        projection.weight = read_distributed(r, weight, {});
    }
    if (!delay) {
        r.reader.missing(at, "delay", "expected a time in ms, an expression or a draw");
        return;
    }
    DrawContext context;
    context.limits = {models::Bound {0.0, false}, models::Bound {longest_time_ms, true}};
    projection.delay_ms = read_distributed(r, delay, context);
    if (const auto* number
        = projection.delay_ms ? std::get_if<double>(&*projection.delay_ms) : nullptr) {
        check_delay(r, delay, *number);
    }
}

void read_projection(Resolution& r, const Place& at, Projection& projection)
{
    Reader& reader = r.reader;
    reader.check_keys(at, keys_of(Section::projection));
    projection.label = reader.text_or_empty(at, "label");
    const auto end = [&](std::string_view key) -> std::optional<std::size_t> {
        const Place place = Reader::member(at, key);
        if (!place) {
            reader.missing(at, key, "expected the name of a population");
            return std::nullopt;
        }
        return read_population_name(r, place);
    };
    const auto source = end("source");
    const auto target = end("target");
    const Place rule = Reader::member(at, "rule");
    if (!rule) {
        reader.missing(at, "rule", "expected an object such as {\"rule\": \"all_to_all\"}");
    }
    if (!source || !target) {
        return;
    }
    projection.source = *source;
    projection.target = *target;
    read_port(r, at, projection);
    if (rule) {
        if (auto value = read_rule(r, rule, projection)) {
            projection.rule = std::move(*value);
            projection.allow_autapses = reader.flag_or(rule, "allow_autapses", true);
            projection.allow_multapses = reader.flag_or(rule, "allow_multapses", true);
            read_weight_and_delay(r, at, projection);
        }
    }
}

} // namespace

bool check_delay(Resolution& r, const Place& at, double delay_ms)
{
    if (!r.grid_known) {
        return true;
    }
    const core::Step steps = r.grid.steps(delay_ms);
    if (steps < 1) {
        r.reader.error(at, "is " + core::number_text(delay_ms) + " ms",
            "must be at least dt = " + core::number_text(r.grid.dt_ms()) + " ms");
        return false;
    }
    if (steps > most_delay_steps) {
        r.reader.error(at, "is " + core::number_text(delay_ms) + " ms",
            "must be at most " + std::to_string(most_delay_steps) + " steps of dt");
        return false;
    }
    warn_off_grid(r, at, delay_ms);
    return true;
}

std::optional<std::size_t> read_population_name(Resolution& r, const Place& at)
{
    const std::vector<Population>& all = r.experiment.populations;
    if (at.json->is_string()) {
        const auto found = std::find_if(all.begin(), all.end(),
            [&](const Population& p) { return p.name == at.json->as_string(); });
        if (found != all.end() && !found->name.empty()) {
            return static_cast<std::size_t>(found - all.begin());
        }
    }
    if (r.reader.full()) {
        return std::nullopt;
    }
    std::vector<std::string> known;
    for (const Population& population : all) {
        known.push_back(population.name);
    }
    std::sort(known.begin(), known.end());
    known.erase(std::unique(known.begin(), known.end()), known.end());
    known.erase(std::remove(known.begin(), known.end(), std::string()), known.end());
    if (known.empty()) {
        return std::nullopt; // has been reported: nothing can be named
    }
    r.reader.choice(at, known, "population"); // says what is wrong
    return std::nullopt;
}

std::vector<std::string> unique_keys(const std::vector<std::string>& labels)
{
    std::map<std::string, int> count;
    for (const std::string& label : labels) {
        ++count[label];
    }
    std::vector<std::string> keys;
    for (std::size_t i = 0; i < labels.size(); ++i) {
        const std::string& label = labels[i];
        const bool fit = !label.empty() && count[label] == 1 && label.find('/') == std::string::npos
            && label.find_first_not_of("0123456789") != std::string::npos;
        keys.push_back(fit ? label : std::to_string(i));
    }
    return keys;
}

void read_projections(Resolution& r, const Place& root)
{
    const Place list = Reader::member(root, "projections");
    if (!list || !r.reader.is_list(list, "a list of projections")) {
        return;
    }
    std::vector<Projection>& projections = r.experiment.projections;
    projections.resize(list.json->size());
    std::vector<std::string> labels;
    for (std::size_t i = 0; i < projections.size(); ++i) {
        const Place at = Reader::item(list, i);
        if (r.reader.is_object(at, "an object: a projection")) {
            read_projection(r, at, projections[i]);
        }
        labels.push_back(projections[i].label);
    }
    const std::vector<std::string> keys = unique_keys(labels);
    for (std::size_t i = 0; i < projections.size(); ++i) {
        projections[i].key = keys[i];
    }
}

} // namespace engine::config
