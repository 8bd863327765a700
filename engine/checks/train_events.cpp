#include "engine/checks/train_events.hpp"

namespace engine::checks {

TrainEvents::TrainEvents(std::size_t neurons, double dt_ms, analysis::BurstRule rule)
    : grid_(dt_ms)
    , longest_(grid_.steps(rule.longest_interval_ms))
    , least_(rule.least_spikes)
    , trains_(neurons)
{
}

void TrainEvents::add(core::Step stamp, std::size_t neuron)
{
    Train& train = trains_[neuron];
    if (!first_) {
        first_ = stamp;
    }
    ++spikes_;
    if (train.last >= 0) {
        train.last_interval = stamp - train.last;
        if (train.intervals == 0) {
            train.first_interval = train.last_interval;
        }
        ++train.intervals;
    }
    train.run = train.last >= 0 && train.last_interval <= longest_ ? train.run + 1 : 1;
    if (train.run == least_) {
        ++train.bursts;
        train.spikes_in_bursts += least_;
    } else if (train.run > least_) {
        ++train.spikes_in_bursts;
    }
    train.last = stamp;
}

std::optional<core::Step> TrainEvents::first_spike() const { return first_; }

template <class Value>
std::optional<double> TrainEvents::mean(std::uint64_t least_intervals, Value&& value) const
{
    double sum = 0.0;
    std::uint64_t neurons = 0;
    for (const Train& train : trains_) {
        if (train.intervals >= least_intervals) {
            sum += value(train);
            ++neurons;
        }
    }
    return neurons > 0 ? std::optional(sum / static_cast<double>(neurons)) : std::nullopt;
}

std::optional<double> TrainEvents::first_isi_ms() const
{
    return mean(1, [this](const Train& train) { return grid_.time_ms(train.first_interval); });
}

std::optional<double> TrainEvents::last_isi_ms() const
{
    return mean(1, [this](const Train& train) { return grid_.time_ms(train.last_interval); });
}

std::optional<double> TrainEvents::isi_ratio() const
{
    return mean(2, [](const Train& train) {
        return static_cast<double>(train.last_interval) / static_cast<double>(train.first_interval);
    });
}

std::uint64_t TrainEvents::bursts() const
{
    std::uint64_t sum = 0;
    for (const Train& train : trains_) {
        sum += train.bursts;
    }
    return sum;
}

std::optional<double> TrainEvents::spikes_per_burst() const
{
    std::uint64_t spikes = 0;
    for (const Train& train : trains_) {
        spikes += train.spikes_in_bursts;
    }
    const std::uint64_t count = bursts();
    return count > 0 ? std::optional(static_cast<double>(spikes) / static_cast<double>(count))
                     : std::nullopt;
}

} // namespace engine::checks
