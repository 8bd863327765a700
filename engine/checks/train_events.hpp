#pragma once

#include "engine/analysis/bursts.hpp"
#include "engine/core/time_grid.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace engine::checks {

/// First and last intervals and bursts of the spike trains of several neurons as the spikes come,
/// without keeping them: memory grows with the neurons, not with the run. One thread at a time.
class TrainEvents {
public:
    TrainEvents(std::size_t neurons, double dt_ms, analysis::BurstRule rule = {});

    /// Stamps of one neuron must ascend.
    void add(core::Step stamp, std::size_t neuron);

    std::uint64_t spikes() const { return spikes_; }
    std::optional<core::Step> first_spike() const; ///< stamp of the earliest of all

    // Means over the neurons that have the value; missing where none has.
    std::optional<double> first_isi_ms() const; ///< of neurons with two spikes
    std::optional<double> last_isi_ms() const;
    std::optional<double> isi_ratio() const; ///< last / first, of neurons with three spikes

    std::uint64_t bursts() const; ///< of all neurons together, unfinished ones included
    std::optional<double> spikes_per_burst() const; ///< mean over these; missing without bursts

private:
    struct Train {
        core::Step last = -1; ///< stamp of the last spike; none yet where negative
        core::Step first_interval = 0; ///< [steps]; 0 where there is none
        core::Step last_interval = 0;
        std::uint64_t intervals = 0;
        std::uint64_t run = 0; ///< spikes that follow one another closely, up to the last
        std::uint64_t bursts = 0;
        std::uint64_t spikes_in_bursts = 0;
    };
    template <class Value>
    std::optional<double> mean(std::uint64_t least_intervals, Value&& value) const;

    core::TimeGrid grid_;
    core::Step longest_; ///< interval inside a burst
    std::uint64_t least_; ///< spikes of a burst
    std::vector<Train> trains_;
    std::optional<core::Step> first_;
    std::uint64_t spikes_ = 0;
};

} // namespace engine::checks
