#include "engine/models/glif_cond_membrane.hpp"

#include "engine/core/numerics.hpp"
#include "engine/models/glif.hpp"

#include <algorithm>
#include <cmath>

namespace engine::models {

namespace {

/// A batch of n parts from the time `begin` on.
Conductances<double> tabulate(const ConductanceSynapses& synapses, const ConductanceNeuron& neuron,
    double begin, double part, std::size_t n)
{
    Conductances<double> s {};
    for (std::size_t p = 0; p < synapses.tau.size(); ++p) {
        double x = neuron.synapses.x[p * neuron.synapses.stride];
        double g = neuron.synapses.g[p * neuron.synapses.stride];
        if (x == 0.0 && g == 0.0) {
            continue;
        }
        if (begin > 0.0) {
            const double decay = synapses.decay(p, begin);
            g = decay * (g + begin * x);
            x = decay * x;
        }
        const double half_decay = core::exp(-0.5 * part / synapses.tau[p]);
        const double E = synapses.E_rev[p] - neuron.E_L;
        for (std::size_t stage = 0; stage <= 2 * n; ++stage) {
            s.g[stage] += g;
            s.gE[stage] += g * E;
            g = half_decay * (g + 0.5 * part * x);
            x = half_decay * x;
        }
    }
    return s;
}

double exponential_part(const Membrane& m, double g, double gE, double part, double v)
{
    const double rate = (m.g + g) / m.C;
    return v + part * m.slope(v, g, gE) * mean_decay(rate * part);
}

} // namespace

ConductanceSynapses::ConductanceSynapses(
    double dt, const std::vector<double>& taus, const std::vector<double>& reversals)
    : dt_ms(dt)
    , tau(taus)
    , E_rev(reversals)
{
    for (const double tau_p : tau) {
        parts = std::max(parts, std::ceil(dt_ms / (synaptic_fraction * tau_p)));
    }
    parts = std::min(parts, most_parts);
    for (const double tau_p : tau) {
        half_part_decay.push_back(core::exp(-0.5 * dt_ms / parts / tau_p));
    }
}

double ConductanceSynapses::decay(std::size_t p, double t) const { return core::exp(-t / tau[p]); }

double finer_voltage(const ConductanceSynapses& synapses, const ConductanceNeuron& neuron, double v)
{
    const double h = synapses.dt_ms;
    const double needed = std::ceil(neuron.open * h / (membrane_fraction * neuron.C_m));
    const double parts = std::min(std::max(needed, synapses.parts), most_parts);
    const bool stiff = !(needed <= most_parts);
    const double part = h / parts;
    const Membrane membrane {neuron.g, neuron.C_m, neuron.I};
    constexpr auto batch = static_cast<double>(batch_parts);
    for (double done = 0.0; done < parts; done += batch) {
        const auto n = static_cast<std::size_t>(std::min(batch, parts - done));
        const auto s = tabulate(synapses, neuron, done * part, part, n);
        for (std::size_t k = 0; k < 2 * n; k += 2) {
            v = stiff ? exponential_part(membrane, s.g[k + 1], s.gE[k + 1], part, v)
                      : runge_kutta_part(membrane, {s.g[k], s.g[k + 1], s.g[k + 2]},
                          {s.gE[k], s.gE[k + 1], s.gE[k + 2]}, part, v);
        }
    }
    return v;
}

} // namespace engine::models
