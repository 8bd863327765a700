#include "engine/models/iaf_psc_delta.hpp"
#include "engine/models/spec.hpp"

namespace engine::models {

namespace {

std::vector<ParamSpec> parameters()
{
    using namespace spec;
    std::vector<ParamSpec> params;
    const std::string nest = "NEST iaf_psc_delta";
    add_group(params, "Membrane", nest,
        {
            essential(number(
                "tau_m", "Membrane time constant", "ms", 10.0, above(0.0), 1.0, 100.0, true)),
            number("C_m", "Membrane capacitance", "pF", 250.0, above(0.0), 1.0, 1000.0, true),
            essential(number("E_L", "Resting potential", "mV", -70.0, {}, -90.0, 20.0)),
            essential(number("I_e", "Constant input current", "pA", 0.0, {}, -500.0, 1000.0)),
        });
    ParamSpec V_min
        = number("V_min", "Lower bound of the membrane potential", "mV", 0.0, {}, -200.0, 0.0);
    V_min.default_value = std::monostate {};
    V_min.nullable = true;
    ParamSpec refractory_input = structural_flag("refractory_input",
        "Keep input that arrives during refractoriness and add it afterwards", false);
    refractory_input.live = true;
    add_group(params, "Threshold and reset", nest,
        {
            essential(number("V_th", "Spike threshold", "mV", -55.0, {}, -70.0, 40.0)),
            essential(number("V_reset", "Potential after a spike", "mV", -70.0, {}, -90.0, 30.0)),
            essential(number("t_ref", "Refractory period", "ms", 2.0, at_least(0.0), 0.0, 20.0)),
            V_min,
            refractory_input,
        });
    return params;
}

std::vector<Violation> check(const ParamValues& values)
{
    const double V_reset = spec::number_of(values, "V_reset");
    const double V_th = spec::number_of(values, "V_th");
    if (V_reset >= V_th) {
        return {{"V_reset", spec::is(V_reset),
            "must be below V_th, which is " + core::number_text(V_th), false}};
    }
    return {};
}

Equations equations(const ParamValues& values)
{
    EquationWriter w;
    w.symbol({.name = "V", .recordable = "V_m"});
    w.symbol({.name = "w", .meaning = "Weight of an arriving spike", .unit = "mV"});
    w.symbol({.name = "r", .meaning = "What was left of the refractory period", .unit = "ms"});

    w.section("Membrane potential");
    w.slope("d(V)", "-(V - E_L) / tau_m + (I + I_e) / C_m");
    w.section("Spike");
    w.condition("V", ">=", "V_th").note = "spike";
    w.change("V", "V_reset").hold = "t_ref";
    if (std::holds_alternative<double>(values.find("V_min")->second)) {
        w.section("Bound");
        w.change("V", "max(V, V_min)", "after every step");
    }
    w.section("Arriving spikes");
    w.change("V", "V + w");
    Equation& held = spec::flag_of(values, "refractory_input")
        ? w.change("V", "V + w * exp(-r / tau_m)", "after t_ref, of what arrived while V was held")
        : w.words("What arrives while V is held is lost");
    held.decided_by = {"refractory_input"};
    w.section("Start, unless the preset gives it");
    w.start("V(0)", "E_L");
    return w.take();
}

} // namespace

ModelDescription iaf_psc_delta_description()
{
    ModelDescription m;
    m.name = "iaf_psc_delta";
    m.title = "LIF neuron, delta synapses";
    m.summary = "Leaky integrate-and-fire neuron whose voltage jumps by the weight of every "
                "arriving spike; the neuron of Brunel's network.";
    m.params = parameters();
    m.states = [](const ParamValues&) {
        return std::vector<StateSpec> {{"V_m", "mV", "Membrane potential; missing: E_L", false}};
    };
    m.recordables = [](const ParamValues&) {
        return std::vector<RecordableSpec> {
            {"V_m", "mV", "Membrane potential", QuantityKind::potential},
            {"I", "pA", "Input current of the stimuli", QuantityKind::input_current},
        };
    };
    m.ports = [](const ParamValues&) {
        return std::vector<PortSpec> {
            {0, "Spikes (jump of the voltage) and currents", "mV", true, true}};
    };
    m.check = check;
    m.equations = equations;
    m.make = make_iaf_psc_delta;
    return m;
}

} // namespace engine::models
