#include "engine/sweep/curve_facts.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace engine::sweep {

namespace {

/// Least squares through the firing points.
std::optional<double> slope(std::span<const double> x, std::span<const double> y)
{
    double n = 0.0;
    double mean_x = 0.0;
    double mean_y = 0.0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        if (y[i] > 0.0) {
            n += 1.0;
            mean_x += (x[i] - mean_x) / n;
            mean_y += (y[i] - mean_y) / n;
        }
    }
    double xx = 0.0;
    double xy = 0.0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        if (y[i] > 0.0) {
            xx += (x[i] - mean_x) * (x[i] - mean_x);
            xy += (x[i] - mean_x) * (y[i] - mean_y);
        }
    }
    return xx > 0.0 ? std::optional(xy / xx) : std::nullopt;
}

} // namespace

CurveFacts facts_of(std::span<const double> values, std::span<const double> rates_Hz)
{
    CurveFacts out;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (std::isnan(rates_Hz[i])) {
            continue;
        }
        out.highest_Hz = std::max(out.highest_Hz.value_or(0.0), rates_Hz[i]);
        if (out.fires_from) {
            continue;
        }
        (rates_Hz[i] > 0.0 ? out.fires_from : out.silent_up_to) = values[i];
    }
    out.gain = slope(values, rates_Hz);
    return out;
}

std::vector<double> values_at_onset(const CurveFacts& facts, int count)
{
    std::vector<double> out;
    if (facts.silent_up_to && facts.fires_from) {
        for (int i = 1; i <= count; ++i) {
            out.push_back(
                *facts.silent_up_to + (*facts.fires_from - *facts.silent_up_to) * i / (count + 1));
        }
    }
    return out;
}

} // namespace engine::sweep
