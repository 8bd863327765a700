#include "engine/theory/loop_gain.hpp"

#include "engine/theory/siegert.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace engine::theory {

namespace {

ThresholdIntegration integration(
    const BrunelParams& params, const OperatingPoint& point, int steps, int times)
{
    const Coupling c = coupling(params);
    const ThresholdIntegration::Grid grid = ThresholdIntegration::grid(point, steps);
    return {point, c.mu, c.sigma2, {times * grid.above, times * grid.below}};
}

double gain_at_zero(const BrunelParams& params, const OperatingPoint& point)
{
    const Coupling c = coupling(params);
    const RateSlopes slopes = siegert_slopes(point.mu, point.sigma, point.lif);
    return c.mu * slopes.mu + c.sigma2 * slopes.sigma2;
}

} // namespace

std::optional<LoopGain> LoopGain::make(
    const BrunelParams& params, const Input& input, double rate, double highest_Hz)
{
    constexpr double fewest = 100.0;
    constexpr double most = 20000.0;
    constexpr double layers_per_step = 0.6;
    const OperatingPoint point {input.mu, input.sigma, rate, params.lif()};
    // The response ends in a layer of this thickness at the threshold.
    const double omega = 2.0 * std::numbers::pi * highest_Hz / 1000.0;
    const double layer = input.sigma / std::sqrt(2.0 * params.tau_m * omega);
    const double steps = ThresholdIntegration::range(point) / (layers_per_step * layer);
    if (!(steps <= most)) {
        return std::nullopt;
    }
    return LoopGain(params, point, static_cast<int>(std::max(fewest, steps)));
}

LoopGain::LoopGain(const BrunelParams& params, const OperatingPoint& point, int steps)
    : delay_(params.delay)
    , at_zero_(gain_at_zero(params, point))
    , coarse_(integration(params, point, steps, 1))
    , fine_(integration(params, point, steps, 2))
{
}

std::vector<std::complex<double>> LoopGain::at(std::span<const std::complex<double>> lambda) const
{
    std::vector<std::complex<double>> coarse(lambda.size());
    std::vector<std::complex<double>> gain(lambda.size());
    coarse_.respond(lambda, coarse);
    fine_.respond(lambda, gain);
    for (std::size_t i = 0; i < gain.size(); ++i) {
        gain[i] = std::exp(-lambda[i] * delay_) * (4.0 * gain[i] - coarse[i]) / 3.0;
    }
    return gain;
}

std::complex<double> LoopGain::at(std::complex<double> lambda) const
{
    return at(std::span(&lambda, 1)).front();
}

} // namespace engine::theory
