#include "engine/models/glif.hpp"
#include "engine/models/spec.hpp"

namespace engine::models {

namespace {

struct Level {
    bool R = false;
    bool ASC = false;
    bool A = false;
};

Level level_of(const ParamValues& values)
{
    return {spec::flag_of(values, "spike_dependent_threshold"),
        spec::flag_of(values, "after_spike_currents"), spec::flag_of(values, "adapting_threshold")};
}

/// "a_1 + a_2" for pattern "a_#"; the numbers count from 1.
std::string numbered(std::string pattern, std::size_t number)
{
    for (std::size_t at = 0; (at = pattern.find('#', at)) != std::string::npos;) {
        pattern.replace(at, 1, std::to_string(number));
    }
    return pattern;
}
std::string summed(const char* pattern, std::size_t count)
{
    std::string out;
    for (std::size_t i = 1; i <= count; ++i) {
        out += (out.empty() ? "" : " + ") + numbered(pattern, i);
    }
    return out.empty() ? "0" : out;
}

void add_symbols(EquationWriter& w, std::size_t currents, std::size_t ports)
{
    w.symbol({.name = "V", .recordable = "V_m"});
    w.symbol({.name = "I_asc", .recordable = "ASCurrents_sum"});
    w.symbol({.name = "Theta", .recordable = "threshold"});
    w.symbol({.name = "Theta_s", .recordable = "threshold_spike"});
    w.symbol({.name = "Theta_v", .recordable = "threshold_voltage"});
    w.symbol({.name = "b_s", .param = "th_spike_decay"});
    w.symbol({.name = "delta_s", .param = "th_spike_add"});
    w.symbol({.name = "f_V", .param = "voltage_reset_fraction"});
    w.symbol({.name = "delta_V", .param = "voltage_reset_add"});
    w.symbol({.name = "a_v", .param = "th_voltage_index"});
    w.symbol({.name = "b_v", .param = "th_voltage_decay"});
    w.symbol({.name = "e", .meaning = "Euler's number, 2.718..."});
    w.symbol({.name = "w", .meaning = "Weight of an arriving spike"});
    for (std::size_t j = 0; j < currents; ++j) {
        w.symbol({.name = numbered("I_#", j + 1),
            .meaning = numbered("After-spike current #", j + 1),
            .unit = "pA"});
        w.symbol({.name = numbered("k_#", j + 1), .param = "asc_decay", .element = j});
        w.symbol({.name = numbered("A_#", j + 1), .param = "asc_amps", .element = j});
        w.symbol({.name = numbered("r_#", j + 1), .param = "asc_r", .element = j});
        w.symbol({.name = numbered("I0_#", j + 1), .param = "asc_init", .element = j});
    }
    for (std::size_t i = 0; i < ports; ++i) {
        w.symbol({.name = numbered("tau_#", i + 1), .param = "tau_syn", .element = i});
        w.symbol({.name = numbered("E_#", i + 1), .param = "E_rev", .element = i});
        w.symbol({.name = numbered("x_#", i + 1),
            .meaning = numbered("Rise of the synapses of port #", i + 1)});
        w.symbol({.name = numbered("y_#", i + 1),
            .meaning = numbered("Synaptic current of port #", i + 1),
            .unit = "pA"});
    }
}

void write_spike(EquationWriter& w, const Level& level, std::size_t currents)
{
    w.section("Spike");
    w.condition("V", ">", "Theta").note = "spike";
    Equation& reset = level.R
        ? w.change("V", "E_L + f_V * (V - E_L) + delta_V", "V at the beginning of the step")
        : w.change("V", "V_reset");
    reset.hold = "t_ref";
    reset.decided_by = {"spike_dependent_threshold"};
    if (level.R) {
        w.change("Theta_s", "exp(-b_s * t_ref) * Theta_s + delta_s").decided_by
            = {"spike_dependent_threshold"};
    }
    for (std::size_t j = 1; level.ASC && j <= currents; ++j) {
        w.change(numbered("I_#", j), numbered("A_# + r_# * exp(-k_# * t_ref) * I_#", j)).decided_by
            = {"after_spike_currents"};
    }
}

void write_mechanisms(EquationWriter& w, const Level& level, std::size_t currents)
{
    if (level.ASC) {
        w.section("After-spike currents");
        const std::size_t first = w.size();
        w.definition("I_asc", summed("I_#", currents)).note = "mean over the step";
        for (std::size_t j = 1; j <= currents; ++j) {
            w.slope(numbered("d(I_#)", j), numbered("-k_# * I_#", j));
        }
        w.decide_from(first, "after_spike_currents");
    }
    w.section("Threshold");
    w.definition("Theta",
        std::string("V_th") + (level.R ? " + Theta_s" : "") + (level.A ? " + Theta_v" : ""));
    if (level.R) {
        w.slope("d(Theta_s)", "-b_s * Theta_s").decided_by = {"spike_dependent_threshold"};
    }
    if (level.A) {
        w.slope("d(Theta_v)", "a_v * (V - E_L) - b_v * Theta_v").decided_by
            = {"adapting_threshold"};
    }
}

void write_synapses(EquationWriter& w, std::size_t ports, bool conductances)
{
    w.section("Synapses");
    if (!conductances) {
        w.definition("I_syn", summed("y_#", ports));
    }
    const char* y = conductances ? "g_#" : "y_#";
    for (std::size_t i = 1; i <= ports; ++i) {
        w.slope(numbered("d(" + std::string(y) + ")", i),
            numbered("x_# - " + std::string(y) + " / tau_#", i));
        w.slope(numbered("d(x_#)", i), numbered("-x_# / tau_#", i));
        w.change(numbered("x_#", i), numbered("x_# + w * e / tau_#", i),
            numbered("a spike arrives at port #", i));
    }
}

Equations glif_equations(const ParamValues& values, const std::string& g, bool conductances)
{
    const Level level = level_of(values);
    const std::size_t currents = spec::list_of(values, "asc_decay").size();
    const std::size_t ports = spec::list_of(values, "tau_syn").size();
    EquationWriter w;
    add_symbols(w, currents, ports);

    w.section("Membrane potential");
    std::string right = "-" + g + " * (V - E_L) + I";
    right += level.ASC ? " + I_asc" : "";
    if (conductances) {
        for (std::size_t i = 1; i <= ports; ++i) {
            right += numbered(" - g_# * (V - E_#)", i);
        }
    } else {
        right += " + I_syn";
    }
    w.slope("C_m * d(V)", right);
    write_mechanisms(w, level, currents);
    write_spike(w, level, currents);
    write_synapses(w, ports, conductances);

    w.section("Start, unless the preset gives it");
    w.start("V(0)", "E_L");
    for (std::size_t j = 1; level.ASC && j <= currents; ++j) {
        w.start(numbered("I_#(0)", j), numbered("I0_#", j)).decided_by = {"after_spike_currents"};
    }
    return w.take();
}

} // namespace

Equations glif_cond_equations(const ParamValues& values)
{
    return glif_equations(values, "g_m", true);
}

Equations glif_psc_equations(const ParamValues& values)
{
    return glif_equations(values, "g", false);
}

} // namespace engine::models
