#include "engine/config/adjustable_rows.hpp"

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

/// Unit of a current into the population, of the weights that arrive at one of its ports.
std::string current_unit(const Population& population)
{
    for (const models::RecordableSpec& spec : population.model->recordables(population.params)) {
        if (spec.kind == models::QuantityKind::input_current) {
            return spec.unit;
        }
    }
    return {};
}

std::string weight_unit(const Population& population, int port)
{
    for (const models::PortSpec& spec : population.model->ports(population.params)) {
        if (spec.number == port) {
            return spec.weight_unit;
        }
    }
    return {};
}

/// One field of a type of stimulus.
struct Field {
    const char* key;
    const char* meaning;
    enum class Unit { current, current_per_ms, weight, rate, frequency, angle, time } unit;
    bool from_zero = false;
    bool log_scale = false;
    bool essential = true;
    bool live = true;
};

using Unit = Field::Unit;

std::vector<Field> fields_of(const Source& source)
{
    struct Fields {
        std::vector<Field> operator()(const Dc&) const
        {
            return {{"amplitude", "Current", Unit::current}};
        }
        std::vector<Field> operator()(const StepCurrent&) const
        {
            return {{"amplitudes", "Current from each time on", Unit::current}};
        }
        std::vector<Field> operator()(const Ramp& ramp) const
        {
            return {{"from", "Current at the start", Unit::current},
                ramp.slope ? Field {"slope", "Growth of the current", Unit::current_per_ms}
                           : Field {"to", "Current at the end", Unit::current}};
        }
        std::vector<Field> operator()(const Pulses&) const
        {
            return {{"amplitude", "Current during a pulse", Unit::current},
                {"width", "Duration of a pulse", Unit::time, true},
                {"baseline", "Current between the pulses", Unit::current, false, false, false}};
        }
        std::vector<Field> operator()(const Ac&) const
        {
            return {{"amplitude", "Amplitude of the sine", Unit::current},
                {"frequency", "Frequency of the sine", Unit::frequency, true, true},
                {"offset", "Mean current", Unit::current},
                {"phase", "Phase at the beginning of the run", Unit::angle, false, false, false}};
        }
        std::vector<Field> operator()(const Noise& noise) const
        {
            if (noise.uniform) {
                return {{"low", "Smallest current", Unit::current},
                    {"high", "Largest current", Unit::current}};
            }
            return {{"mean", "Mean current", Unit::current},
                {"std", "Standard deviation of the current", Unit::current, true}};
        }
        std::vector<Field> operator()(const Poisson&) const
        {
            return {{"rate", "Spikes per second, to each neuron", Unit::rate, true, true},
                {"weight", "Weight of a spike", Unit::weight}};
        }
        std::vector<Field> operator()(const SpikeTrain&) const
        {
            return {{"weights", "Weight of the spikes", Unit::weight}};
        }
    };
    return std::visit(Fields {}, source);
}

std::string unit_text(Unit unit, const Population& target, int port)
{
    switch (unit) {
    case Unit::current:
        return current_unit(target);
    case Unit::current_per_ms: {
        const std::string current = current_unit(target);
        return (current.empty() ? "1" : current) + "/ms";
    }
    case Unit::weight:
        return weight_unit(target, port);
    case Unit::rate:
    case Unit::frequency:
        return "Hz";
    case Unit::angle:
        return "deg";
    case Unit::time:
        return "ms";
    }
    return {};
}

void add_stimulus(
    AdjustableRows& rows, const Stimulus& stimulus, const std::string& type, const Json* written)
{
    const Experiment& experiment = rows.document().experiment();
    if (stimulus.targets.empty()) {
        return;
    }
    const Population& target = experiment.populations[stimulus.targets.front().population];
    const int port = stimulus.port.value_or(target.model->default_spike_port(target.params));
    const std::string path = "stimuli/" + stimulus.key + "/";
    rows.begin_group("Stimulus: " + (stimulus.label.empty() ? type : stimulus.label));

    for (const Field& field : fields_of(stimulus.source)) {
        NumberRow row;
        row.label = field.key;
        row.meaning = field.meaning;
        row.unit = unit_text(field.unit, target, port);
        row.limits = field.from_zero ? from_zero() : models::Limits {};
        row.log_scale = field.log_scale;
        const Json* value = member_of(written, field.key);
        row.essential = field.essential || value != nullptr;
        if (value != nullptr && value->is_array()) {
            rows.add_list(path + field.key, value, row);
        } else if (std::get_if<SpikeTrain>(&stimulus.source) == nullptr || value != nullptr) {
            rows.add_number(path + field.key, value, row);
        }
    }
    struct Time {
        const char* key;
        const char* meaning;
        bool nullable;
    };
    for (const Time& time : {Time {"start", "Beginning of the stimulus", false},
             Time {"stop", "End of the stimulus; none: never", true},
             Time {"delay", "Way to the neurons", false}}) {
        const Json* value = member_of(written, time.key);
        const bool is_delay = std::string_view(time.key) == "delay";
        NumberRow row;
        row.label = time.key;
        row.meaning = time.meaning;
        row.unit = "ms";
        row.limits = from_zero();
        row.essential = value != nullptr && !is_delay;
        row.nullable = time.nullable;
        row.range = SliderRange {0.0,
            is_delay ? longest_delay_ms : experiment.simulation.duration_ms.value_or(1000.0),
            false};
        rows.add_number(path + time.key, value, row);
    }
}

/// The number of a rule, if it has one.
struct RuleNumber {
    const char* key;
    const char* meaning;
    bool integer;
};
const RuleNumber* number_of(const Rule& rule)
{
    static constexpr RuleNumber indegree {"indegree", "Sources of each neuron", true};
    static constexpr RuleNumber outdegree {"outdegree", "Targets of each neuron", true};
    static constexpr RuleNumber total {"N", "Connections of the projection", true};
    static constexpr RuleNumber p {"p", "Probability of each connection", false};
    struct Number {
        const RuleNumber* operator()(const AllToAll&) const { return nullptr; }
        const RuleNumber* operator()(const OneToOne&) const { return nullptr; }
        const RuleNumber* operator()(const FixedIndegree&) const { return &indegree; }
        const RuleNumber* operator()(const FixedOutdegree&) const { return &outdegree; }
        const RuleNumber* operator()(const FixedTotalNumber&) const { return &total; }
        const RuleNumber* operator()(const PairwiseBernoulli&) const { return &p; }
        const RuleNumber* operator()(const Explicit&) const { return nullptr; }
    };
    return std::visit(Number {}, rule);
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
        row.unit = weight_unit(target, projection.port);
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
    if (const RuleNumber* number = number_of(projection.rule)) {
        NumberRow row;
        row.label = number->key;
        row.meaning = number->meaning;
        row.limits = number->integer ? from_zero() : probability();
        row.log_scale = true;
        row.integer = number->integer;
        row.live = false;
        rows.add_number(
            path + "rule/" + number->key, member_of(member_of(written, "rule"), number->key), row);
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
