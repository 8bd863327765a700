#include "engine/analysis/spike_train.hpp"

#include <cmath>

namespace engine::analysis {

using core::Step;

std::vector<Step> intervals(std::span<const Step> spikes)
{
    std::vector<Step> out;
    for (std::size_t i = 1; i < spikes.size(); ++i) {
        out.push_back(spikes[i] - spikes[i - 1]);
    }
    return out;
}

std::optional<double> isi_cv(std::span<const Step> spikes)
{
    SpikeStatistics one(1);
    for (const Step stamp : spikes) {
        one.add(stamp, 0);
    }
    return one.mean_cv().mean;
}

std::optional<double> mean_rate_Hz(std::uint64_t spikes, std::uint64_t neurons, double time_ms)
{
    if (neurons == 0 || !(time_ms > 0.0)) {
        return std::nullopt;
    }
    constexpr double ms_per_s = 1000.0;
    return static_cast<double>(spikes) / (static_cast<double>(neurons) * time_ms) * ms_per_s;
}

SpikeStatistics::SpikeStatistics(std::size_t neurons)
    : trains_(neurons)
{
}

void SpikeStatistics::add(Step stamp, std::uint32_t neuron)
{
    ++spikes_;
    Train& train = trains_[neuron];
    if (train.last >= 0) {
        const auto interval = static_cast<double>(stamp - train.last);
        ++train.intervals;
        const double before = interval - train.mean;
        train.mean += before / static_cast<double>(train.intervals);
        train.squares += before * (interval - train.mean);
    }
    train.last = stamp;
}

MeanCv SpikeStatistics::mean_cv() const
{
    constexpr std::uint64_t least_intervals = 2; // 3 spikes
    MeanCv out;
    double sum = 0.0;
    for (const Train& train : trains_) {
        if (train.intervals >= least_intervals) {
            sum += std::sqrt(train.squares / static_cast<double>(train.intervals)) / train.mean;
            ++out.neurons;
        }
    }
    if (out.neurons > 0) {
        out.mean = sum / static_cast<double>(out.neurons);
    }
    return out;
}

} // namespace engine::analysis
