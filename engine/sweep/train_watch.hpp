#pragma once

#include "engine/analysis/observer.hpp"
#include "engine/core/time_grid.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

namespace engine::sweep {

/// What one neuron does after its onset: the intervals of a bifurcation diagram and the rate of an
/// f-I curve.
struct SteadyTrain {
    std::vector<double> intervals_ms; ///< in order; of a long train the last ones
    double rate_Hz = 0.0;
};

/// Watches one neuron and keeps the intervals that end after `from`, at most `most_intervals` of
/// them. One thread at a time.
class TrainWatch : public analysis::Observer {
public:
    static constexpr std::size_t most_intervals = 512;

    TrainWatch(std::size_t population, std::uint32_t neuron, core::TimeGrid grid, core::Step from);

    void begin(core::Step now) override;
    void spikes(
        core::Step stamp, std::size_t population, std::span<const std::uint32_t> neurons) override;
    void done(core::Step now) override { now_ = now; }

    /// The rate is the inverse of the mean interval, which tells slow rhythms more finely than
    /// spikes counted in a short window. A neuron that has fallen silent (for longer than 1.5 times
    /// its longest interval) or has no interval has the rate of its spikes since `from`.
    SteadyTrain train() const;

private:
    std::size_t population_;
    std::uint32_t neuron_;
    core::TimeGrid grid_;
    core::Step from_;
    core::Step now_ = 0;
    std::uint64_t spikes_ = 0; ///< after `from`
    std::deque<core::Step> stamps_; ///< the last before `from` included
};

} // namespace engine::sweep
