#pragma once

#include "engine/models/neurons.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

namespace engine::models {

/// Which neurons of a chunk have spiked in the last step, and in the one before as well. Bits,
/// because nearly all spikes stand alone: a number in memory is touched for the others only.
class alignas(64) Streaks {
public:
    /// Neuron i spikes in the step after that of `before`; `length` is its number. Returns in how
    /// many steps it has spiked without a pause.
    std::int32_t add(const Streaks& before, std::size_t i, std::int32_t& length)
    {
        set(spiked_, i);
        if (!has(before.spiked_, i)) {
            return 1;
        }
        set(several_, i);
        length = has(before.several_, i) ? length + 1 : 2;
        return length;
    }
    /// Steps that neuron i has spiked in without a pause, up to the last one.
    std::int32_t length(std::size_t i, std::int32_t length) const
    {
        return has(several_, i) ? length : has(spiked_, i) ? 1 : 0;
    }
    /// As after `length` steps with a spike of neuron i, which had none before.
    void restore(std::size_t i, std::int32_t length)
    {
        if (length > 0) {
            set(spiked_, i);
        }
        if (length > 1) {
            set(several_, i);
        }
    }

private:
    using Bits = std::array<std::uint64_t, chunk_size / 64>;
    static bool has(const Bits& bits, std::size_t i) { return (bits[i / 64] >> (i % 64) & 1) != 0; }
    static void set(Bits& bits, std::size_t i) { bits[i / 64] |= std::uint64_t {1} << (i % 64); }

    Bits spiked_ {};
    Bits several_ {};
};

} // namespace engine::models
