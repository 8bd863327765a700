#include "engine/sweep/train_watch.hpp"

#include <algorithm>

namespace engine::sweep {

using core::Step;

TrainWatch::TrainWatch(std::size_t population, std::uint32_t neuron, core::TimeGrid grid, Step from)
    : population_(population)
    , neuron_(neuron)
    , grid_(grid)
    , from_(from)
{
}

void TrainWatch::begin(Step now)
{
    now_ = now;
    spikes_ = 0;
    stamps_.clear();
}

void TrainWatch::spikes(Step stamp, std::size_t population, std::span<const std::uint32_t> neurons)
{
    if (population != population_ || !std::binary_search(neurons.begin(), neurons.end(), neuron_)) {
        return;
    }
    if (stamp > from_) {
        ++spikes_;
    } else {
        stamps_.clear(); // an interval may begin before the window, but only the last one
    }
    stamps_.push_back(stamp);
    if (stamps_.size() > most_intervals + 1) {
        stamps_.pop_front();
    }
}

SteadyTrain TrainWatch::train() const
{
    SteadyTrain out;
    Step longest = 0;
    for (std::size_t i = 1; i < stamps_.size(); ++i) {
        const Step interval = stamps_[i] - stamps_[i - 1];
        longest = std::max(longest, interval);
        out.intervals_ms.push_back(grid_.time_ms(interval));
    }
    constexpr double ms_per_s = 1000.0;
    constexpr double patience = 1.5;
    const auto silence = stamps_.empty() ? 0.0 : static_cast<double>(now_ - stamps_.back());
    if (!out.intervals_ms.empty() && silence <= patience * static_cast<double>(longest)) {
        const double span_ms = grid_.time_ms(stamps_.back() - stamps_.front());
        out.rate_Hz = ms_per_s * static_cast<double>(out.intervals_ms.size()) / span_ms;
    } else if (now_ > from_) {
        out.rate_Hz = ms_per_s * static_cast<double>(spikes_) / grid_.time_ms(now_ - from_);
    }
    return out;
}

} // namespace engine::sweep
