#pragma once

#include "engine/core/time_grid.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace engine::analysis {

/// How often intervals of which length occurred, in a bounded number of bins: they begin one step
/// wide and double their width whenever an interval does not fit. Bin b holds the intervals
/// b width <= interval < (b + 1) width [steps].
class IntervalHistogram {
public:
    static constexpr std::size_t most_bins = 4096;

    void add(core::Step interval)
    {
        auto bin = static_cast<std::size_t>(interval) >> shift_;
        if (bin >= counts_.size()) {
            bin = make_room(interval);
        }
        ++counts_[bin];
    }
    /// Adds `weight` times the counts of another, rounded.
    void join(const IntervalHistogram& other, double weight);

    core::Step width() const { return core::Step {1} << shift_; }
    /// Ends with the longest interval; empty where there is none.
    const std::vector<std::uint64_t>& counts() const { return counts_; }

private:
    std::size_t make_room(core::Step interval); ///< its bin
    void widen();

    std::vector<std::uint64_t> counts_;
    unsigned shift_ = 0;
};

} // namespace engine::analysis
