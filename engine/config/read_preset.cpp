#include "engine/config/expression.hpp"
#include "engine/config/key_order.hpp"
#include "engine/config/nearest.hpp"
#include "engine/config/resolution.hpp"
#include "engine/core/value.hpp"

#include <algorithm>
#include <cmath>

namespace engine::config {

namespace {

constexpr const char* format_name = "spikescope-preset";
constexpr double newest_version = 1.0;

void read_format(Resolution& r, const Place& root)
{
    const Place format = Reader::member(root, "format");
    if (!format) {
        r.reader.missing(root, "format", "expected \"spikescope-preset\"");
    } else if (!format.json->is_string() || format.json->as_string() != format_name) {
        r.reader.error(format, Reader::description(*format.json), "must be \"spikescope-preset\"");
    }
    const Place version = Reader::member(root, "version");
    if (!version) {
        r.reader.missing(root, "version", "expected 1");
        return;
    }
    const std::optional<double> number = r.reader.literal_number(version);
    if (!number) {
        return;
    }
    if (std::floor(*number) != *number || *number < 1.0) {
        r.reader.error(version, Reader::description(*version.json), "must be 1");
    } else if (*number > newest_version) {
        r.reader.error(version, "the preset has format version " + core::number_text(*number),
            "this program reads versions up to 1", "a newer program is needed");
    }
}

bool is_id(const std::string& text)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    });
}

void read_info(Resolution& r, const Place& root)
{
    Reader& reader = r.reader;
    PresetInfo& info = r.info;
    const Place id = Reader::member(root, "id");
    if (const auto text
        = reader.required_text(root, "id", "expected a text of small letters, digits and -")) {
        info.id = *text;
        if (!is_id(*text)) {
            reader.error(id, "is " + in_quotes(*text), "must be small letters a-z, digits and -");
        }
    }
    info.title = reader.required_text(root, "title", "expected a text").value_or("");
    info.family = reader.text_or_empty(root, "family");
    info.summary = reader.text_or_empty(root, "summary");
    info.expect = reader.text_or_empty(root, "expect");
    info.source = reader.text_or_empty(root, "source");
    const Place tags = Reader::member(root, "tags");
    if (tags && reader.is_list(tags, "a list of texts")) {
        for (std::size_t i = 0; i < tags.json->size(); ++i) {
            if (const auto tag = reader.text(Reader::item(tags, i))) {
                info.tags.push_back(*tag);
            }
        }
    }
}

void read_variable(Resolution& r, const Place& at, const std::string& name)
{
    Reader& reader = r.reader;
    if (!is_name(name) || name == "pi" || name == "e") {
        reader.error(at, in_quotes(name) + " cannot be the name of a variable",
            name == "pi" || name == "e" ? "it is a constant"
                                        : "names are letters, digits and _, not a digit first");
        return;
    }
    if (!reader.is_object(at, "an object with value, min and max")) {
        return;
    }
    reader.check_keys(at, keys_of(Section::variable));
    const Place value_place = Reader::member(at, "value");
    const auto literal
        = [&](const Place& place) { return place ? reader.literal_number(place) : std::nullopt; };
    const std::optional<double> value = literal(value_place);
    if (!value_place) {
        reader.missing(at, "value", "expected a number");
    }
    const std::optional<double> min = literal(Reader::member(at, "min"));
    const std::optional<double> max = literal(Reader::member(at, "max"));
    const Place scale = Reader::member(at, "scale");
    const std::string scale_name
        = scale ? reader.choice(scale, {"linear", "log"}, "scale").value_or("") : "";
    reader.text_or_empty(at, "label");
    reader.text_or_empty(at, "unit");
    if (min && max && !(*min < *max)) {
        reader.error(Reader::member(at, "max"), "is " + core::number_text(*max),
            "must be > min, which is " + core::number_text(*min));
    } else if (value && ((min && *value < *min) || (max && *value > *max))) {
        reader.warning(value_place, "is " + core::number_text(*value),
            "lies outside the slider's range from min to max");
    }
    if (scale_name == "log" && min && *min <= 0.0) {
        reader.error(Reader::member(at, "min"), "is " + core::number_text(*min),
            "must be > 0 where scale is \"log\"");
    }
    // A wrong variable still exists: expressions that use it are not wrong for that.
    reader.add_variable(name, value.value_or(1.0));
}

void read_variables(Resolution& r, const Place& root)
{
    const Place variables = Reader::member(root, "variables");
    if (!variables || !r.reader.is_object(variables, "an object of variables")) {
        return;
    }
    constexpr std::size_t most = 1000; // each is a slider
    if (variables.json->size() > most) {
        r.reader.error(variables, "has " + std::to_string(variables.json->size()) + " variables",
            "a preset has at most " + std::to_string(most));
        return;
    }
    for (std::size_t i = 0; i < variables.json->size(); ++i) {
        const std::string& name = variables.json->key(i);
        if (!Reader::is_free_key(name)) {
            read_variable(r, Reader::member_at(variables, i), name);
        }
    }
}

} // namespace

models::Limits time_limits() { return between(0.0, longest_time_ms); }

void warn_off_grid(Resolution& r, const Place& at, double t_ms)
{
    if (!r.grid_known || r.grid.on_grid(t_ms)) {
        return;
    }
    r.reader.warning(at, core::number_text(t_ms) + " ms is no multiple of dt",
        "rounded to " + core::number_text(r.grid.time_ms(r.grid.steps(t_ms))) + " ms");
}

std::optional<double> read_time(Resolution& r, const Place& at, const models::Limits& limits)
{
    const std::optional<double> t = r.reader.number(at, limits);
    if (t) {
        warn_off_grid(r, at, *t);
    }
    return t;
}

void read_simulation(Resolution& r, const Place& root)
{
    Reader& reader = r.reader;
    const Place at = Reader::member(root, "simulation");
    if (!at) {
        reader.missing(root, "simulation", "expected an object with dt and duration");
        return;
    }
    if (!reader.is_object(at, "an object with dt and duration")) {
        return;
    }
    reader.check_keys(at, keys_of(Section::simulation));
    SimulationSettings& settings = r.experiment.simulation;
    constexpr double smallest_dt_ms = 1e-6;
    constexpr double largest_dt_ms = 1000.0;
    if (const auto dt = reader.required_number(at, "dt", between(smallest_dt_ms, largest_dt_ms))) {
        settings.dt_ms = *dt;
        r.grid = core::TimeGrid(*dt);
        r.grid_known = true;
    }
    const Place duration = Reader::member(at, "duration");
    if (!duration) {
        reader.missing(at, "duration", "expected a time in ms, or null for a run until stopped");
    } else if (!duration.json->is_null()) {
        settings.duration_ms = read_time(
            r, duration, {models::Bound {0.0, false}, models::Bound {longest_time_ms, true}});
        if (settings.duration_ms && r.grid_known
            && *settings.duration_ms / settings.dt_ms > static_cast<double>(largest_whole)) {
            reader.error(duration,
                "is " + core::number_text(*settings.duration_ms / settings.dt_ms) + " steps of dt",
                "at most 2^53 steps are possible");
        }
    }
    const Place seed = Reader::member(at, "seed");
    if (seed) {
        settings.seed = reader.whole(seed, 0, largest_whole).value_or(1);
    }
    const Place speed = Reader::member(at, "speed");
    if (speed && speed.json->is_string() && speed.json->as_string() == "max") {
        settings.speed = std::nullopt;
    } else if (speed && (speed.json->is_number() || speed.json->is_string())) {
        settings.speed = reader.number(speed, above(0.0)).value_or(1.0);
    } else if (speed) {
        reader.error(
            speed, Reader::description(*speed.json), "must be a number (1 = real time) or \"max\"");
    }
    const Place at_end = Reader::member(at, "at_end");
    if (at_end) {
        const std::string choice
            = reader.choice(at_end, {"continue", "repeat", "stop"}, "way to end").value_or("");
        settings.at_end = choice == "repeat" ? AtEnd::repeat
            : choice == "stop"               ? AtEnd::stop
                                             : AtEnd::go_on;
    }
}

void read_preset(Resolution& r, const Place& root)
{
    if (!r.reader.is_object(root, "an object: a preset")) {
        return;
    }
    r.reader.check_keys(root, keys_of(Section::preset));
    read_format(r, root);
    read_info(r, root);
    read_variables(r, root);
    read_simulation(r, root);
    read_populations(r, root);
    read_projections(r, root);
    read_stimuli(r, root);
    read_events(r, root);
    read_record(r, root);
    read_view(r, root);
    read_checks(r, root);
}

} // namespace engine::config
