#pragma once

#include "engine/core/time_grid.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

// Statistics of spike trains from integer spike steps. A value that does not exist is missing,
// never 0 or NaN.

namespace engine::analysis {

/// Inter-spike intervals [steps]; `spikes` ascending. One fewer than spikes. Pure; any thread.
std::vector<core::Step> intervals(std::span<const core::Step> spikes);

/// Population standard deviation / mean of the inter-spike intervals; missing with fewer than two
/// intervals. Pure; any thread.
std::optional<double> isi_cv(std::span<const core::Step> spikes);

/// spikes / (neurons x time) [Hz]; missing where time or neurons are 0. Pure; any thread.
std::optional<double> mean_rate_Hz(std::uint64_t spikes, std::uint64_t neurons, double time_ms);

/// Mean of the neurons' isi_cv and how many neurons have one.
struct MeanCv {
    std::optional<double> mean; ///< missing where no neuron has at least 3 spikes
    std::size_t neurons = 0;
};

/// Statistics of the spikes of one population as they come, without keeping them: memory grows with
/// the neurons, not with the run. One thread at a time.
class SpikeStatistics {
public:
    explicit SpikeStatistics(std::size_t neurons);

    /// Stamps of one neuron must ascend.
    void add(core::Step stamp, std::uint32_t neuron);

    std::uint64_t spikes() const { return spikes_; }
    MeanCv mean_cv() const;

private:
    /// Running moments of one neuron's intervals (Welford 1962, doi:10.2307/1266577).
    struct Train {
        core::Step last = -1; ///< stamp of the last spike; none yet where negative
        std::uint64_t intervals = 0;
        double mean = 0.0; ///< [steps]
        double squares = 0.0; ///< sum of squared deviations from the mean
    };
    std::vector<Train> trains_;
    std::uint64_t spikes_ = 0;
};

} // namespace engine::analysis
