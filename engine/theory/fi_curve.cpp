#include "engine/theory/fi_curve.hpp"

#include "engine/theory/glif.hpp"
#include "engine/theory/izhikevich.hpp"
#include "engine/theory/lif.hpp"

#include <algorithm>
#include <string_view>
#include <utility>
#include <variant>

namespace engine::theory {

using config::Experiment;

namespace {

constexpr std::size_t first_population = 0;

class Params {
public:
    explicit Params(const Experiment& experiment)
        : values_(experiment.populations[first_population].params)
    {
    }
    bool has(const char* name) const { return values_.find(name) != values_.end(); }
    double number(const char* name) const { return std::get<double>(values_.at(name)); }
    bool flag(const char* name) const { return std::get<bool>(values_.at(name)); }

private:
    const models::ParamValues& values_;
};

/// Nothing but constant currents into neurons that are all alike and alone.
bool is_plain(const Experiment& experiment)
{
    return experiment.projections.empty() && experiment.populations[first_population].drawn.empty()
        && std::all_of(experiment.stimuli.begin(), experiment.stimuli.end(),
            [](const config::Stimulus& s) { return std::holds_alternative<config::Dc>(s.source); });
}

double current_of(const Experiment& experiment)
{
    const Params params(experiment);
    double sum = params.has("I_e") ? params.number("I_e") : 0.0;
    for (const config::Stimulus& stimulus : experiment.stimuli) {
        const auto* dc = std::get_if<config::Dc>(&stimulus.source);
        for (const config::Target& target : stimulus.targets) {
            sum += dc != nullptr && target.population == first_population ? dc->amplitude : 0.0;
        }
    }
    return sum;
}

/// The whole current as a line over the value that is varied.
struct Line {
    double at_zero = 0.0;
    double slope = 1.0;

    double current(double value) const { return at_zero + slope * value; }
    double value(double current) const { return (current - at_zero) / slope; }
};

std::optional<Line> line_of(const config::ConstantCurrent& examined)
{
    const auto zero = examined.document.set(examined.path, 0.0).document;
    const auto one = examined.document.set(examined.path, 1.0).document;
    if (!zero || !one) {
        return std::nullopt;
    }
    Line line;
    line.at_zero = current_of(zero->experiment());
    line.slope = current_of(one->experiment()) - line.at_zero;
    return line.slope != 0.0 ? std::optional(line) : std::nullopt;
}

/// A membrane that is linear below its threshold and the same after each spike.
FiTheory leaky(double C_m, const LifParams& lif, Line line)
{
    FiTheory out;
    out.rheobase = line.value(lif_rheobase(C_m, lif));
    out.rate_Hz = [=](double value) { return lif_rate_Hz(line.current(value), C_m, lif); };
    return out;
}

FiTheory of_lif(const Params& p, Line line)
{
    const double E_L = p.number("E_L");
    return leaky(p.number("C_m"),
        {p.number("tau_m"), p.number("V_th") - E_L, p.number("V_reset") - E_L, p.number("t_ref")},
        line);
}

FiTheory of_glif(const Params& p, const char* conductance, Line line)
{
    GlifParams glif;
    glif.g_m = p.number(conductance);
    glif.C_m = p.number("C_m");
    glif.E_L = p.number("E_L");
    glif.V_th = p.number("V_th");
    glif.adapting_threshold = p.flag("adapting_threshold");
    glif.th_voltage_index = p.number("th_voltage_index");
    glif.th_voltage_decay = p.number("th_voltage_decay");
    if (p.flag("spike_dependent_threshold") || p.flag("after_spike_currents")
        || glif.adapting_threshold) {
        FiTheory out;
        out.rheobase = line.value(glif_rheobase(glif));
        return out;
    }
    return leaky(glif.C_m,
        {glif.C_m / glif.g_m, glif.V_th - glif.E_L, p.number("V_reset") - glif.E_L,
            p.number("t_ref")},
        line);
}

FiTheory of_izhikevich(const Params& p, Line line)
{
    const IzhikevichParams params {p.number("a"), p.number("b"), p.number("k2"), p.number("k1"),
        p.number("k0"), p.number("v_ref"), p.number("u_leak")};
    FiTheory out;
    out.rest_ends = true;
    for (const auto& end : {saddle_node(params), hopf(params)}) {
        if (end) {
            const double value = line.value(end->I);
            out.rheobase = std::min(out.rheobase.value_or(value), value);
        }
    }
    return out;
}

/// As if there were constant currents only.
FiTheory of_neuron(const config::ConstantCurrent& examined)
{
    const Experiment& experiment = examined.document.experiment();
    const std::optional<Line> line = line_of(examined);
    if (!line) {
        return {};
    }
    const Params params(experiment);
    const std::string_view model = experiment.populations[first_population].model->name;
    if (model == "iaf_psc_delta") {
        return of_lif(params, *line);
    }
    if (model == "glif_cond" || model == "glif_psc") {
        return of_glif(params, model == "glif_cond" ? "g_m" : "g", *line);
    }
    return model == "izhikevich" ? of_izhikevich(params, *line) : FiTheory {};
}

} // namespace

FiTheory fi_theory(const config::ConstantCurrent& examined)
{
    return is_plain(examined.document.experiment()) ? of_neuron(examined) : FiTheory {};
}

std::optional<double> rheobase_alone(const config::ConstantCurrent& examined)
{
    return of_neuron(examined).rheobase;
}

} // namespace engine::theory
