#include "engine/models/glif.hpp"
#include "engine/models/spec.hpp"

namespace engine::models {

namespace {

const std::string source
    = "Teeter et al. 2018; Allen Cell Types Database, cell 490626718, LIF-R-ASC-A, rounded";

void add_membrane(std::vector<ParamSpec>& params, const std::string& conductance)
{
    using namespace spec;
    add_group(params, "Level", source,
        {
            essential(structural_flag("spike_dependent_threshold",
                "R: spikes raise the threshold and shape the reset", false)),
            essential(structural_flag(
                "after_spike_currents", "ASC: currents that follow a spike", false)),
            essential(structural_flag(
                "adapting_threshold", "A: the threshold follows the voltage", false)),
        });
    add_group(params, "Membrane", source,
        {
            essential(number(
                conductance, "Membrane conductance", "nS", 9.43, above(0.0), 1.0, 50.0, true)),
            essential(
                number("C_m", "Membrane capacitance", "pF", 58.72, above(0.0), 10.0, 500.0, true)),
            essential(number("E_L", "Resting potential", "mV", -78.85, {}, -90.0, -50.0)),
        });
    add_group(params, "Threshold and reset", source,
        {
            essential(number("V_th", "Instantaneous threshold", "mV", -51.68, {}, -70.0, -20.0)),
            number("V_reset", "Potential after a spike, levels without R", "mV", -78.85, {}, -90.0,
                -50.0),
            essential(number("t_ref", "Refractory period", "ms", 3.75, above(0.0), 0.1, 20.0)),
        });
}

void add_mechanisms(std::vector<ParamSpec>& params)
{
    using namespace spec;
    add_group(params, "R: threshold after spikes", source,
        {
            number("th_spike_add", "Threshold increment at a spike", "mV", 0.37, {}, 0.0, 10.0),
            number("th_spike_decay", "Its decay rate", "1/ms", 0.009, {}, 0.001, 1.0, true),
            number("voltage_reset_fraction", "Fraction of V - E_L kept at a spike", "", 0.2, {},
                0.0, 1.0),
            number("voltage_reset_add", "Added to it", "mV", 18.51, {}, -20.0, 25.0),
        });
    add_group(params, "ASC: after-spike currents", source,
        {
            list("asc_init", "Initial after-spike currents", "pA", {0.0, 0.0}, {}, -200.0, 200.0),
            list("asc_decay", "Decay rates", "1/ms", {0.003, 0.1}, {}, 0.001, 1.0, true),
            list("asc_amps", "Increments at a spike", "pA", {-9.18, -198.94}, {}, -300.0, 300.0),
            list("asc_r", "Fractions kept at a spike", "", {1.0, 1.0}, {}, 0.0, 1.0),
        });
    add_group(params, "A: threshold and voltage", source,
        {
            number("th_voltage_index", "Coupling of the threshold to the voltage", "1/ms", 0.005,
                {}, 0.0, 0.1),
            number(
                "th_voltage_decay", "Decay rate of this part", "1/ms", 0.09, {}, 0.001, 1.0, true),
        });
}

/// Reports a parameter that is not above zero.
void require_positive(
    const ParamValues& values, const char* name, const char* level, std::vector<Violation>& out)
{
    const double x = spec::number_of(values, name);
    if (!(x > 0.0)) {
        out.push_back({name, spec::is(x), std::string("must be > 0 with ") + level, false});
    }
}

void check_asc(const ParamValues& values, std::vector<Violation>& out)
{
    const std::size_t length = spec::list_of(values, "asc_decay").size();
    for (const char* name : {"asc_init", "asc_amps", "asc_r"}) {
        const std::size_t n = spec::list_of(values, name).size();
        if (n != length) {
            out.push_back({name, "has " + std::to_string(n) + " elements",
                "must have as many as asc_decay, " + std::to_string(length), false});
        }
    }
    for (const double k : spec::list_of(values, "asc_decay")) {
        if (!(k > 0.0)) {
            out.push_back({"asc_decay", "contains " + core::number_text(k), "must be > 0", false});
        }
    }
    for (const double r : spec::list_of(values, "asc_r")) {
        if (!(r >= 0.0 && r <= 1.0)) {
            out.push_back(
                {"asc_r", "contains " + core::number_text(r), "must be between 0 and 1", false});
        }
    }
}

void check_reset(const ParamValues& values, std::vector<Violation>& out)
{
    using spec::number_of;
    require_positive(values, "th_spike_decay", "spike_dependent_threshold", out);
    const double f = number_of(values, "voltage_reset_fraction");
    if (!(f >= 0.0 && f <= 1.0)) {
        out.push_back({"voltage_reset_fraction", spec::is(f),
            "must be between 0 and 1 with spike_dependent_threshold", false});
    }
    const double E_L = number_of(values, "E_L");
    const double V_th = number_of(values, "V_th");
    const double reset = E_L + f * (V_th - E_L) + number_of(values, "voltage_reset_add");
    if (reset >= V_th + number_of(values, "th_spike_add")) {
        out.push_back(
            {"voltage_reset_add", "a spike at V_th resets to " + core::number_text(reset) + " mV",
                "should be below V_th + th_spike_add, or the neuron fires after every refractory "
                "period "
                "for ever",
                true});
    }
}

} // namespace

std::vector<ParamSpec> glif_parameters(
    const std::string& conductance, const std::vector<double>& tau_syn, bool reversal_potentials)
{
    using namespace spec;
    std::vector<ParamSpec> params;
    add_membrane(params, conductance);
    add_mechanisms(params);
    add_group(params, "Synapses",
        "NEST " + std::string(reversal_potentials ? "glif_cond" : "glif_psc"),
        {list("tau_syn", "Time constants of ports 1, 2 ...", "ms", tau_syn, above(0.0), 0.1, 20.0,
            true)});
    if (reversal_potentials) {
        add_group(params, "Synapses", "NEST glif_cond",
            {list("E_rev", "Reversal potentials of ports 1, 2 ...", "mV", {0.0, -85.0}, {}, -100.0,
                20.0)});
    }
    return params;
}

std::vector<StateSpec> glif_states(const ParamValues& values)
{
    std::vector<StateSpec> states {{"V_m", "mV", "Membrane potential; missing: E_L", false}};
    if (spec::flag_of(values, "after_spike_currents")) {
        states.push_back(
            {"ASCurrents", "pA", "After-spike currents; missing: asc_init", true, "asc_decay"});
    }
    if (spec::flag_of(values, "spike_dependent_threshold")) {
        states.push_back(
            {"threshold_spike", "mV", "Part of the threshold that spikes move; missing: 0", false});
    }
    if (spec::flag_of(values, "adapting_threshold")) {
        states.push_back({"threshold_voltage", "mV",
            "Part of the threshold that follows the voltage; missing: 0", false});
    }
    return states;
}

std::vector<PortSpec> glif_ports(
    const ParamValues& values, const std::string& weight_meaning, const std::string& weight_unit)
{
    std::vector<PortSpec> ports {{0, "Currents", "", false, true}};
    const std::size_t n = spec::list_of(values, "tau_syn").size();
    for (std::size_t p = 1; p <= n; ++p) {
        ports.push_back({static_cast<int>(p), weight_meaning + " of port " + std::to_string(p),
            weight_unit, true, false});
    }
    return ports;
}

std::vector<Violation> glif_check(const ParamValues& values, const std::string& conductance)
{
    using spec::number_of;
    std::vector<Violation> out;
    const bool R = spec::flag_of(values, "spike_dependent_threshold");
    const bool ASC = spec::flag_of(values, "after_spike_currents");
    const bool A = spec::flag_of(values, "adapting_threshold");
    if (A && !(R && ASC)) {
        out.push_back({"adapting_threshold", "is true",
            "needs spike_dependent_threshold and after_spike_currents: the levels are LIF, LIF-R, "
            "LIF-ASC, LIF-R-ASC and LIF-R-ASC-A",
            false});
    }
    const double V_reset = number_of(values, "V_reset");
    const double V_th = number_of(values, "V_th");
    if (V_reset >= V_th) {
        out.push_back({"V_reset", spec::is(V_reset),
            "must be below V_th, which is " + core::number_text(V_th), false});
    }
    if (R) {
        check_reset(values, out);
    }
    if (ASC) {
        check_asc(values, out);
    }
    if (A) {
        require_positive(values, "th_voltage_decay", "adapting_threshold", out);
        const double rate = number_of(values, conductance) / number_of(values, "C_m");
        if (number_of(values, "th_voltage_decay") == rate) {
            out.push_back({"th_voltage_decay", spec::is(rate),
                "should differ from " + conductance
                    + " / C_m, where NEST divides by zero; the limit is used here",
                true});
        }
    }
    return out;
}

std::vector<RecordableSpec> glif_threshold_recordables()
{
    return {
        {"threshold", "mV", "Threshold", QuantityKind::threshold},
        {"threshold_spike", "mV", "Part of the threshold that spikes move",
            QuantityKind::threshold_part},
        {"threshold_voltage", "mV", "Part of the threshold that follows the voltage",
            QuantityKind::threshold_part},
        {"ASCurrents_sum", "pA", "Sum of the after-spike currents",
            QuantityKind::after_spike_current},
    };
}

} // namespace engine::models
