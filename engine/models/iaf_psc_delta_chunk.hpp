#pragma once

#include "engine/core/dispatch.hpp"
#include "engine/models/neurons.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

// What the kernels of iaf_psc_delta share.

namespace engine::models {

template <class Number> struct IafPscDeltaPropagators {
    Number P; ///< exp(-dt / tau_m)
    Number Q; ///< (tau_m / C_m) (1 - P) [mV/pA]
    Number I_e; ///< [pA]
    Number drive; ///< Q I_e, where there is no other current [mV]
    Number E_L; ///< this and below [mV]
    Number V_th;
    Number V_reset;
    Number V_min;
    Number dt_over_tau;
    Number refractory_steps; ///< a whole number
};

/// State and input of a chunk, from its first neuron.
struct IafPscDeltaChunk {
    std::size_t first; ///< number of that neuron
    double step; ///< steps done before
    double* V;
    double* held_until; ///< step
    double* buffer;
    const double* current; ///< nullptr = 0
    const double* arrivals;
    std::span<const CountedArrivals> counted; ///< in place of arrivals where not empty
};

/// Bit i % 64 of element i / 64 belongs to neuron i of a chunk.
using ChunkBits = std::array<std::uint64_t, chunk_size / 64>;

#if defined(__x86_64__)
/// CountedArrivals that integrate_avx512() takes.
inline constexpr std::size_t most_counted_avx512 = 4;

/// Advances a chunk of neurons with the same constants that collect nothing while refractory, up to
/// the test for spikes: the bits of those that have left [-max, V_th) are set. `simple`: E_L = 0,
/// no V_min. Only where the processor has AVX-512. The bits of the state are those of the other
/// kernels.
ChunkBits integrate_avx512(const IafPscDeltaPropagators<double>& p, const IafPscDeltaChunk& chunk,
    std::size_t count, bool simple);
#endif

} // namespace engine::models
