#include "engine/analysis/count_series.hpp"

#include <cmath>

namespace engine::analysis {

namespace {

constexpr double ms_per_s = 1000.0;
constexpr double spectrum_bin_ms = 0.5;
constexpr double segment_ms = 512.0;
constexpr double short_bin_ms = 1.0;
constexpr double long_bin_ms = 5.0;

double spectrum_interval_ms(double dt_ms)
{
    return static_cast<double>(bin_steps(spectrum_bin_ms, dt_ms)) * dt_ms;
}

/// An even number of samples, as near to the segment's length as dt allows.
std::size_t segment_samples(double dt_ms)
{
    const double pairs = std::round(segment_ms / (2.0 * spectrum_interval_ms(dt_ms)));
    return 2 * static_cast<std::size_t>(std::max(pairs, 1.0));
}

} // namespace

CountSeries::CountSeries(std::size_t neurons, double dt_ms, core::Step from)
    : dt_ms_(dt_ms)
    , rate_of_one_Hz_(ms_per_s / (static_cast<double>(neurons) * spectrum_interval_ms(dt_ms)))
    , bins_spectrum_(from, bin_steps(spectrum_bin_ms, dt_ms))
    , bins_1ms_(from, bin_steps(short_bin_ms, dt_ms))
    , bins_5ms_(from, bin_steps(long_bin_ms, dt_ms))
    , welch_(segment_samples(dt_ms), spectrum_interval_ms(dt_ms))
{
}

template <class Each> void CountSeries::for_each_bins(Each&& each)
{
    each(bins_spectrum_,
        [this](std::uint64_t count) { welch_.add(static_cast<double>(count) * rate_of_one_Hz_); });
    if (dt_ms_ <= short_bin_ms) {
        each(bins_1ms_,
            [this](std::uint64_t count) { moments_1ms_.add(static_cast<double>(count)); });
    }
    if (dt_ms_ <= long_bin_ms) {
        each(bins_5ms_,
            [this](std::uint64_t count) { moments_5ms_.add(static_cast<double>(count)); });
    }
}

void CountSeries::add(core::Step stamp, std::uint64_t count)
{
    spikes_ += count;
    for_each_bins([&](BinnedCounts& bins, auto on_bin) { bins.add(stamp, count, on_bin); });
}

void CountSeries::advance(core::Step stamp)
{
    for_each_bins([&](BinnedCounts& bins, auto on_bin) { bins.advance(stamp, on_bin); });
}

} // namespace engine::analysis
