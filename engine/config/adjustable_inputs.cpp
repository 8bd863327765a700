#include "engine/config/adjustable_rows.hpp"
#include "engine/config/projection_edit.hpp"
#include "engine/config/stimulus_types.hpp"

#include <string>
#include <utility>
#include <variant>

namespace engine::config {

namespace {

constexpr double longest_delay_ms = 10.0; ///< that sliders offer

models::Limits probability()
{
    models::Limits limits = from_zero();
    limits.max = models::Bound {1.0, true};
    return limits;
}

void add_stimulus(
    AdjustableRows& rows, const Stimulus& stimulus, const std::string& type, const Json* written)
{
    const Experiment& experiment = rows.document().experiment();
    if (stimulus.targets.empty()) {
        return;
    }
    const Population& target = experiment.populations[stimulus.targets.front().population];
    const int port = port_of(stimulus, experiment);
    const std::string path = "stimuli/" + stimulus.key + "/";
    rows.begin_group("Stimulus: " + (stimulus.label.empty() ? type : stimulus.label));

    for (const StimulusField& field : fields_of(stimulus.source)) {
        const Json* value = member_of(written, field.key);
        // A train from a file has no weights of its own here.
        const bool from_file = std::holds_alternative<SpikeTrain>(stimulus.source);
        if (!field.slider || (from_file && value == nullptr)) {
            continue;
        }
        NumberRow row;
        row.label = field.key;
        row.meaning = field.meaning;
        row.unit = unit_text(field.unit, target, port);
        row.limits = field.limits;
        row.log_scale = field.log_scale;
        row.essential = field.essential || value != nullptr;
        if (value != nullptr && value->is_array()) {
            rows.add_list(path + field.key, value, row);
        } else {
            rows.add_number(path + field.key, value, row);
        }
    }
    for (const StimulusField& field : common_stimulus_fields()) {
        const Json* value = member_of(written, field.key);
        const bool is_delay = field.key == "delay";
        NumberRow row;
        row.label = field.key;
        row.meaning = field.meaning;
        row.unit = unit_text(field.unit, target, port);
        row.limits = field.limits;
        row.essential = value != nullptr && !is_delay;
        row.nullable = field.nullable;
        row.range = SliderRange {0.0,
            is_delay ? longest_delay_ms : experiment.simulation.duration_ms.value_or(1000.0),
            false};
        rows.add_number(path + field.key, value, row);
    }
}

void add_projection(AdjustableRows& rows, const Projection& projection, const Json* written)
{
    const Experiment& experiment = rows.document().experiment();
    const Population& source = experiment.populations[projection.source];
    const Population& target = experiment.populations[projection.target];
    const std::string path = "projections/" + projection.key + "/";
    rows.begin_group("Projection: " + source.name + " \u2192 " + target.name
        + (projection.label.empty() || projection.label == source.name + target.name
                ? ""
                : " (" + projection.label + ")"));
    if (projection.weight) {
        NumberRow row;
        row.label = "weight";
        row.meaning = "Weight of a spike";
        row.unit = unit_text(StimulusUnit::weight, target, projection.port);
        row.log_scale = true;
        rows.add_number(path + "weight", member_of(written, "weight"), row);
    }
    if (projection.delay_ms) {
        NumberRow row;
        row.label = "delay";
        row.meaning = "Way of a spike";
        row.unit = "ms";
        row.limits = positive();
        row.range = SliderRange {experiment.simulation.dt_ms, longest_delay_ms, false};
        row.live = std::holds_alternative<double>(*projection.delay_ms);
        rows.add_number(path + "delay", member_of(written, "delay"), row);
    }
    const RuleType* rule = type_of(projection.rule);
    if (rule != nullptr && !rule->key.empty()) {
        NumberRow row;
        row.label = rule->key;
        row.meaning = rule->meaning;
        row.limits = rule->integer ? from_zero() : probability();
        row.log_scale = true;
        row.integer = rule->integer;
        row.live = false;
        rows.add_number(
            path + "rule/" + rule->key, member_of(member_of(written, "rule"), rule->key), row);
    }
}

} // namespace

void add_projections(AdjustableRows& rows, const Json& root)
{
    const std::vector<Projection>& projections = rows.document().experiment().projections;
    for (std::size_t i = 0; i < projections.size(); ++i) {
        add_projection(rows, projections[i], item_of(root.find("projections"), i));
    }
}

void add_stimuli(AdjustableRows& rows, const Json& root)
{
    const std::vector<Stimulus>& stimuli = rows.document().experiment().stimuli;
    for (std::size_t i = 0; i < stimuli.size(); ++i) {
        const Json* written = item_of(root.find("stimuli"), i);
        const Json* type = member_of(written, "type");
        add_stimulus(rows, stimuli[i], type != nullptr ? type->as_string() : "", written);
    }
}

} // namespace engine::config
