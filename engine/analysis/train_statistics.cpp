#include "engine/analysis/train_statistics.hpp"

#include <cmath>

namespace engine::analysis {

void TrainMeans::join(const TrainMeans& other, double weight)
{
    cv.join(other.cv, weight);
    cv2.join(other.cv2, weight);
    lv.join(other.lv, weight);
    fano.join(other.fano, weight);
    intervals.join(other.intervals, weight);
}

TrainStatistics::TrainStatistics(std::size_t neurons, core::Step from, core::Step window)
    : from_(from)
    , window_(window)
    , trains_(neurons)
{
}

void TrainStatistics::add(core::Step stamp, std::uint32_t window, std::size_t neuron)
{
    Train& train = trains_[neuron];
    if (window != train.window) {
        train.squared_counts += std::uint64_t {train.count} * train.count;
        train.count = 0;
        train.window = window;
    }
    ++train.count;
    if (train.last >= 0) {
        const auto steps = static_cast<std::uint32_t>(stamp - train.last);
        const auto interval = static_cast<double>(steps);
        if (train.intervals > 0) {
            const double before = train.interval;
            const double change = std::abs(interval - before) / (interval + before);
            train.changes += change;
            train.squared_changes += change * change;
        }
        ++train.intervals;
        const double deviation = interval - train.mean;
        train.mean += deviation / static_cast<double>(train.intervals);
        train.squares += deviation * (interval - train.mean);
        train.interval = steps;
        intervals_.add(static_cast<core::Step>(steps));
    }
    train.last = stamp;
}

void TrainStatistics::add_fano(const Train& train, core::Step windows, MeanOverNeurons& fano) const
{
    std::uint64_t spikes = std::uint64_t {train.intervals} + 1;
    std::uint64_t squares = train.squared_counts;
    if (train.window < windows) {
        squares += std::uint64_t {train.count} * train.count;
    } else {
        spikes -= train.count; // the window is not complete
    }
    if (spikes > 0) {
        const auto n = static_cast<double>(windows);
        const double mean = static_cast<double>(spikes) / n;
        fano.add((static_cast<double>(squares) - n * mean * mean) / ((n - 1.0) * mean));
    }
}

TrainMeans TrainStatistics::means(core::Step now) const
{
    constexpr std::uint32_t least_intervals = 2; // 3 spikes
    TrainMeans out;
    out.intervals = intervals_;
    const core::Step windows = (now - from_) / window_;
    for (const Train& train : trains_) {
        if (train.last < 0) {
            continue;
        }
        if (windows >= least_windows) {
            add_fano(train, windows, out.fano);
        }
        if (train.intervals >= least_intervals) {
            const auto n = static_cast<double>(train.intervals);
            out.cv.add(std::sqrt(train.squares / n) / train.mean);
            out.cv2.add(2.0 * train.changes / (n - 1.0));
            out.lv.add(3.0 * train.squared_changes / (n - 1.0));
        }
    }
    return out;
}

} // namespace engine::analysis
