#include "engine/analysis/synchrony.hpp"

#include <cmath>
#include <numeric>

namespace engine::analysis {

SynchronyAccumulator::SynchronyAccumulator(std::size_t neurons)
    : means_(neurons, 0.0)
    , squares_(neurons, 0.0)
{
}

double SynchronyAccumulator::add(std::span<const double> V_m)
{
    const double weight = 1.0 / static_cast<double>(mean_.count() + 1);
    double sum = 0.0;
    for (std::size_t i = 0; i < means_.size(); ++i) {
        const double before = V_m[i] - means_[i];
        means_[i] += weight * before;
        squares_[i] += before * (V_m[i] - means_[i]);
        sum += V_m[i];
    }
    const double mean = sum / static_cast<double>(means_.size());
    mean_.add(mean);
    return mean;
}

std::optional<double> SynchronyAccumulator::mean_variance() const
{
    constexpr std::uint64_t least_samples = 2;
    if (means_.empty() || mean_.count() < least_samples) {
        return std::nullopt;
    }
    return std::accumulate(squares_.begin(), squares_.end(), 0.0)
        / static_cast<double>(mean_.count()) / static_cast<double>(means_.size());
}

std::optional<double> SynchronyAccumulator::chi() const
{
    return means_.size() < 2 ? std::nullopt : golomb_chi(mean_.variance(), mean_variance());
}

std::optional<double> golomb_chi(
    std::optional<double> variance_of_mean, std::optional<double> mean_variance)
{
    if (!variance_of_mean || !mean_variance || !(*mean_variance > 0.0)) {
        return std::nullopt;
    }
    return std::sqrt(*variance_of_mean / *mean_variance);
}

} // namespace engine::analysis
