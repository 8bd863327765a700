#include "engine/models/izhikevich.hpp"
#include "engine/models/spec.hpp"

namespace engine::models {

namespace {

ParamSpec integrator()
{
    ParamSpec p;
    p.name = "integrator";
    p.meaning = "Integration scheme; some firing types exist only in the published one";
    p.kind = ParamKind::choice;
    p.default_value = std::string("figure1");
    p.choices = {"euler", "net2003", "figure1", "pymonnto", "rk4"};
    p.essential = true;
    p.per_neuron = false;
    return p;
}

std::vector<ParamSpec> parameters()
{
    using namespace spec;
    std::vector<ParamSpec> params;
    const std::string paper = "Izhikevich 2003, regular spiking";
    add_group(params, "Recovery", paper,
        {
            essential(number("a", "Rate of the recovery variable", "1/ms", 0.02, {}, -0.05, 0.2)),
            essential(
                number("b", "Sensitivity of the recovery variable to v", "", 0.2, {}, -1.0, 1.0)),
        });
    add_group(params, "Spike", paper,
        {
            essential(number("c", "Potential after a spike", "mV", -65.0, {}, -80.0, -40.0)),
            essential(number(
                "d", "Increment of the recovery variable at a spike", "", 8.0, {}, -25.0, 10.0)),
            number("V_th", "Peak at which the spike is cut", "mV", 30.0, {}, 0.0, 50.0),
        });
    add_group(params, "Input", paper,
        {essential(number("I_e", "Constant input current", "", 0.0, {}, -20.0, 40.0))});
    add_group(params, "Quadratic", "Izhikevich 2003; 4.1 and 108 for types G and L of 2004",
        {
            number("k2", "Coefficient of v^2", "1/(ms mV)", 0.04, {}, 0.01, 0.1),
            number("k1", "Coefficient of v", "1/ms", 5.0, {}, 3.0, 6.0),
            number("k0", "Constant term", "mV/ms", 140.0, {}, 80.0, 180.0),
        });
    ParamSpec V_min
        = number("V_min", "Lower bound of the membrane potential", "mV", 0.0, {}, -200.0, -50.0);
    V_min.default_value = std::monostate {};
    V_min.nullable = true;
    add_group(params, "Variants", "Izhikevich 2004, type R: v_ref = -65, u_leak = 0",
        {
            number("v_ref", "Potential at which b (v - v_ref) vanishes", "mV", 0.0, {}, -80.0, 0.0),
            number("u_leak", "Leak of the recovery variable", "", 1.0, {}, 0.0, 2.0),
            V_min,
        });
    add_group(params, "Method", "Izhikevich 2004", {integrator()});
    return params;
}

std::vector<Violation> check(const ParamValues& values)
{
    const double c = spec::number_of(values, "c");
    const double V_th = spec::number_of(values, "V_th");
    if (c >= V_th) {
        return {{"c", spec::is(c),
            "is not below V_th (" + core::number_text(V_th) + "): the neuron fires in every step",
            true}};
    }
    return {};
}

void write_step(EquationWriter& w, const std::string& integrator)
{
    w.section("One step, f = dv/dt and g = du/dt");
    if (integrator == "rk4") {
        w.words("v and u by the classical Runge-Kutta method of order 4, I held");
    } else if (integrator == "net2003") {
        w.step("v1", "v + dt / 2 * f(v, u)");
        w.step("v'", "v1 + dt / 2 * f(v1, u)");
        w.step("u'", "u + dt * g(v', u)");
    } else {
        w.step("v'", "v + dt * f(v, u)");
        w.step("u'", integrator == "euler" ? "u + dt * g(v, u)" : "u + dt * g(v', u)");
    }
}

Equations equations(const ParamValues& values)
{
    using spec::number_of;
    const auto& integrator = std::get<std::string>(values.find("integrator")->second);
    EquationWriter w;
    w.symbol({.name = "v", .recordable = "V_m"});
    w.symbol({.name = "u", .recordable = "U_m"});
    w.symbol({.name = "w", .meaning = "Weight of an arriving spike"});
    w.symbol({.name = "dt", .meaning = "Step of the simulation", .unit = "ms"});
    w.symbol({.name = "v1", .meaning = "v after half a step", .unit = "mV"});
    w.symbol({.name = "v'", .meaning = "v after the step", .unit = "mV"});
    w.symbol({.name = "u'", .meaning = "u after the step"});

    w.section("Membrane potential and recovery");
    w.slope("d(v)", "k2 * v^2 + k1 * v + k0 - u + I + I_e");
    // As it is published wherever the variants are not used.
    const bool varied = number_of(values, "v_ref") != 0.0 || number_of(values, "u_leak") != 1.0;
    w.slope("d(u)", varied ? "a * (b * (v - v_ref) - u_leak * u)" : "a * (b * v - u)");

    w.section("Spike");
    const bool strict = integrator == "figure1" || integrator == "pymonnto";
    Equation& test = w.condition("v", strict ? ">" : ">=", "V_th");
    test.note = integrator == "pymonnto" ? "at the beginning of the next step: spike" : "spike";
    test.decided_by = {"integrator"};
    w.change("v", "c");
    w.change("u", "u + d");
    if (std::holds_alternative<double>(values.find("V_min")->second)) {
        w.section("Bound");
        w.change("v", "max(v, V_min)", "after every step");
    }

    w.section("Arriving spikes");
    w.change("v", "v + w", "at port 0");
    w.change("I", "I + w", "at port 1, for one step");

    const std::size_t before = w.size();
    write_step(w, integrator);
    w.decide_from(before, "integrator");
    w.section("Start, unless the preset gives it");
    w.start("v(0)", "-65");
    w.start("u(0)", "b * v(0)");
    return w.take();
}

} // namespace

ModelDescription izhikevich_description()
{
    ModelDescription m;
    m.name = "izhikevich";
    m.title = "Izhikevich neuron";
    m.summary = "Two variables and four parameters that reproduce the firing types of cortical "
                "neurons.";
    m.params = parameters();
    m.states = [](const ParamValues&) {
        return std::vector<StateSpec> {
            {"V_m", "mV", "Membrane potential; missing: -65", false},
            {"U_m", "", "Recovery variable; missing: b V_m", false},
        };
    };
    m.recordables = [](const ParamValues&) {
        return std::vector<RecordableSpec> {
            {"V_m", "mV", "Membrane potential", QuantityKind::potential},
            {"U_m", "", "Recovery variable", QuantityKind::recovery},
            {"I", "", "Input current of the stimuli", QuantityKind::input_current},
        };
    };
    m.ports = [](const ParamValues&) {
        return std::vector<PortSpec> {
            {0, "Spikes (jump of the voltage) and currents", "mV", true, true},
            {1, "Spikes (input current for one step)", "", true, false},
        };
    };
    m.check = check;
    m.equations = equations;
    m.make = make_izhikevich;
    return m;
}

} // namespace engine::models
