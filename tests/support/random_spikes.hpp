#pragma once

#include "engine/core/random.hpp"
#include "engine/network/spike_ring.hpp"

#include <cstdint>

namespace test_support {

/// Each source fires with probability p in each of the steps stamped 1 to `steps`.
inline engine::network::SpikeRing random_spikes(
    std::uint32_t sources, double p, engine::core::Step steps)
{
    engine::core::Random random(4);
    engine::network::SpikeRing ring;
    ring.keep(steps + 1);
    for (engine::core::Step stamp = 1; stamp <= steps; ++stamp) {
        auto& spikes = ring.begin_step(stamp);
        for (std::uint32_t n = 0; n < sources; ++n) {
            if (random.uniform() < p) {
                spikes.push_back(n);
            }
        }
    }
    return ring;
}

} // namespace test_support
