#include "engine/theory/siegert.hpp"

#include "engine/theory/quadrature.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace engine::theory {

namespace {

const double sqrt_pi = std::sqrt(std::numbers::pi);
constexpr double never_above = 26.0; // exp(26^2) = 1e293
constexpr double noiseless_beyond = 1e100; // thresholds in units of sigma

/// Threshold and reset in units of sigma from the mean.
struct Bounds {
    double th;
    double reset;
    Bounds(double mu, double sigma, const LifParams& lif)
        : th((lif.V_th - mu) / sigma)
        , reset((lif.V_reset - mu) / sigma)
    {
    }
    bool noiseless() const { return !(std::fabs(reset) < noiseless_beyond); }
};

/// Integral of exp(x^2)(1 + erf x) over the negative x between the bounds.
double below_mean(const Bounds& y)
{
    double sum = 0.0;
    const double end = -y.reset;
    for (double low = std::max(0.0, -y.th); low < end;) {
        const double high = std::min(end, low + std::max(1.0, low));
        sum += integrate_panel(erfcx, low, high);
        low = high;
    }
    return sum;
}

/// The same over the positive x, times exp(-th^2); s is the distance from the threshold.
double above_mean(const Bounds& y)
{
    const auto integrand
        = [&](double s) { return std::exp(-s * (2.0 * y.th - s)) * std::erfc(s - y.th); };
    double sum = 0.0;
    const double end = y.th - std::max(y.reset, 0.0);
    const double first = std::min(0.5, 0.5 / y.th);
    for (double low = 0.0; low < end;) {
        const double high = std::min(end, low + std::min(1.0, std::max(first, low)));
        sum += integrate_panel(integrand, low, high);
        low = high;
    }
    return sum;
}

/// exp(y^2)(1 + erf y).
double growth(double y) { return y < 0.0 ? erfcx(-y) : std::exp(y * y) * std::erfc(-y); }

} // namespace

double siegert_rate(double mu, double sigma, const LifParams& lif)
{
    if (!std::isfinite(mu) || !std::isfinite(sigma)) {
        return std::numeric_limits<double>::quiet_NaN();
    }
    const Bounds y(mu, sigma, lif);
    if (y.noiseless()) {
        return noiseless_rate(mu, lif);
    }
    if (y.th > never_above) {
        return 0.0;
    }
    const double scale = y.th > 0.0 ? std::exp(-y.th * y.th) : 1.0;
    double climb = scale * (y.reset < 0.0 ? below_mean(y) : 0.0);
    if (y.th > 0.0) {
        climb += above_mean(y);
    }
    return scale / (scale * lif.t_ref + lif.tau_m * sqrt_pi * climb);
}

RateSlopes siegert_slopes(double mu, double sigma, const LifParams& lif)
{
    const Bounds y(mu, sigma, lif);
    const double rate = siegert_rate(mu, sigma, lif);
    if (!(rate > 0.0) || y.noiseless()) {
        return {};
    }
    const double factor = rate * rate * lif.tau_m * sqrt_pi / sigma;
    const double at_th = growth(y.th);
    const double at_reset = growth(y.reset);
    return {
        factor * (at_th - at_reset), factor * (y.th * at_th - y.reset * at_reset) / (2.0 * sigma)};
}

} // namespace engine::theory
