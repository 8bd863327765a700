#include "engine/analysis/interval_histogram.hpp"

#include <cmath>

namespace engine::analysis {

std::size_t IntervalHistogram::make_room(core::Step interval)
{
    while ((static_cast<std::size_t>(interval) >> shift_) >= most_bins) {
        widen();
    }
    const std::size_t bin = static_cast<std::size_t>(interval) >> shift_;
    if (bin >= counts_.size()) {
        counts_.resize(bin + 1, 0);
    }
    return bin;
}

void IntervalHistogram::widen()
{
    for (std::size_t b = 0; b < counts_.size(); ++b) {
        const std::uint64_t count = counts_[b];
        counts_[b] = 0;
        counts_[b / 2] += count;
    }
    counts_.resize((counts_.size() + 1) / 2);
    ++shift_;
}

void IntervalHistogram::join(const IntervalHistogram& other, double weight)
{
    while (shift_ < other.shift_) {
        widen();
    }
    for (std::size_t b = 0; b < other.counts_.size(); ++b) {
        if (other.counts_[b] > 0) {
            const std::size_t bin = make_room(static_cast<core::Step>(b << other.shift_));
            counts_[bin] += static_cast<std::uint64_t>(
                std::llround(weight * static_cast<double>(other.counts_[b])));
        }
    }
}

} // namespace engine::analysis
