#include "engine/config/key_order.hpp"
#include "engine/config/nearest.hpp"
#include "engine/config/resolution.hpp"
#include "engine/config/value_json.hpp"
#include "engine/config/whole_values.hpp"
#include "engine/core/available_memory.hpp"
#include "engine/core/value.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace engine::config {

namespace {

/// Names of what can be recorded; empty where that is not known because of other errors.
std::vector<std::string> recordables(const Resolution& r, std::size_t population)
{
    std::vector<std::string> names;
    if (r.known[population].params) {
        const Population& p = r.experiment.populations[population];
        for (const models::RecordableSpec& spec : p.model->recordables(p.params)) {
            names.push_back(spec.name);
        }
    }
    return names;
}

std::vector<std::string> read_variables(Resolution& r, const Place& at, std::size_t population)
{
    std::vector<std::string> out;
    if (!r.reader.is_list(at, "a list of names of variables")) {
        return out;
    }
    const std::vector<std::string> names = recordables(r, population);
    for (std::size_t i = 0; i < at.json->size(); ++i) {
        const Place place = Reader::item(at, i);
        const auto name
            = names.empty() ? r.reader.text(place) : r.reader.choice(place, names, "variable");
        if (!name) {
            continue;
        }
        if (std::find(out.begin(), out.end(), *name) != out.end()) {
            r.reader.error(
                place, in_quotes(*name) + " is listed twice", "each variable can be listed once");
        }
        out.push_back(*name);
    }
    return out;
}

/// All neurons of a population. A list of their numbers is made, so it has to fit into the memory.
std::vector<std::uint32_t> all_neurons(Resolution& r, const Place& at, std::uint64_t size)
{
    const double needed = static_cast<double>(sizeof(std::uint32_t)) * static_cast<double>(size);
    const core::AvailableMemory available = core::available_memory();
    if (needed > available.bytes) {
        r.reader.error(at,
            "means " + std::to_string(size) + " neurons, whose numbers alone need "
                + core::memory_text(needed),
            core::memory_text(available.bytes) + " are available (" + available.bound + ")");
        return {};
    }
    std::vector<std::uint32_t> neurons(size);
    std::iota(neurons.begin(), neurons.end(), 0U);
    return neurons;
}

void read_trace(Resolution& r, const Place& at)
{
    Reader& reader = r.reader;
    if (!reader.is_object(at, "an object with population, neurons and variables")) {
        return;
    }
    reader.check_keys(at, keys_of(Section::trace));
    TraceRequest trace;
    trace.interval_ms = r.grid.dt_ms();
    const Place interval = Reader::member(at, "interval");
    if (interval) {
        if (const auto value = reader.number(
                interval, {models::Bound {0.0, false}, models::Bound {longest_time_ms, true}})) {
            trace.interval_ms = *value;
            if (r.grid_known && (!r.grid.on_grid(*value) || r.grid.steps(*value) < 1)) {
                reader.error(interval, "is " + core::number_text(*value) + " ms",
                    "must be a multiple of dt = " + core::number_text(r.grid.dt_ms()) + " ms");
            }
        }
    }
    const Place name = Reader::member(at, "population");
    if (!name) {
        reader.missing(at, "population", "expected the name of a population");
        return;
    }
    const auto population = read_population_name(r, name);
    if (!population) {
        return;
    }
    trace.population = *population;
    const Place neurons = Reader::member(at, "neurons");
    if (!neurons) {
        trace.neurons = {0};
    } else if (neurons.json->is_string()) {
        if (reader.choice(neurons, {"all"}, "selection of neurons") && r.known[*population].size) {
            trace.neurons = all_neurons(r, neurons, r.experiment.populations[*population].size);
        }
    } else {
        trace.neurons
            = read_neurons(r, neurons, *population, true).value_or(std::vector<std::uint32_t> {});
    }
    const Place variables = Reader::member(at, "variables");
    trace.variables
        = variables ? read_variables(r, variables, *population) : recordables(r, *population);
    r.experiment.record.traces.push_back(std::move(trace));
}

void default_traces(Resolution& r)
{
    if (!r.known.empty() && r.known[0].params) {
        r.experiment.record.traces.push_back({0, {0}, recordables(r, 0), r.grid.dt_ms()});
    }
}

void read_spike_populations(Resolution& r, const Place& at)
{
    if (!r.reader.is_list(at, "a list of populations")) {
        return;
    }
    std::vector<std::size_t>& spikes = r.experiment.record.spikes;
    for (std::size_t i = 0; i < at.json->size(); ++i) {
        const Place place = Reader::item(at, i);
        const auto population = read_population_name(r, place);
        if (!population) {
            continue;
        }
        if (std::find(spikes.begin(), spikes.end(), *population) != spikes.end()) {
            r.reader.error(place, "is listed twice", "each population can be listed once");
        }
        spikes.push_back(*population);
    }
}

void read_panel(Resolution& r, const Place& at)
{
    Reader& reader = r.reader;
    if (!reader.is_object(at, "an object: a panel")) {
        return;
    }
    reader.check_keys(at, keys_of(Section::panel));
    Panel panel;
    panel.title = reader.text_or_empty(at, "title");
    panel.unit = reader.text_or_empty(at, "unit");
    const Place range = Reader::member(at, "range");
    if (range) {
        const auto ends = reader.numbers(range);
        if (ends && (ends->size() != 2 || !((*ends)[0] < (*ends)[1]))) {
            reader.error(range, "is " + core::value_text(*ends), "must be [low, high], low < high");
        } else if (ends) {
            panel.range = std::make_pair((*ends)[0], (*ends)[1]);
        }
    }
    const Place name = Reader::member(at, "population");
    const Place variables = Reader::member(at, "variables");
    if (!name) {
        reader.missing(at, "population", "expected the name of a population");
        return;
    }
    if (!variables) {
        reader.missing(at, "variables", "expected a list of names of variables");
    }
    const auto population = read_population_name(r, name);
    if (population && variables) {
        panel.population = *population;
        panel.variables = read_variables(r, variables, *population);
        r.experiment.view.panels.push_back(std::move(panel));
    }
}

core::Value event_value(Resolution& r, const Place& at)
{
    const Json& json = *at.json;
    switch (json.kind()) {
    case Json::Kind::boolean:
        return json.as_boolean();
    case Json::Kind::number:
        return json.as_number();
    case Json::Kind::string:
        return json.as_string();
    case Json::Kind::array: {
        std::vector<double> list;
        for (std::size_t i = 0; i < json.size(); ++i) {
            list.push_back(r.reader.number(Reader::item(at, i)).value_or(0.0));
        }
        return list;
    }
    case Json::Kind::object:
        r.reader.error(at, "is an object",
            "must be a number, an expression, true or false, a choice, a list or null");
        break;
    case Json::Kind::null:
        break;
    }
    return std::monostate {};
}

} // namespace

void read_events(Resolution& r, const Place& root)
{
    const Place list = Reader::member(root, "events");
    if (!list || !r.reader.is_list(list, "a list of events")) {
        return;
    }
    Reader& reader = r.reader;
    std::vector<std::pair<Event, std::size_t>> events;
    for (std::size_t i = 0; i < list.json->size(); ++i) {
        const Place at = Reader::item(list, i);
        if (!reader.is_object(at, "an object with at, set and value")) {
            continue;
        }
        reader.check_keys(at, keys_of(Section::event));
        Event event;
        const Place time = Reader::member(at, "at");
        if (!time) {
            reader.missing(at, "at", "expected a time in ms");
        } else {
            event.at_ms = read_time(r, time, time_limits()).value_or(0.0);
        }
        event.path = reader.required_text(at, "set", "expected a variable or a path").value_or("");
        if (event.path == events_path) {
            reader.error(Reader::member(at, "set"), "names the events themselves",
                "an event changes a variable or another value");
        }
        const Place value = Reader::member(at, "value");
        if (!value) {
            reader.missing(at, "value", "expected the new value");
        } else {
            const bool whole = names_whole_value(event.path)
                && (value.json->is_object() || value.json->is_array());
            event.value = whole ? core::Value(to_text(*value.json)) : event_value(r, value);
        }
        events.emplace_back(std::move(event), i);
    }
    std::stable_sort(events.begin(), events.end(),
        [](const auto& x, const auto& y) { return x.first.at_ms < y.first.at_ms; });
    for (auto& event : events) {
        r.experiment.events.push_back(std::move(event.first));
        r.event_places.push_back(event.second);
    }
}

void read_record(Resolution& r, const Place& root)
{
    Reader& reader = r.reader;
    const Place at = Reader::member(root, "record");
    const bool given = at && reader.is_object(at, "an object with traces and spikes");
    if (given) {
        reader.check_keys(at, keys_of(Section::record));
    }
    const Place traces = Reader::member(at, "traces");
    const Place spikes = Reader::member(at, "spikes");
    if (!traces) {
        default_traces(r);
    } else if (reader.is_list(traces, "a list of recordings")) {
        for (std::size_t i = 0; i < traces.json->size(); ++i) {
            read_trace(r, Reader::item(traces, i));
        }
    }
    if (spikes) {
        read_spike_populations(r, spikes);
    } else {
        r.experiment.record.spikes.resize(r.experiment.populations.size());
        std::iota(
            r.experiment.record.spikes.begin(), r.experiment.record.spikes.end(), std::size_t {0});
    }
    const Place warmup = Reader::member(at, "warmup");
    if (warmup) {
        r.experiment.record.warmup_ms = reader.number(warmup, time_limits()).value_or(0.0);
    }
}

void read_view(Resolution& r, const Place& root)
{
    Reader& reader = r.reader;
    const Place at = Reader::member(root, "view");
    if (!at || !reader.is_object(at, "an object with panels and window_ms")) {
        return;
    }
    reader.check_keys(at, keys_of(Section::view));
    View& view = r.experiment.view;
    const Place panels = Reader::member(at, "panels");
    if (panels && reader.is_list(panels, "a list of panels")) {
        for (std::size_t i = 0; i < panels.json->size(); ++i) {
            read_panel(r, Reader::item(panels, i));
        }
    }
    const Place window = Reader::member(at, "window_ms");
    if (window) {
        view.window_ms = reader.number(
            window, {models::Bound {0.0, false}, models::Bound {longest_time_ms, true}});
    }
    const Place layout = Reader::member(at, "layout");
    if (layout) {
        if (const auto name = reader.choice(layout, {"single", "network"}, "layout")) {
            view.network = *name == "network";
        }
    }
    const Place raster = Reader::member(at, "raster");
    if (raster && reader.is_object(raster, "an object with max_neurons")) {
        reader.check_keys(raster, keys_of(Section::raster));
        const Place most = Reader::member(raster, "max_neurons");
        if (most) {
            if (const auto n = reader.whole(most, 1, largest_size)) {
                view.raster_max_neurons = static_cast<std::size_t>(*n);
            }
        }
    }
}

} // namespace engine::config
