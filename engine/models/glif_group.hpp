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

/// All bits for the neurons of a group that the step holds, else none.
struct alignas(64) Held : std::array<std::uint64_t, scan_block> { };

SPIKESCOPE_INLINE void find_held(
    const GlifChunk& chunk, std::size_t begin, std::size_t n, Held& held)
{
    const double step = chunk.step;
    const double* const held_until = chunk.held_until + begin;
    for (std::size_t k = 0; k < n; ++k) {
        // 1.0 has bit 61 set, 0.0 has not.
        const double one = held_until[k] > step ? 1.0 : 0.0;
        held[k] = std::uint64_t {0} - (std::bit_cast<std::uint64_t>(one) >> 61);
    }
}

/// x takes its next value where the step does not hold the neuron. Bits instead of a condition:
/// with a store it would become a masked store, which is slow.
SPIKESCOPE_INLINE void take_unless_held(
    const Held& held, std::size_t n, const Lanes& next, double* x)
{
    SPIKESCOPE_INDEPENDENT
    for (std::size_t k = 0; k < n; ++k) {
        const std::uint64_t stays = std::bit_cast<std::uint64_t>(x[k]) & held[k];
        const std::uint64_t comes = std::bit_cast<std::uint64_t>(next[k]) & ~held[k];
        x[k] = std::bit_cast<double>(stays | comes);
    }
}

/// Decay of Theta_s and of the after-spike currents over one step; refreshes asc_sum. Held neurons
/// stay as they are.
template <class Number>
SPIKESCOPE_INLINE void glif_decay(const GlifConstants<Number>& p, const GlifChunk& chunk,
    std::size_t begin, std::size_t n, const Held& held)
{
    Lanes next;
    if (chunk.spike_dependent_threshold) {
        double* const theta_s = chunk.theta_s + begin;
        for (std::size_t k = 0; k < n; ++k) {
            next[k] = theta_s[k] * at(p.theta_s_step, begin + k);
        }
        take_unless_held(held, n, next, theta_s);
    }
    const AfterSpikeCurrents& currents = *chunk.currents;
    Lanes sum;
    for (std::size_t k = 0; k < n; ++k) {
        sum[k] = 0.0;
    }
    for (std::size_t j = 0; j < currents.step.size(); ++j) {
        double* const I = chunk.asc + j * chunk.asc_stride + begin;
        const double mean = currents.mean[j];
        const double decay = currents.step[j];
        for (std::size_t k = 0; k < n; ++k) {
            sum[k] += mean * I[k];
            next[k] = I[k] * decay;
        }
        take_unless_held(held, n, next, I);
    }
    take_unless_held(held, n, sum, chunk.asc_sum + begin);
}

inline constexpr double largest = std::numeric_limits<double>::max();

/// Overflows where one of a neuron's variables is not finite.
SPIKESCOPE_INLINE double glif_size(double threshold, double E_L, double v, double asc_sum)
{
    return std::fabs(asc_sum) + std::fabs(threshold + E_L) + std::fabs(v + E_L);
}

/// Whether a neuron neither fires nor has to be looked at because something is not finite.
SPIKESCOPE_INLINE bool glif_at_rest(double threshold, double E_L, double v, double asc_sum)
{
    return (v <= threshold) & (glif_size(threshold, E_L, v, asc_sum) <= largest);
}

/// Takes the voltages (relative to E_L) at the end of the step, advances Theta_v under the currents
/// I, and keeps the voltages before in v_old. Returns 0 where no neuron fires or has to be looked
/// at because something is not finite.
template <class Number>
SPIKESCOPE_INLINE std::uint64_t glif_finish(const GlifConstants<Number>& p, const GlifChunk& chunk,
    std::size_t begin, std::size_t n, const Held& held, const double* v_new, const double* I,
    double* v_old)
{
    double* const V_m = chunk.V_m + begin;
    double* const theta_v = chunk.theta_v + begin;
    const double* const theta_s = chunk.theta_s + begin;
    const double* const asc_sum = chunk.asc_sum + begin;
    SPIKESCOPE_INDEPENDENT
    for (std::size_t k = 0; k < n; ++k) {
        v_old[k] = V_m[k] - at(p.E_L, begin + k);
    }
    Lanes next;
    if (chunk.adapting_threshold) {
        for (std::size_t k = 0; k < n; ++k) {
            const std::size_t i = begin + k;
            const double beta = (I[k] + asc_sum[k]) / at(p.g, i);
            next[k] = at(p.theta_v_step, i) * theta_v[k]
                + at(p.theta_v_from_v, i) * (v_old[k] - beta) + at(p.theta_v_from_beta, i) * beta;
        }
        take_unless_held(held, n, next, theta_v);
    }
    std::uint64_t outside = 0;
    SPIKESCOPE_INDEPENDENT
    for (std::size_t k = 0; k < n; ++k) {
        const std::size_t i = begin + k;
        const double E_L = at(p.E_L, i);
        next[k] = v_new[k] + E_L;
        const double threshold = theta_s[k] + theta_v[k] + at(p.th_inf, i);
        // Sums and products instead of conditions, so that there is no branch.
        const double fires = v_new[k] <= threshold ? 0.0 : 1.0;
        const double overflows
            = glif_size(threshold, E_L, v_new[k], asc_sum[k]) <= largest ? 0.0 : 1.0;
        outside |= std::bit_cast<std::uint64_t>(fires + overflows) & ~held[k];
    }
    take_unless_held(held, n, next, V_m);
    return outside;
}

/// Spikes and faults of the neurons that the step has not held.
template <class Number>
SPIKESCOPE_INLINE void glif_spike(const GlifConstants<Number>& p, const GlifChunk& chunk,
    std::size_t begin, std::size_t n, const double* v_new, const double* v_old,
    const SpikeEvents& events)
{
    const auto looked_at = bits_where(n, [&](std::size_t k) {
        const std::size_t i = begin + k;
        return !(chunk.held_until[i] > chunk.step)
            & !glif_at_rest(chunk.theta_s[i] + chunk.theta_v[i] + at(p.th_inf, i), at(p.E_L, i),
                v_new[k], chunk.asc_sum[i]);
    });
    for_bits(looked_at, [&](std::size_t k) {
        const std::size_t i = begin + k;
        if (v_new[k] > chunk.theta_s[i] + chunk.theta_v[i] + at(p.th_inf, i)) {
            const AfterSpikeCurrents& currents = *chunk.currents;
            for (std::size_t j = 0; j < currents.step.size(); ++j) {
                double& I_j = chunk.asc[j * chunk.asc_stride + i];
                I_j = currents.amps[j] + chunk.asc_kept[i * chunk.asc_kept_stride + j] * I_j;
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
    });
}

} // namespace engine::models
