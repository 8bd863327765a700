#include "engine/theory/threshold_integration.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

namespace engine::theory {

namespace {

constexpr std::size_t lane_count = 8;
using Lane = std::array<double, lane_count>;

/// The density of the unperturbed state and how it moves from one voltage to another.
class Drift {
public:
    explicit Drift(const OperatingPoint& p)
        : mu_(p.mu)
        , D_(p.sigma * p.sigma / (2.0 * p.lif.tau_m))
        , tau_D_(p.lif.tau_m * D_)
    {
    }
    double alpha(double V) const { return (V - mu_) / tau_D_; }
    double D() const { return D_; }
    /// exp of the integral of alpha over [low, low + length].
    double growth(double low, double length) const
    {
        return std::exp(length * alpha(low + 0.5 * length));
    }
    /// What a unit of flux adds to P on the way down to `low`: the integral of growth / D.
    double gain(double low, double length) const
    {
        constexpr double node = 0.21132486540518713; // (1 - 1 / sqrt(3)) / 2
        return 0.5 * length * (growth(low, node * length) + growth(low, (1.0 - node) * length))
            / D_;
    }

private:
    double mu_;
    double D_;
    double tau_D_;
};

} // namespace

/// States of 8 values of lambda: A, flux 1 at the threshold; F, the source.
struct ThresholdIntegration::Lanes {
    Lane lambda_re {}, lambda_im {};
    Lane P_A_re {}, P_A_im {}, J_A_re {}, J_A_im {};
    Lane P_F_re {}, P_F_im {}, J_F_re {}, J_F_im {};
    Lane scale {}; ///< factor by which the states were made smaller

    void start(std::span<const std::complex<double>> lambda);
    void reinject(double t_ref);
    void keep_in_range();
    std::complex<double> response(std::size_t i) const
    {
        return -std::complex(J_F_re[i], J_F_im[i]) / std::complex(J_A_re[i], J_A_im[i]);
    }
};

void ThresholdIntegration::Lanes::start(std::span<const std::complex<double>> lambda)
{
    *this = {};
    for (std::size_t i = 0; i < lane_count; ++i) {
        const std::complex<double> value = lambda[std::min(i, lambda.size() - 1)];
        lambda_re[i] = value.real();
        lambda_im[i] = value.imag();
    }
    J_A_re.fill(1.0);
    scale.fill(1.0);
}

/// The flux through the threshold comes back at V_reset.
void ThresholdIntegration::Lanes::reinject(double t_ref)
{
    for (std::size_t i = 0; i < lane_count; ++i) {
        const std::complex<double> back
            = scale[i] * std::exp(-t_ref * std::complex(lambda_re[i], lambda_im[i]));
        J_A_re[i] -= back.real();
        J_A_im[i] -= back.imag();
    }
}

/// The equations are linear, and only ratios are wanted.
void ThresholdIntegration::Lanes::keep_in_range()
{
    constexpr double large = 1e100;
    const std::array<Lane*, 8> states {
        &P_A_re, &P_A_im, &J_A_re, &J_A_im, &P_F_re, &P_F_im, &J_F_re, &J_F_im};
    for (std::size_t i = 0; i < lane_count; ++i) {
        const bool too_large = std::any_of(states.begin(), states.end(),
            [i](const Lane* state) { return std::fabs((*state)[i]) > large; });
        if (!too_large) {
            continue;
        }
        for (Lane* state : states) {
            (*state)[i] /= large;
        }
        scale[i] /= large;
    }
}

double ThresholdIntegration::range(const OperatingPoint& p)
{
    // Below V_reset and the mean P0 falls like exp(-(V - mu)^2 / sigma^2): to exp(-18) of its
    // value.
    constexpr double exponent = 18.0;
    const double drop = std::max(0.0, p.mu - p.lif.V_reset);
    const double depth = exponent * p.sigma * p.sigma;
    const double below
        = std::max(0.0, p.lif.V_reset - p.mu) + depth / (drop + std::sqrt(drop * drop + depth));
    return p.lif.V_th - p.lif.V_reset + below;
}

ThresholdIntegration::Grid ThresholdIntegration::grid(const OperatingPoint& p, int steps)
{
    constexpr int fewest = 8;
    const double share = (p.lif.V_th - p.lif.V_reset) / range(p);
    const int above = std::max(fewest, static_cast<int>(std::lround(steps * share)));
    return {above, std::max(fewest, steps - above)};
}

ThresholdIntegration::ThresholdIntegration(
    const OperatingPoint& p, double weight_mu, double weight_sigma2, const Grid& grid)
    : t_ref_(p.lif.t_ref)
    , above_reset_(static_cast<std::size_t>(grid.above))
{
    const double bottom = p.lif.V_th - range(p);
    double P0 = 0.0;
    lay_out(p, p.lif.V_th, p.lif.V_reset, grid.above, p.rate, weight_mu, weight_sigma2, P0);
    lay_out(p, p.lif.V_reset, bottom, grid.below, 0.0, weight_mu, weight_sigma2, P0);
}

/// Appends the steps from one voltage down to another, through which `flux` [1/ms] runs.
void ThresholdIntegration::lay_out(const OperatingPoint& point, double from, double to, int steps,
    double flux, double weight_mu, double weight_sigma2, double& P0)
{
    const Drift drift(point);
    const double length = (from - to) / steps;
    const double half = 0.5 * length;
    if (!steps_.empty()) {
        steps_.back().kick += half;
    }
    for (int i = 0; i < steps; ++i) {
        const double middle = from - (i + 0.5) * length;
        const double end = middle - half;
        const double P_begin = P0;
        const double P_middle = P0 * drift.growth(middle, half) + flux * drift.gain(middle, half);
        P0 = P_middle * drift.growth(end, half) + flux * drift.gain(end, half);
        density_integral_ += length * (P_begin + 4.0 * P_middle + P0) / 6.0;
        const double slope = -(drift.alpha(middle) * P_middle + flux / drift.D());
        const double source
            = (weight_mu * P_middle - 0.5 * weight_sigma2 * slope) / point.lif.tau_m;
        steps_.push_back({drift.growth(end, length), drift.gain(end, length), source, length});
    }
    steps_.back().kick = half;
}

void ThresholdIntegration::march(Lanes& lanes, std::size_t begin, std::size_t end) const
{
    Lanes s = lanes;
    for (std::size_t k = begin; k < end; ++k) {
        const Step step = steps_[k];
        for (std::size_t i = 0; i < lane_count; ++i) {
            s.P_A_re[i] = step.decay * s.P_A_re[i] + step.gain * s.J_A_re[i];
            s.P_A_im[i] = step.decay * s.P_A_im[i] + step.gain * s.J_A_im[i];
            s.P_F_re[i]
                = step.decay * s.P_F_re[i] + step.gain * (s.J_F_re[i] - step.source * s.scale[i]);
            s.P_F_im[i] = step.decay * s.P_F_im[i] + step.gain * s.J_F_im[i];
            const double kick_re = step.kick * s.lambda_re[i];
            const double kick_im = step.kick * s.lambda_im[i];
            s.J_A_re[i] += kick_re * s.P_A_re[i] - kick_im * s.P_A_im[i];
            s.J_A_im[i] += kick_re * s.P_A_im[i] + kick_im * s.P_A_re[i];
            s.J_F_re[i] += kick_re * s.P_F_re[i] - kick_im * s.P_F_im[i];
            s.J_F_im[i] += kick_re * s.P_F_im[i] + kick_im * s.P_F_re[i];
        }
    }
    lanes = s;
}

void ThresholdIntegration::respond(
    std::span<const std::complex<double>> lambda, std::span<std::complex<double>> response) const
{
    constexpr std::size_t stretch = 32; // steps over which no number can leave the range
    Lanes lanes;
    for (std::size_t first = 0; first < lambda.size(); first += lane_count) {
        lanes.start(lambda.subspan(first));
        for (std::size_t k = 0; k < steps_.size();) {
            const std::size_t stop = k < above_reset_ ? above_reset_ : steps_.size();
            const std::size_t end = std::min(stop, k + stretch);
            march(lanes, k, end);
            if (end == above_reset_) {
                lanes.reinject(t_ref_);
            }
            lanes.keep_in_range();
            k = end;
        }
        for (std::size_t i = 0; i < lane_count && first + i < lambda.size(); ++i) {
            response[first + i] = lanes.response(i);
        }
    }
}

} // namespace engine::theory
