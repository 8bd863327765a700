#include "engine/config/adjustable_rows.hpp"

namespace engine::config {

namespace {

/// Whether the network has to be built anew when the variable moves over the range of its slider.
bool rebuilds(const PresetDocument& document, const Adjustable& row)
{
    for (const double end : {row.slider_min, row.slider_max}) {
        const SetResult moved = document.set(row.path, end);
        if (moved.document
            && !rebuild_reason(document.experiment(), moved.document->experiment()).empty()) {
            return true;
        }
    }
    return false;
}

std::string text_of(const Json& variable, std::string_view key)
{
    const Json* text = variable.find(key);
    return text != nullptr && text->is_string() ? text->as_string() : std::string();
}

} // namespace

void add_variables(AdjustableRows& rows, const Json& root)
{
    rows.begin_group("Variables");
    const Json* variables = root.find("variables");
    for (std::size_t i = 0; variables != nullptr && i < variables->size(); ++i) {
        const std::string& name = variables->key(i);
        if (name.substr(0, 2) == "x-") {
            continue;
        }
        const Json& variable = variables->at(i);
        const double value = variable.find("value")->as_number();
        NumberRow row;
        row.label = text_of(variable, "label").empty() ? name : text_of(variable, "label");
        row.meaning = "Variable " + name + " of the preset";
        row.unit = text_of(variable, "unit");
        SliderRange range = range_around(value, text_of(variable, "scale") == "log");
        if (const Json* min = variable.find("min")) {
            range.min = min->as_number();
        }
        if (const Json* max = variable.find("max")) {
            range.max = max->as_number();
        }
        range.log_scale = text_of(variable, "scale") == "log" && range.min > 0.0;
        row.range = range;
        rows.add_number(name, nullptr, row);
    }
}

void add_simulation(AdjustableRows& rows, const Json& root)
{
    rows.begin_group("Simulation");
    const Json* simulation = root.find("simulation");
    const auto add = [&](const char* key, const char* meaning, NumberRow row) {
        row.label = key;
        row.meaning = meaning;
        row.essential = false;
        rows.add_number(std::string("simulation/") + key, member_of(simulation, key), row);
    };
    NumberRow dt;
    dt.unit = "ms";
    dt.limits = positive();
    dt.log_scale = true;
    dt.live = false;
    add("dt", "Step of the simulation", dt);
    NumberRow duration;
    duration.unit = "ms";
    duration.limits = positive();
    duration.log_scale = true;
    duration.nullable = true;
    add("duration", "Duration of a run or sweep; none: until stopped", duration);
    NumberRow seed;
    seed.limits = from_zero();
    seed.range = SliderRange {0.0, 1000.0, false};
    seed.integer = true;
    seed.live = false;
    add("seed", "Seed of all random numbers", seed);
}

std::vector<Adjustable> adjustables(const PresetDocument& document)
{
    AdjustableRows rows(document);
    const Json& root = document.tree();
    add_variables(rows, root);
    add_populations(rows, root);
    add_projections(rows, root);
    add_stimuli(rows, root);
    add_simulation(rows, root);
    std::vector<Adjustable> all = rows.take();
    for (Adjustable& row : all) {
        if (row.group == "Variables") {
            row.live = !rebuilds(document, row);
        }
    }
    return all;
}

} // namespace engine::config
