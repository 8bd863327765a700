#include "engine/analysis/population_rate.hpp"

#include <algorithm>
#include <cmath>

namespace engine::analysis {

std::vector<double> population_rate_Hz(std::span<const core::Step> stamps, std::size_t neurons,
    core::Step from, core::Step to, core::Step bin, double dt_ms)
{
    if (to <= from || neurons == 0) {
        return {};
    }
    constexpr double ms_per_s = 1000.0;
    const double rate_of_one
        = ms_per_s / (static_cast<double>(neurons) * static_cast<double>(bin) * dt_ms);
    std::vector<double> rate(static_cast<std::size_t>((to - from) / bin), 0.0);
    for (const core::Step stamp : stamps) {
        const auto b = static_cast<std::size_t>((stamp - from - 1) / bin);
        if (stamp > from && b < rate.size()) {
            rate[b] += rate_of_one;
        }
    }
    return rate;
}

std::vector<double> smoothed(std::span<const double> series, double sigma)
{
    if (!(sigma > 0.0)) {
        return {series.begin(), series.end()};
    }
    constexpr double reach_sigmas = 4.0;
    const auto reach = static_cast<std::ptrdiff_t>(std::ceil(reach_sigmas * sigma));
    std::vector<double> kernel;
    for (std::ptrdiff_t i = 0; i <= reach; ++i) {
        const double x = static_cast<double>(i) / sigma;
        kernel.push_back(std::exp(-0.5 * x * x));
    }
    const auto size = static_cast<std::ptrdiff_t>(series.size());
    std::vector<double> out;
    out.reserve(series.size());
    for (std::ptrdiff_t i = 0; i < size; ++i) {
        double sum = 0.0;
        double weights = 0.0;
        const std::ptrdiff_t last = std::min(i + reach, size - 1);
        for (std::ptrdiff_t j = std::max<std::ptrdiff_t>(i - reach, 0); j <= last; ++j) {
            const double weight = kernel[static_cast<std::size_t>(std::abs(j - i))];
            sum += weight * series[static_cast<std::size_t>(j)];
            weights += weight;
        }
        out.push_back(sum / weights);
    }
    return out;
}

} // namespace engine::analysis
