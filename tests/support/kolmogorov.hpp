#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

// The test of Kolmogorov and Smirnov.

namespace test_support {

/// kolmogorov() exceeds this with probability 0.001.
inline constexpr double kolmogorov_limit = 1.95;

/// Largest distance of the values' distribution from `cdf`, times the root of their number.
template <class Cdf> double kolmogorov(std::vector<double> x, Cdf cdf)
{
    std::sort(x.begin(), x.end());
    const auto n = static_cast<double>(x.size());
    double distance = 0.0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        const double F = cdf(x[i]);
        distance = std::max(
            {distance, F - static_cast<double>(i) / n, static_cast<double>(i + 1) / n - F});
    }
    return distance * std::sqrt(n);
}

} // namespace test_support
