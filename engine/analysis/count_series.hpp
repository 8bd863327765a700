#pragma once

#include "engine/analysis/binned_counts.hpp"
#include "engine/analysis/running_moments.hpp"
#include "engine/analysis/spectrum.hpp"

#include <cstddef>
#include <cstdint>

namespace engine::analysis {

/// Statistics of the number of spikes of a whole population in bins of 1 and 5 ms, and the spectrum
/// of its rate in bins of 0.5 ms. Bins are the nearest multiples of dt. One thread at a time.
class CountSeries {
public:
    CountSeries(std::size_t neurons, double dt_ms, core::Step from);

    /// Stamps after `from`; must not descend.
    void add(core::Step stamp, std::uint64_t count);
    /// Everything up to `stamp` has been added.
    void advance(core::Step stamp);

    std::uint64_t spikes() const { return spikes_; }
    const RunningMoments& counts_1ms() const { return moments_1ms_; } ///< none where dt is longer
    const RunningMoments& counts_5ms() const { return moments_5ms_; }
    /// Segments of 512 ms [Hz^2 / Hz]; empty where none is complete.
    Spectrum spectrum() const { return welch_.spectrum(); }

private:
    /// Calls bins.add() or bins.advance() for every kind of bins.
    template <class Each> void for_each_bins(Each&& each);

    double dt_ms_;
    double rate_of_one_Hz_; ///< of one spike in a bin of the spectrum
    std::uint64_t spikes_ = 0;
    BinnedCounts bins_spectrum_;
    BinnedCounts bins_1ms_;
    BinnedCounts bins_5ms_;
    WelchAccumulator welch_;
    RunningMoments moments_1ms_;
    RunningMoments moments_5ms_;
};

} // namespace engine::analysis
