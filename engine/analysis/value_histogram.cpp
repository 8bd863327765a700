#include "engine/analysis/value_histogram.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace engine::analysis {

namespace {

constexpr std::int64_t most_bins = 1024;
/// The first value begins with bins of about this part of it: narrower than any that remain where
/// values differ by more than rounding.
constexpr int finest_exponent = -40;

std::int64_t half(std::int64_t i) { return i >= 0 ? i / 2 : (i - 1) / 2; }

} // namespace

void ValueHistogram::add(double x, std::uint64_t times)
{
    if (total_ == 0) {
        min_ = max_ = x;
        const int exponent = x == 0.0 ? 0 : std::ilogb(x);
        width_ = std::ldexp(1.0, std::max(exponent, -900) + finest_exponent);
        first_ = static_cast<std::int64_t>(std::floor(x / width_));
        counts_.assign(static_cast<std::size_t>(most_bins), 0);
    }
    min_ = std::min(min_, x);
    max_ = std::max(max_, x);
    sum_ += x * static_cast<double>(times);
    total_ += times;
    double place = std::floor(x / width_) - static_cast<double>(first_);
    if (place < 0.0 || place >= static_cast<double>(most_bins)) {
        make_room(x);
        place = std::floor(x / width_) - static_cast<double>(first_);
    }
    counts_[static_cast<std::size_t>(place)] += times;
}

/// Widens the bins and moves them until they reach from the least to the greatest value.
void ValueHistogram::make_room(double x)
{
    while (
        std::floor(max_ / width_) - std::floor(min_ / width_) >= static_cast<double>(most_bins)) {
        widen();
    }
    const auto from = static_cast<std::int64_t>(std::floor(min_ / width_));
    const auto at = static_cast<std::int64_t>(std::floor(x / width_));
    if (at < first_) { // the bins at the end are empty
        std::rotate(counts_.begin(), counts_.end() - (first_ - from), counts_.end());
        first_ = from;
    } else if (at >= first_ + most_bins) { // those before the least value are
        std::rotate(counts_.begin(), counts_.begin() + (from - first_), counts_.end());
        first_ = from;
    }
}

void ValueHistogram::widen()
{
    std::vector<std::uint64_t> joined(counts_.size(), 0);
    const std::int64_t first = half(first_);
    for (std::size_t b = 0; b < counts_.size(); ++b) {
        joined[static_cast<std::size_t>(half(first_ + static_cast<std::int64_t>(b)) - first)]
            += counts_[b];
    }
    counts_ = std::move(joined);
    first_ = first;
    width_ *= 2.0;
}

ValueHistogram::Bins ValueHistogram::bins(std::size_t most) const
{
    Bins out;
    if (total_ == 0) {
        return out;
    }
    ValueHistogram wide = *this;
    const auto used = [&wide] {
        return std::floor(wide.max_ / wide.width_) - std::floor(wide.min_ / wide.width_) + 1.0;
    };
    while (used() > static_cast<double>(most)) {
        wide.widen();
    }
    const auto from = static_cast<std::int64_t>(std::floor(wide.min_ / wide.width_)) - wide.first_;
    out.lower = wide.width_ * static_cast<double>(wide.first_ + from);
    out.width = wide.width_;
    out.counts.assign(wide.counts_.begin() + from,
        wide.counts_.begin() + from + static_cast<std::ptrdiff_t>(used()));
    return out;
}

} // namespace engine::analysis
