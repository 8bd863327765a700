#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace engine::analysis {

/// Counts of values in bins that widen as they come: at most 1024 bins of a width that is a power
/// of two, each beginning at a multiple of it, as narrow as all values allow. The order of the
/// values changes nothing.
class ValueHistogram {
public:
    /// `x` is finite; `times` > 0.
    void add(double x, std::uint64_t times = 1);

    std::uint64_t total() const { return total_; }
    double min() const { return min_; } ///< 0 where there are none
    double max() const { return max_; }
    double mean() const { return total_ == 0 ? 0.0 : sum_ / static_cast<double>(total_); }
    /// Whether all values are the same.
    bool single() const { return min_ == max_; }

    /// Bin b holds lower + b width <= x < lower + (b + 1) width; the first and the last are not
    /// empty.
    struct Bins {
        double lower = 0.0;
        double width = 0.0;
        std::vector<std::uint64_t> counts;
    };
    /// Joined until there are at most so many (>= 2).
    Bins bins(std::size_t most) const;

private:
    void widen();
    void make_room(double x);

    std::vector<std::uint64_t> counts_;
    double width_ = 0.0; ///< 0 while there is nothing
    std::int64_t first_ = 0; ///< counts_[0] begins at first_ * width_
    std::uint64_t total_ = 0;
    double min_ = 0.0;
    double max_ = 0.0;
    double sum_ = 0.0;
};

} // namespace engine::analysis
