#include "engine/analysis/train_statistics.hpp"

#include <cmath>

namespace engine::analysis {

void TrainDistributions::join(const TrainDistributions& other, double weight)
{
    intervals.join(other.intervals, weight);
    cvs.join(other.cvs, weight);
    counts.join(other.counts, weight);
}

void TrainMeans::join(const TrainMeans& other, double weight)
{
    cv.join(other.cv, weight);
    cv2.join(other.cv2, weight);
    lv.join(other.lv, weight);
    fano.join(other.fano, weight);
    distributions.join(other.distributions, weight);
}

TrainStatistics::TrainStatistics(std::size_t neurons, core::Step from, core::Step window)
    : from_(from)
    , window_(window)
    , window_end_(from + window)
    , trains_(neurons)
{
}

void TrainStatistics::add(core::Step stamp, std::span<const std::uint32_t> neurons)
{
    if (stamp > window_end_) {
        newest_ = static_cast<std::uint32_t>((stamp - from_ - 1) / window_);
        window_end_ = from_ + (core::Step {newest_} + 1) * window_;
    }
    Train* const trains = trains_.data();
    for (const std::uint32_t neuron : neurons) {
        __builtin_prefetch(
            trains + neuron); // of a large network they do not fit into the fast caches
    }
    for (const std::uint32_t neuron : neurons) {
        Train& train = trains[neuron];
        // Without a branch, which could not be predicted.
        const std::uint32_t old = train.window == newest_ ? 0U : train.count;
        train.squared_counts += std::uint64_t {old} * old;
        train.count += 1 - old;
        train.window = newest_;
        if (train.last < 0) {
            train.first = stamp;
        } else {
            const auto interval = static_cast<std::uint32_t>(stamp - train.last);
            if (train.intervals > 0) {
                const double now = interval;
                const double before = train.interval;
                const double change = std::abs(now - before) / (now + before);
                train.changes += change;
                train.squared_changes += change * change;
            }
            ++train.intervals;
            train.squares += std::uint64_t {interval} * interval;
            train.interval = interval;
            intervals_.add(static_cast<core::Step>(interval));
        }
        train.last = stamp;
    }
}

double TrainStatistics::cv(const Train& train)
{
    __extension__ using Wide = unsigned __int128; // the difference of two large products
    const auto sum = static_cast<Wide>(train.last - train.first);
    const Wide variance = static_cast<Wide>(train.intervals) * train.squares - sum * sum;
    return std::sqrt(static_cast<double>(variance)) / static_cast<double>(train.last - train.first);
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
    out.distributions.intervals = intervals_;
    const core::Step windows = (now - from_) / window_;
    for (const Train& train : trains_) {
        if (train.last < 0) {
            out.distributions.counts.add(0);
            continue;
        }
        out.distributions.counts.add(core::Step {train.intervals} + 1);
        if (windows >= least_windows) {
            add_fano(train, windows, out.fano);
        }
        if (train.intervals >= least_intervals) {
            const auto n = static_cast<double>(train.intervals);
            const double cv_isi = cv(train);
            out.cv.add(cv_isi);
            out.distributions.cvs.add(
                static_cast<core::Step>(cv_isi / TrainDistributions::cv_unit));
            out.cv2.add(2.0 * train.changes / (n - 1.0));
            out.lv.add(3.0 * train.squared_changes / (n - 1.0));
        }
    }
    return out;
}

} // namespace engine::analysis
