#pragma once

#include "engine/core/dispatch.hpp"

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>

/// In front of a loop whose passes are independent of each other, so that the compiler need not
/// test whether its arrays overlap.
#if defined(__clang__)
#define SPIKESCOPE_INDEPENDENT _Pragma("clang loop vectorize(assume_safety)")
#elif defined(__GNUC__)
#define SPIKESCOPE_INDEPENDENT _Pragma("GCC ivdep")
#else
#define SPIKESCOPE_INDEPENDENT
#endif

#define SPIKESCOPE_INLINE_LAMBDA __attribute__((always_inline))

namespace engine::models {

/// Neurons whose spikes are looked for together: the loop over them is free of branches, so that
/// the compiler makes vector instructions of it, and one test finds out whether any of them spikes.
inline constexpr std::size_t scan_block = 32;

/// Sizes of smaller groups: of what is left of large ones, and of what is left of those.
inline constexpr std::size_t few_neurons = 4;

/// Groups that for_groups() makes of `count` neurons at most.
constexpr std::size_t most_groups(std::size_t count)
{
    return count / scan_block + scan_block / few_neurons + few_neurons;
}

/// Calls group(begin, n) for neighbouring groups of `count` neurons. Their sizes are constants
/// where it is inlined (SPIKESCOPE_INLINE_LAMBDA), so that no neuron of a small or last group pays
/// for a loop of unknown length.
template <class Group> SPIKESCOPE_INLINE void for_groups(std::size_t count, const Group& group)
{
    std::size_t begin = 0;
    for (; begin + scan_block <= count; begin += scan_block) {
        group(begin, scan_block);
    }
    for (; begin + few_neurons <= count; begin += few_neurons) {
        group(begin, few_neurons);
    }
    for (; begin < count; ++begin) {
        group(begin, std::size_t {1});
    }
}

/// Whether -max <= x < limit.
SPIKESCOPE_INLINE bool inside(double x, double limit)
{
    return (x < limit) & (x >= std::numeric_limits<double>::lowest());
}

/// 0 where -max <= x < limit, else not 0: to be joined by |. In a number as wide as x, because
/// compilers for the baseline make vector instructions of nothing else.
SPIKESCOPE_INLINE std::uint64_t outside_bits(double x, double limit)
{
    double outside = x < limit ? 0.0 : 1.0;
    outside = x >= std::numeric_limits<double>::lowest() ? outside : 1.0;
    return std::bit_cast<std::uint64_t>(outside);
}

/// 0 where -max <= x <= limit, else not 0.
SPIKESCOPE_INLINE std::uint64_t beyond_bits(double x, double limit)
{
    double beyond = x <= limit ? 0.0 : 1.0;
    beyond = x >= std::numeric_limits<double>::lowest() ? beyond : 1.0;
    return std::bit_cast<std::uint64_t>(beyond);
}

/// Bit i is set where test(i), for i < n <= scan_block. Free of branches like the kernels.
template <class Test> SPIKESCOPE_INLINE std::uint32_t bits_where(std::size_t n, const Test& test)
{
    std::array<std::uint8_t, scan_block> flags {};
    if (n == scan_block) { // a constant length
        for (std::size_t i = 0; i < scan_block; ++i) {
            flags[i] = test(i) ? 1 : 0;
        }
    } else {
        for (std::size_t i = 0; i < n; ++i) {
            flags[i] = test(i) ? 1 : 0;
        }
    }
    std::uint32_t bits = 0;
    for (std::size_t byte = 0; byte < scan_block / 8; ++byte) {
        std::uint64_t eight = 0; // the first flag in the lowest byte
        if constexpr (std::endian::native == std::endian::little) {
            std::memcpy(&eight, flags.data() + 8 * byte, 8);
        } else {
            for (std::size_t i = 0; i < 8; ++i) {
                eight |= std::uint64_t {flags[8 * byte + i]} << (8 * i);
            }
        }
        // Each flag moves to its place in the highest byte; no two products meet in one bit.
        bits |= static_cast<std::uint32_t>((eight * 0x0102040810204080ULL) >> 56) << (8 * byte);
    }
    return bits;
}

/// Calls each(i) for the bits that are set, from the lowest.
template <class Each> SPIKESCOPE_INLINE void for_bits(std::uint64_t bits, const Each& each)
{
    for (; bits != 0; bits &= bits - 1) {
        each(static_cast<std::size_t>(std::countr_zero(bits)));
    }
}

} // namespace engine::models
