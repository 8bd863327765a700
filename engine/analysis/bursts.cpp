#include "engine/analysis/bursts.hpp"

namespace engine::analysis {

std::vector<Burst> find_bursts(std::span<const core::Step> spikes, double dt_ms, BurstRule rule)
{
    std::vector<Burst> out;
    const core::Step longest = core::TimeGrid(dt_ms).steps(rule.longest_interval_ms);
    std::size_t first = 0;
    for (std::size_t i = 1; i <= spikes.size(); ++i) {
        if (i < spikes.size() && spikes[i] - spikes[i - 1] <= longest) {
            continue;
        }
        if (i - first >= rule.least_spikes) {
            out.push_back({first, i - first});
        }
        first = i;
    }
    return out;
}

std::optional<double> spikes_per_burst(std::span<const Burst> bursts)
{
    if (bursts.empty()) {
        return std::nullopt;
    }
    std::size_t spikes = 0;
    for (const Burst& burst : bursts) {
        spikes += burst.spikes;
    }
    return static_cast<double>(spikes) / static_cast<double>(bursts.size());
}

} // namespace engine::analysis
