#pragma once

#include "engine/analysis/observer.hpp"
#include "engine/recording/history.hpp"

#include <vector>

namespace engine::analysis {

/// When each neuron of a network spiked last.
class LastSpikes : public Observer {
public:
    explicit LastSpikes(const config::Experiment& experiment);

    void begin(core::Step now) override;
    void spikes(
        core::Step stamp, std::size_t population, std::span<const std::uint32_t> neurons) override;
    void done(core::Step) override { }

    /// Adds what the run recorded in the last 100 ms before it began to be observed, or before it
    /// jumped: once after each begin().
    void recall(const recording::History& recorded);
    /// Of a population by neuron, up to `now` [ms]; NaN where no spike is known.
    std::vector<double> since(std::size_t population, core::Step now) const;

private:
    core::TimeGrid grid_;
    std::vector<std::vector<core::Step>> last_; ///< stamps by population and neuron; < 0: none
    core::Step begin_ = 0;
    bool recalled_ = false;
};

} // namespace engine::analysis
