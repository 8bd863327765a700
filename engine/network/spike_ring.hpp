#pragma once

#include "engine/core/time_grid.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace engine::network {

/// Spikes of one population by stamp, kept as long as they can still be on their way. A value:
/// copying it copies the state.
class SpikeRing {
public:
    SpikeRing();

    /// Makes sure that the spikes of the last `steps` steps stay; keeps what is there.
    void keep(core::Step steps);
    /// The spikes stamped `stamp`, which takes the place of the oldest: to be filled with ascending
    /// indices.
    std::vector<std::uint32_t>& begin_step(core::Step stamp);
    /// Ascending indices of the neurons that spiked at `stamp`; empty where it is not kept.
    std::span<const std::uint32_t> at(core::Step stamp) const;
    void clear();
    std::size_t bytes() const;

private:
    struct Slot {
        core::Step stamp = -1;
        std::vector<std::uint32_t> neurons;
    };
    std::vector<Slot> slots_; // a power of two
    const Slot& slot(core::Step stamp) const;
};

} // namespace engine::network
