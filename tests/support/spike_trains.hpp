#pragma once

#include "engine/core/random.hpp"
#include "engine/core/time_grid.hpp"

#include <algorithm>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

// Spike trains made by a law, for tests of statistics.

namespace test_support {

/// Trains of a population by stamp: neurons that spiked, ascending.
struct Raster {
    struct Spikes {
        engine::core::Step stamp = 0;
        std::vector<std::uint32_t> neurons;
    };
    std::vector<Spikes> stamps; ///< ascending
};

/// Renewal process: sums of `order` exponential intervals of mean `mean` / `order` after a dead
/// time [steps], up to `end`; gamma intervals of this order without dead time.
inline std::vector<engine::core::Step> renewal_train(
    double mean, double dead, int order, engine::core::Step end, std::uint64_t seed)
{
    engine::core::Random random(seed);
    std::vector<engine::core::Step> out;
    // A start before 0: the process is stationary by then.
    double t = -static_cast<double>(order) * (mean + dead) * (1.0 + random.uniform());
    while (t < static_cast<double>(end)) {
        t += dead;
        for (int i = 0; i < order; ++i) {
            t += mean / order * random.exponential();
        }
        const auto stamp = static_cast<engine::core::Step>(t);
        if (t > 0.0 && stamp < end && (out.empty() || stamp > out.back())) {
            out.push_back(stamp + 1);
        }
    }
    return out;
}

inline Raster raster(std::span<const std::vector<engine::core::Step>> trains)
{
    std::vector<std::pair<engine::core::Step, std::uint32_t>> all;
    for (std::uint32_t n = 0; n < trains.size(); ++n) {
        for (const engine::core::Step stamp : trains[n]) {
            all.emplace_back(stamp, n);
        }
    }
    std::sort(all.begin(), all.end());
    Raster out;
    for (const auto& [stamp, neuron] : all) {
        if (out.stamps.empty() || out.stamps.back().stamp != stamp) {
            out.stamps.push_back({stamp, {}});
        }
        out.stamps.back().neurons.push_back(neuron);
    }
    return out;
}

} // namespace test_support
