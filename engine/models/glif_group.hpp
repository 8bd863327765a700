#pragma once

#include "engine/models/chunk_clock.hpp"
#include "engine/models/constants.hpp"
#include "engine/models/groups.hpp"
#include "engine/models/step_input.hpp"

#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace engine::models {

// The steps that all GLIF models share, for groups of neurons: parts of their vector kernels.

template <class Number> struct GlifConstants {
    Number E_L; ///< [mV]
    Number g; ///< [nS]
    Number C_m; ///< [pF]
    Number th_inf; ///< V_th - E_L [mV]
    Number v_reset; ///< V_reset - E_L [mV]
    Number refractory_steps; ///< a whole number
    Number theta_s_step; ///< decay of Theta_s over dt
    Number theta_s_refractory; ///< ... over t_ref
    Number th_spike_add; ///< [mV]
    Number reset_fraction;
    Number reset_add; ///< [mV]
    Number theta_v_step; ///< decay of Theta_v over dt
    Number theta_v_from_v; ///< Theta_v gained for each mV of v - beta at the beginning
    Number theta_v_from_beta; ///< ... for each mV of beta
};

/// After-spike currents: what all neurons share.
struct AfterSpikeCurrents {
    std::vector<double> step; ///< decay of each current over dt
    std::vector<double> mean; ///< mean over dt / value at its beginning
    std::vector<double> amps; ///< [pA]
};

/// State of a chunk, from its first neuron.
struct GlifChunk {
    std::size_t first; ///< number of that neuron
    double step; ///< steps done before
    double* V_m;
    double* theta_s;
    double* theta_v;
    double* asc_sum;
    double* held_until; ///< step
    double* asc; ///< of the first current; the others follow
    std::size_t asc_stride;
    const double* asc_kept; ///< fraction kept at a spike, by current and neuron
    std::size_t asc_kept_stride; ///< from neuron to neuron
    const AfterSpikeCurrents* currents;
    bool spike_dependent_threshold;
    bool adapting_threshold;
};

/// One number for each neuron of a group.
struct alignas(64) Lanes : std::array<double, scan_block> { };

/// Decay of Theta_s and of the after-spike currents over one step; refreshes asc_sum. Held neurons
/// stay as they are.
template <class Number>
SPIKESCOPE_INLINE void glif_decay(
    const GlifConstants<Number>& p, const GlifChunk& chunk, std::size_t begin, std::size_t n)
{
    const double step = chunk.step;
    const double* const held_until = chunk.held_until + begin;
    if (chunk.spike_dependent_threshold) {
        double* const theta_s = chunk.theta_s + begin;
        SPIKESCOPE_INDEPENDENT
        for (std::size_t k = 0; k < n; ++k) {
            const double decayed = theta_s[k] * at(p.theta_s_step, begin + k);
            theta_s[k] = held_until[k] > step ? theta_s[k] : decayed;
        }
    }
    const AfterSpikeCurrents& currents = *chunk.currents;
    Lanes sum {};
    for (std::size_t j = 0; j < currents.step.size(); ++j) {
        double* const I = chunk.asc + j * chunk.asc_stride + begin;
        const double mean = currents.mean[j];
        const double decay = currents.step[j];
        SPIKESCOPE_INDEPENDENT
        for (std::size_t k = 0; k < n; ++k) {
            sum[k] += mean * I[k];
            const double decayed = I[k] * decay;
            I[k] = held_until[k] > step ? I[k] : decayed;
        }
    }
    double* const asc_sum = chunk.asc_sum + begin;
    SPIKESCOPE_INDEPENDENT
    for (std::size_t k = 0; k < n; ++k) {
        asc_sum[k] = held_until[k] > step ? asc_sum[k] : sum[k];
    }
}

/// Takes the voltages (relative to E_L) at the end of the step, advances Theta_v under the currents
/// I, and keeps the voltages before in v_old. Returns 0 where no neuron fires or has to be looked
/// at because something is not finite.
template <class Number>
SPIKESCOPE_INLINE std::uint64_t glif_finish(const GlifConstants<Number>& p, const GlifChunk& chunk,
    std::size_t begin, std::size_t n, const double* v_new, const double* I, double* v_old)
{
    const double step = chunk.step;
    const double* const held_until = chunk.held_until + begin;
    double* const V_m = chunk.V_m + begin;
    double* const theta_v = chunk.theta_v + begin;
    const double* const theta_s = chunk.theta_s + begin;
    const double* const asc_sum = chunk.asc_sum + begin;
    SPIKESCOPE_INDEPENDENT
    for (std::size_t k = 0; k < n; ++k) {
        v_old[k] = V_m[k] - at(p.E_L, begin + k);
    }
    if (chunk.adapting_threshold) {
        SPIKESCOPE_INDEPENDENT
        for (std::size_t k = 0; k < n; ++k) {
            const std::size_t i = begin + k;
            const double beta = (I[k] + asc_sum[k]) / at(p.g, i);
            const double next = at(p.theta_v_step, i) * theta_v[k]
                + at(p.theta_v_from_v, i) * (v_old[k] - beta) + at(p.theta_v_from_beta, i) * beta;
            theta_v[k] = held_until[k] > step ? theta_v[k] : next;
        }
    }
    std::uint64_t outside = 0;
    SPIKESCOPE_INDEPENDENT
    for (std::size_t k = 0; k < n; ++k) {
        const std::size_t i = begin + k;
        const double E_L = at(p.E_L, i);
        const double next = v_new[k] + E_L;
        const double threshold = theta_s[k] + theta_v[k] + at(p.th_inf, i);
        // Overflows where one of them is not finite, which spike() then looks for.
        const double size = std::fabs(asc_sum[k]) + std::fabs(threshold + E_L) + std::fabs(next);
        double out = v_new[k] <= threshold ? 0.0 : 1.0;
        out = size <= std::numeric_limits<double>::max() ? out : 1.0;
        const bool held = held_until[k] > step;
        outside |= std::bit_cast<std::uint64_t>(held ? 0.0 : out);
        V_m[k] = held ? V_m[k] : next;
    }
    return outside;
}

/// Spikes and faults of the neurons that the step has not held.
template <class Number>
SPIKESCOPE_INLINE void glif_spike(const GlifConstants<Number>& p, const GlifChunk& chunk,
    std::size_t begin, std::size_t n, const double* v_new, const double* v_old,
    const SpikeEvents& events)
{
    for (std::size_t k = 0; k < n; ++k) {
        const std::size_t i = begin + k;
        if (chunk.held_until[i] > chunk.step) {
            continue;
        }
        const double threshold = chunk.theta_s[i] + chunk.theta_v[i] + at(p.th_inf, i);
        if (v_new[k] > threshold) {
            const AfterSpikeCurrents& currents = *chunk.currents;
            for (std::size_t j = 0; j < currents.step.size(); ++j) {
                double& I_j = chunk.asc[j * chunk.asc_stride + i];
                const double kept = chunk.asc_kept[i * chunk.asc_kept_stride + j];
                I_j = currents.amps[j] + kept * I_j;
            }
            double v = at(p.v_reset, i);
            if (chunk.spike_dependent_threshold) {
                v = at(p.reset_fraction, i) * v_old[k] + at(p.reset_add, i);
                chunk.theta_s[i]
                    = at(p.theta_s_refractory, i) * chunk.theta_s[i] + at(p.th_spike_add, i);
            }
            chunk.held_until[i] = chunk.step + 1.0 + at(p.refractory_steps, i);
            chunk.V_m[i] = v + at(p.E_L, i);
            events.fired.push_back(static_cast<std::uint32_t>(chunk.first + i));
        }
        const double now = chunk.theta_s[i] + chunk.theta_v[i] + at(p.th_inf, i) + at(p.E_L, i);
        const bool well
            = finite(chunk.V_m[i]) && finite(chunk.asc_sum[i]) && finite(now) && finite(v_new[k]);
        if (!well && !events.fault) {
            events.fault = Fault {chunk.first + i, "V_m is not finite"};
        }
    }
}

} // namespace engine::models
