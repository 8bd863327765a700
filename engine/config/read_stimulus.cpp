#include "engine/config/nearest.hpp"
#include "engine/config/object_order.hpp"
#include "engine/config/resolution.hpp"
#include "engine/core/value.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace engine::config {

namespace {

void read_target(Resolution& r, const Place& at, Stimulus& stimulus, bool in_list)
{
    Reader& reader = r.reader;
    if (at.json->is_string()) {
        if (const auto population = read_population_name(r, at)) {
            stimulus.targets.push_back({*population, {}, true});
        }
        return;
    }
    if (!at.json->is_object()) {
        reader.error(at, Reader::description(*at.json),
            in_list ? "must be a population's name or an object with population and neurons"
                    : "must be a population's name, an object with population and neurons, or a "
                      "list of these");
        return;
    }
    reader.check_keys(at, {"population", "neurons", "first"});
    const Place name = Reader::member(at, "population");
    const Place neurons = Reader::member(at, "neurons");
    const Place first = Reader::member(at, "first");
    if (!name) {
        reader.missing(at, "population", "expected the name of a population");
        return;
    }
    const auto population = read_population_name(r, name);
    if (!population) {
        return;
    }
    Target target;
    target.population = *population;
    if (neurons && first) {
        reader.error(at, "has neurons and first", "expected at most one of them");
        return;
    }
    if (neurons) {
        auto list = read_neurons(r, neurons, *population, false);
        if (!list) {
            return;
        }
        target.neurons = std::move(*list);
        target.all = false;
    } else if (first) {
        const bool known = r.known[*population].size;
        const auto count = reader.whole(
            first, 1, known ? r.experiment.populations[*population].size : largest_size);
        if (!count || !known) {
            return;
        }
        target.neurons.resize(static_cast<std::size_t>(*count));
        for (std::size_t i = 0; i < target.neurons.size(); ++i) {
            target.neurons[i] = static_cast<std::uint32_t>(i);
        }
        target.all = false;
    }
    stimulus.targets.push_back(std::move(target));
}

void read_targets(Resolution& r, const Place& at, Stimulus& stimulus)
{
    const Place target = Reader::member(at, "target");
    if (!target) {
        r.reader.missing(at, "target", "expected a population's name");
        return;
    }
    if (!target.json->is_array()) {
        read_target(r, target, stimulus, false);
        return;
    }
    if (target.json->size() == 0) {
        r.reader.error(target, "is empty", "a stimulus needs a target");
    }
    for (std::size_t i = 0; i < target.json->size(); ++i) {
        read_target(r, Reader::item(target, i), stimulus, true);
    }
}

/// The first spike port, where it is the same for all targets.
std::optional<int> common_spike_port(const Resolution& r, const Stimulus& stimulus)
{
    std::optional<int> port;
    for (const Target& target : stimulus.targets) {
        if (!r.known[target.population].params) {
            return std::nullopt;
        }
        const Population& population = r.experiment.populations[target.population];
        const int own = population.model->default_spike_port(population.params);
        if (port && *port != own) {
            return std::nullopt;
        }
        port = own;
    }
    return port;
}

void read_stimulus_port(Resolution& r, const Place& at, bool spikes, Stimulus& stimulus)
{
    const Place place = Reader::member(at, "port");
    if (!place) {
        stimulus.port = spikes ? common_spike_port(r, stimulus) : 0;
        return;
    }
    const auto number = r.reader.whole(place, 0, largest_size);
    if (!number) {
        return;
    }
    stimulus.port = static_cast<int>(*number);
    for (const Target& target : stimulus.targets) {
        const Population& population = r.experiment.populations[target.population];
        if (!r.known[target.population].params) {
            continue;
        }
        std::vector<std::string> fit;
        bool found = false;
        for (const models::PortSpec& port : population.model->ports(population.params)) {
            if (spikes ? port.spikes : port.current) {
                fit.push_back(std::to_string(port.number));
                found = found || port.number == *stimulus.port;
            }
        }
        if (!found) {
            r.reader.error(place,
                "port " + std::to_string(*stimulus.port) + " of " + population.model->name
                    + " takes no " + (spikes ? "spikes" : "current"),
                fit.size() == 1 ? "expected port " + fit[0] : "expected one of " + joined(fit));
            return;
        }
    }
}

void read_interval(Resolution& r, const Place& at, Stimulus& stimulus)
{
    const auto time = [&](std::string_view key) {
        const Place place = Reader::member(at, key);
        return place ? read_time(r, place, time_limits()) : std::nullopt;
    };
    stimulus.start_ms = time("start").value_or(0.0);
    const Place stop = Reader::member(at, "stop");
    if (stop && !stop.json->is_null()) {
        stimulus.stop_ms = read_time(r, stop, time_limits());
        if (stimulus.stop_ms && *stimulus.stop_ms < stimulus.start_ms) {
            r.reader.error(stop, "is " + core::number_text(*stimulus.stop_ms),
                "must be >= start, which is " + core::number_text(stimulus.start_ms));
        }
    }
    stimulus.delay_ms = time("delay").value_or(0.0);
}

void read_stimulus(Resolution& r, const Place& at, Stimulus& stimulus)
{
    Reader& reader = r.reader;
    stimulus.label = reader.text_or_empty(at, "label");
    const Place type_place = Reader::member(at, "type");
    std::optional<std::string> type;
    if (!type_place) {
        reader.missing(at, "type", "expected one of " + joined(source_types()));
    } else {
        type = reader.choice(type_place, source_types(), "type of stimulus");
    }
    if (type) {
        reader.check_keys(at, stimulus_order(*type));
    }
    read_targets(r, at, stimulus);
    read_interval(r, at, stimulus);
    if (type) {
        read_stimulus_port(r, at, gives_spikes(*type), stimulus);
        if (auto source = read_source(r, at, *type, stimulus)) {
            stimulus.source = std::move(*source);
        }
    }
}

} // namespace

std::optional<std::vector<std::uint32_t>> read_neurons(
    Resolution& r, const Place& at, std::size_t population, bool keep_order)
{
    Reader& reader = r.reader;
    if (!reader.is_list(at, "a list of neurons, counted from 0")) {
        return std::nullopt;
    }
    const bool known = r.known[population].size;
    const std::uint64_t last
        = (known ? r.experiment.populations[population].size : largest_size) - 1;
    const std::size_t before = reader.errors();
    std::vector<std::uint32_t> neurons;
    neurons.reserve(at.json->size());
    for (std::size_t i = 0; i < at.json->size(); ++i) {
        if (const auto neuron = reader.whole(Reader::item(at, i), 0, last)) {
            neurons.push_back(static_cast<std::uint32_t>(*neuron));
        }
    }
    if (reader.errors() != before) {
        return std::nullopt;
    }
    std::vector<std::uint32_t> sorted = neurons;
    std::sort(sorted.begin(), sorted.end());
    const auto twice = std::adjacent_find(sorted.begin(), sorted.end());
    if (twice != sorted.end()) {
        reader.error(at, "neuron " + std::to_string(*twice) + " is listed twice",
            "each neuron can be listed once");
        return std::nullopt;
    }
    return keep_order ? neurons : sorted;
}

void read_stimuli(Resolution& r, const Place& root)
{
    const Place list = Reader::member(root, "stimuli");
    if (!list || !r.reader.is_list(list, "a list of stimuli")) {
        return;
    }
    std::vector<Stimulus>& stimuli = r.experiment.stimuli;
    stimuli.resize(list.json->size());
    std::vector<std::string> labels;
    for (std::size_t i = 0; i < stimuli.size(); ++i) {
        const Place at = Reader::item(list, i);
        if (r.reader.is_object(at, "an object: a stimulus")) {
            read_stimulus(r, at, stimuli[i]);
        }
        labels.push_back(stimuli[i].label);
    }
    const std::vector<std::string> keys = unique_keys(labels);
    for (std::size_t i = 0; i < stimuli.size(); ++i) {
        stimuli[i].key = keys[i];
    }
}

} // namespace engine::config
