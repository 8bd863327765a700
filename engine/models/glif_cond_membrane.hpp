#pragma once

#include "engine/models/glif_group.hpp"

#include <array>
#include <cstddef>
#include <vector>

namespace engine::models {

// The voltage of glif_cond during one step: Runge-Kutta of order 4 with the exact conductances at
// its stages. For groups of neurons that need no finer parts than the synapses ask for, which is
// the rule, and for one neuron with any conductance.

// One part of a step is at most this fraction of the shortest synaptic time constant, and of the
// membrane's time constant with all conductances open; the voltage is then better than 1e-4 mV.
inline constexpr double synaptic_fraction = 0.25;
inline constexpr double membrane_fraction = 0.2;
/// Beyond so many parts the membrane follows its inputs within dt / 5000: exponential steps, which
/// are stable for any conductance.
inline constexpr double most_parts = 1000.0;
/// Parts whose conductances are tabulated together.
inline constexpr std::size_t batch_parts = 16;

/// What the neurons of a population share.
struct ConductanceSynapses {
    double dt_ms = 0.0;
    std::vector<double> tau; ///< [ms]
    std::vector<double> E_rev; ///< [mV]
    std::vector<double> half_part_decay; ///< over half of a part
    double parts = 1.0; ///< of a step as the synapses ask for, a whole number

    ConductanceSynapses() = default;
    ConductanceSynapses(
        double dt_ms, const std::vector<double>& tau, const std::vector<double>& E_rev);

    /// Decay of port p from the beginning of the step until the time t.
    double decay(std::size_t p, double t) const;
};

/// State of neighbouring neurons, `x` and `g` of port 0.
struct ConductanceGroup {
    const double* x; ///< [nS/ms]
    const double* g; ///< [nS]
    std::size_t stride; ///< from port to port
};

/// Constants and state of one neuron.
struct ConductanceNeuron {
    double g; ///< [nS]
    double C_m; ///< [pF]
    double E_L; ///< [mV]
    double I; ///< stimuli and after-spike currents [pA]
    ConductanceGroup synapses;
    double open; ///< bound of the conductance during the step [nS]
};

/// v at the end of the step in as many parts as the neuron's conductances ask for.
double finer_voltage(
    const ConductanceSynapses& synapses, const ConductanceNeuron& neuron, double v);

/// Sums over the ports at the ends and in the middles of the parts of a batch.
template <class Number> struct Conductances {
    std::array<Number, 2 * batch_parts + 1> g; ///< sum of g_i [nS]
    std::array<Number, 2 * batch_parts + 1> gE; ///< sum of g_i (E_rev_i - E_L) [pA]
};

/// dv/dt [mV/ms] of v = V - E_L.
struct Membrane {
    double g;
    double C;
    double I; ///< stimuli and after-spike currents

    SPIKESCOPE_INLINE double slope(double v, double synaptic_g, double drive) const
    {
        return ((I + drive) - (g + synaptic_g) * v) / C;
    }
};

/// One part: conductances at its beginning, middle and end.
SPIKESCOPE_INLINE double runge_kutta_part(const Membrane& m, const std::array<double, 3>& g,
    const std::array<double, 3>& gE, double part, double v)
{
    const double k1 = m.slope(v, g[0], gE[0]);
    const double k2 = m.slope(v + 0.5 * part * k1, g[1], gE[1]);
    const double k3 = m.slope(v + 0.5 * part * k2, g[1], gE[1]);
    const double k4 = m.slope(v + part * k3, g[2], gE[2]);
    return v + part / 6.0 * (k1 + 2.0 * k2 + 2.0 * k3 + k4);
}

/// Adds the conductances of one port to a batch of m parts from the time `done` on.
template <class Number>
SPIKESCOPE_INLINE void tabulate_port(const ConductanceSynapses& synapses, std::size_t p,
    double done, double part, std::size_t m, const GlifConstants<Number>& constants,
    const ConductanceGroup& group, std::size_t begin, std::size_t n, Conductances<Lanes>& sums)
{
    Lanes x;
    Lanes g;
    Lanes E;
    const double* const x_now = group.x + p * group.stride;
    const double* const g_now = group.g + p * group.stride;
    const double decay = done > 0.0 ? synapses.decay(p, done) : 1.0;
    const double E_rev = synapses.E_rev[p];
    for (std::size_t k = 0; k < n; ++k) {
        x[k] = decay * x_now[k];
        g[k] = done > 0.0 ? decay * (g_now[k] + done * x_now[k]) : g_now[k];
        E[k] = E_rev - at(constants.E_L, begin + k);
    }
    const double half_decay = synapses.half_part_decay[p];
    const double half_part = 0.5 * part;
    for (std::size_t stage = 0; stage <= 2 * m; ++stage) {
        Lanes& sum_g = sums.g[stage];
        Lanes& sum_drive = sums.gE[stage];
        for (std::size_t k = 0; k < n; ++k) {
            sum_g[k] += g[k];
            sum_drive[k] += g[k] * E[k];
            g[k] = half_decay * (g[k] + half_part * x[k]);
            x[k] = half_decay * x[k];
        }
    }
}

/// Voltages v of a group, from the beginning of the step to its end, under the currents I.
template <class Number>
SPIKESCOPE_INLINE void advance_voltages(const ConductanceSynapses& synapses,
    const GlifConstants<Number>& constants, const ConductanceGroup& group, std::size_t begin,
    std::size_t n, const Lanes& I, Lanes& v)
{
    const auto parts = static_cast<std::size_t>(synapses.parts);
    const double part = synapses.dt_ms / synapses.parts;
    Conductances<Lanes> sums;
    for (std::size_t done = 0; done < parts; done += batch_parts) {
        const std::size_t m = parts - done < batch_parts ? parts - done : batch_parts;
        for (std::size_t stage = 0; stage <= 2 * m; ++stage) {
            for (std::size_t k = 0; k < n; ++k) {
                sums.g[stage][k] = 0.0;
                sums.gE[stage][k] = 0.0;
            }
        }
        for (std::size_t p = 0; p < synapses.tau.size(); ++p) {
            tabulate_port(synapses, p, static_cast<double>(done) * part, part, m, constants, group,
                begin, n, sums);
        }
        for (std::size_t stage = 0; stage < 2 * m; stage += 2) {
            const Lanes* const g = &sums.g[stage];
            const Lanes* const gE = &sums.gE[stage];
            for (std::size_t k = 0; k < n; ++k) {
                const Membrane membrane {
                    at(constants.g, begin + k), at(constants.C_m, begin + k), I[k]};
                v[k] = runge_kutta_part(membrane, {g[0][k], g[1][k], g[2][k]},
                    {gE[0][k], gE[1][k], gE[2][k]}, part, v[k]);
            }
        }
    }
}

} // namespace engine::models
