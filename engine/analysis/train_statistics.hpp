#pragma once

#include "engine/analysis/interval_histogram.hpp"
#include "engine/analysis/mean_over_neurons.hpp"
#include "engine/core/time_grid.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace engine::analysis {

/// How intervals, CVs and rates are spread over several neurons. Memory is bounded: bins become
/// twice as wide whenever a value does not fit.
struct TrainDistributions {
    static constexpr double cv_unit = 0.001;

    IntervalHistogram intervals; ///< of all neurons together [steps]
    IntervalHistogram cvs; ///< isi_cv of each neuron with at least 3 spikes [cv_unit]
    IntervalHistogram counts; ///< spikes of each neuron

    void join(const TrainDistributions& other, double weight);
};

/// What the spike trains of several neurons have in common: each value is computed for every neuron
/// and then averaged over the neurons that have it.
struct TrainMeans {
    MeanOverNeurons cv; ///< isi_cv, of neurons with at least 3 spikes
    MeanOverNeurons cv2; ///< isi_cv2, of the same
    MeanOverNeurons lv; ///< isi_lv, of the same
    /// Variance (divided by n - 1, so that Poisson trains have 1 in few windows too) / mean of the
    /// spike counts in windows; of neurons that fired in them, where there are at least
    /// TrainStatistics::least_windows.
    MeanOverNeurons fano;
    TrainDistributions distributions;

    /// Joins means over other neurons, each of which stands for `weight`.
    void join(const TrainMeans& other, double weight);
};

/// Statistics of the spike trains of several neurons as the spikes come, without keeping them:
/// memory grows with the neurons, not with the run. One thread at a time.
class TrainStatistics {
public:
    static constexpr core::Step least_windows = 10;

    /// Counts are taken in windows of `window` steps after `from`.
    TrainStatistics(std::size_t neurons, core::Step from, core::Step window);

    /// Neurons that spiked at a stamp after `from`, each once; at most 2^32 windows or steps
    /// between spikes. Stamps must ascend but for the parts of one.
    void add(core::Step stamp, std::span<const std::uint32_t> neurons);

    /// Everything up to `now` has been added.
    TrainMeans means(core::Step now) const;

private:
    struct alignas(64) Train { // one cache line
        core::Step first = -1; ///< stamp of the first spike; none yet where negative
        core::Step last = -1;
        std::uint64_t squares
            = 0; ///< sum over the intervals [steps^2]: exact, unlike running moments
        double changes = 0.0; ///< sum of |I' - I| / (I' + I)
        double squared_changes = 0.0; ///< sum of the squares of these
        std::uint64_t squared_counts = 0; ///< sum over the windows before the present one
        std::uint32_t intervals = 0;
        std::uint32_t interval = 0; ///< the last
        std::uint32_t window = 0; ///< of the last spike
        std::uint32_t count = 0; ///< spikes in it
    };
    void add_fano(const Train& train, core::Step windows, MeanOverNeurons& fano) const;
    static double cv(const Train& train);

    core::Step from_;
    core::Step window_;
    core::Step window_end_; ///< last stamp of the newest window with spikes
    std::uint32_t newest_ = 0; ///< its number
    std::vector<Train> trains_;
    IntervalHistogram intervals_;
};

} // namespace engine::analysis
