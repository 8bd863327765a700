#pragma once

#include "engine/core/time_grid.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace engine::analysis {

/// Steps of a bin of `width_ms`: the nearest multiple of dt, at least one step.
inline core::Step bin_steps(double width_ms, double dt_ms)
{
    return std::max<core::Step>(1, static_cast<core::Step>(std::llround(width_ms / dt_ms)));
}

/// Cuts counts that come with their stamps into bins of `width` steps after `from`: bin b holds the
/// stamps from + b width < stamp <= from + (b + 1) width. Complete bins, empty ones included, are
/// handed to a function in order.
class BinnedCounts {
public:
    BinnedCounts(core::Step from, core::Step width)
        : width_(width)
        , end_(from + width)
    {
    }

    /// Stamps must not descend.
    template <class OnBin> void add(core::Step stamp, std::uint64_t count, OnBin&& on_bin)
    {
        while (stamp > end_) {
            close(on_bin);
        }
        count_ += count;
    }
    /// Everything up to `stamp` has been added.
    template <class OnBin> void advance(core::Step stamp, OnBin&& on_bin)
    {
        while (stamp >= end_) {
            close(on_bin);
        }
    }

private:
    template <class OnBin> void close(OnBin&& on_bin)
    {
        on_bin(count_);
        count_ = 0;
        end_ += width_;
    }

    core::Step width_;
    core::Step end_; ///< last stamp of the present bin
    std::uint64_t count_ = 0;
};

} // namespace engine::analysis
