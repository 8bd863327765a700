#include "engine/config/stimulus_types.hpp"

#include <variant>

namespace engine::config {

namespace {

using Form = StimulusField::Form;
using Unit = StimulusUnit;

models::Limits not_negative() { return {models::Bound {0.0, true}, {}}; }
models::Limits positive() { return {models::Bound {0.0, false}, {}}; }

StimulusField number(const char* key, const char* meaning, Unit unit, models::Limits limits = {})
{
    StimulusField field;
    field.key = key;
    field.meaning = meaning;
    field.unit = unit;
    field.limits = limits;
    return field;
}

StimulusField list(const char* key, const char* meaning, Unit unit, Form form)
{
    StimulusField field = number(key, meaning, unit);
    field.form = form;
    return field;
}

StimulusField times(const char* meaning)
{
    StimulusField field = list("times", meaning, Unit::time, Form::list);
    field.limits = not_negative();
    field.slider = false; // there may be thousands; they are dragged where they are drawn
    return field;
}

StimulusField on_log_scale(StimulusField field)
{
    field.log_scale = true;
    return field;
}

StimulusField rarely_changed(StimulusField field)
{
    field.essential = false;
    return field;
}

StimulusField without_slider(StimulusField field)
{
    field.slider = false;
    return field;
}

StimulusField shared()
{
    StimulusField field;
    field.key = "shared";
    field.meaning = "All neurons get the same";
    field.form = Form::flag;
    field.slider = false;
    return field;
}

struct Fields {
    using List = std::vector<StimulusField>;
    List operator()(const Dc&) const { return {number("amplitude", "Current", Unit::current)}; }
    List operator()(const StepCurrent&) const
    {
        return {times("Times at which the current changes"),
            list("amplitudes", "Current from each time on", Unit::current, Form::one_for_each)};
    }
    List operator()(const Ramp& ramp) const
    {
        return {number("from", "Current at the start", Unit::current),
            ramp.slope ? number("slope", "Growth of the current", Unit::current_per_ms)
                       : number("to", "Current at the end", Unit::current)};
    }
    List operator()(const Pulses&) const
    {
        return {times("Times at which a pulse begins"),
            list("amplitude", "Current during a pulse", Unit::current, Form::number_or_list),
            number("width", "Duration of a pulse", Unit::time, not_negative()),
            rarely_changed(number("baseline", "Current between the pulses", Unit::current))};
    }
    List operator()(const Ac&) const
    {
        return {number("amplitude", "Amplitude of the sine", Unit::current),
            on_log_scale(
                number("frequency", "Frequency of the sine", Unit::frequency, not_negative())),
            number("offset", "Mean current", Unit::current),
            rarely_changed(number("phase", "Phase at the beginning of the run", Unit::angle))};
    }
    List operator()(const Noise& noise) const
    {
        const StimulusField interval = without_slider(
            number("interval", "Time for which a value is held", Unit::time, positive()));
        if (noise.uniform) {
            return {number("low", "Smallest current", Unit::current),
                number("high", "Largest current", Unit::current), interval, shared()};
        }
        return {number("mean", "Mean current", Unit::current),
            number("std", "Standard deviation of the current", Unit::current, not_negative()),
            interval, shared()};
    }
    List operator()(const Poisson&) const
    {
        return {on_log_scale(number(
                    "rate", "Spikes per second, to each neuron", Unit::rate, not_negative())),
            number("weight", "Weight of a spike", Unit::weight), shared()};
    }
    List operator()(const SpikeTrain&) const
    {
        return {times("Times of the spikes"),
            list("weights", "Weight of the spikes", Unit::weight, Form::number_or_list)};
    }
};

/// Unit of a current into the population.
std::string current_unit(const Population& population)
{
    for (const models::RecordableSpec& spec : population.model->recordables(population.params)) {
        if (spec.kind == models::QuantityKind::input_current) {
            return spec.unit;
        }
    }
    return {};
}

} // namespace

const std::vector<StimulusType>& stimulus_types()
{
    // In the order of the alternatives of Source.
    static const std::vector<StimulusType> types {
        {"dc", "Constant current", "One current from start to stop", false},
        {"step_current", "Steps", "A current that changes at given times", false},
        {"ramp", "Ramp", "A current that grows or falls evenly", false},
        {"pulses", "Pulses", "Short currents of equal duration", false},
        {"ac", "Sine", "A current that oscillates", false},
        {"noise", "Noise", "A current drawn anew in every interval", false},
        {"poisson", "Poisson spikes", "Spikes at random times", true},
        {"spike_train", "Spike train", "Spikes at given times", true},
    };
    return types;
}

const StimulusType& type_of(const Source& source) { return stimulus_types()[source.index()]; }

std::vector<StimulusField> fields_of(const Source& source) { return std::visit(Fields {}, source); }

const std::vector<StimulusField>& common_stimulus_fields()
{
    static const std::vector<StimulusField> fields = [] {
        std::vector<StimulusField> all {
            number("start", "Beginning of the stimulus", Unit::time, not_negative()),
            number("stop", "End of the stimulus; none: never", Unit::time, not_negative()),
            number("delay", "Way to the neurons", Unit::time, not_negative())};
        all[1].nullable = true;
        return all;
    }();
    return fields;
}

std::string unit_text(StimulusUnit unit, const Population& target, int port)
{
    switch (unit) {
    case Unit::none:
        return {};
    case Unit::current:
        return current_unit(target);
    case Unit::current_per_ms: {
        const std::string current = current_unit(target);
        return (current.empty() ? "1" : current) + "/ms";
    }
    case Unit::weight:
        for (const models::PortSpec& spec : target.model->ports(target.params)) {
            if (spec.number == port) {
                return spec.weight_unit;
            }
        }
        return {};
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

int port_of(const Stimulus& stimulus, const Experiment& experiment)
{
    const Population& target = experiment.populations[stimulus.targets.front().population];
    return stimulus.port.value_or(
        type_of(stimulus.source).spikes ? target.model->default_spike_port(target.params) : 0);
}

} // namespace engine::config
