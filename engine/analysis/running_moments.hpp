#pragma once

#include <cmath>
#include <cstdint>
#include <optional>

namespace engine::analysis {

/// Mean and variance of numbers as they come (Welford 1962, doi:10.2307/1266577).
class RunningMoments {
public:
    void add(double x)
    {
        ++count_;
        const double before = x - mean_;
        mean_ += before / static_cast<double>(count_);
        squares_ += before * (x - mean_);
    }

    std::uint64_t count() const { return count_; }
    double mean() const { return mean_; }
    /// Population variance; missing with fewer than two numbers.
    std::optional<double> variance() const
    {
        return count_ < 2 ? std::nullopt : std::optional(squares_ / static_cast<double>(count_));
    }
    /// Variance / mean; missing where the mean is not above 0.
    std::optional<double> fano() const
    {
        const std::optional<double> v = variance();
        return v && mean_ > 0.0 ? std::optional(*v / mean_) : std::nullopt;
    }
    /// Standard deviation / mean; missing where the mean is not above 0.
    std::optional<double> relative_deviation() const
    {
        const std::optional<double> v = variance();
        return v && mean_ > 0.0 ? std::optional(std::sqrt(*v) / mean_) : std::nullopt;
    }

private:
    std::uint64_t count_ = 0;
    double mean_ = 0.0;
    double squares_ = 0.0; ///< sum of squared deviations from the mean
};

} // namespace engine::analysis
