#include "engine/theory/quadrature.hpp"
#include "engine/theory/siegert.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace engine::theory {

namespace {

// CV^2 = 2 pi (rate tau_m)^2 int W(x) dx over the bounds,
// W(x) = exp(x^2) int exp(y^2)(1 + erf y)^2 dy from -inf to x.

double square(double x) { return x * x; }

/// W for x <= 0, with y = x - s; decays over s of about 1 / (1 + 2 |x|).
double w_below_mean(double x)
{
    const auto integrand
        = [x](double s) { return std::exp(s * (2.0 * x - s)) * square(erfcx(s - x)); };
    const double end = std::min(6.0, 40.0 / (1.0 + 2.0 * std::fabs(x)));
    return integrate_panel(integrand, 0.0, end / 6.0)
        + integrate_panel(integrand, end / 6.0, end / 2.0)
        + integrate_panel(integrand, end / 2.0, end);
}

double integral_below_mean(double th, double reset)
{
    double sum = 0.0;
    const double end = -reset;
    for (double low = std::max(0.0, -th); low < end;) {
        const double high = std::min(end, low + std::max(1.0, low));
        sum += integrate_panel([](double t) { return w_below_mean(-t); }, low, high);
        low = high;
    }
    return sum;
}

/// The part above the mean: the inner integral grows from node to node of the outer one.
double integral_above_mean(double th, double reset)
{
    constexpr double panel = 0.25;
    const auto inner_integrand
        = [](double y) { return std::exp(y * y) * square(1.0 + std::erf(y)); };
    const double begin = std::max(reset, 0.0);
    double inner = w_below_mean(0.0);
    for (double low = 0.0; low < begin; low += panel) {
        inner += integrate_panel(inner_integrand, low, std::min(low + panel, begin));
    }
    double sum = 0.0;
    const int panels = static_cast<int>(std::ceil((th - begin) / panel));
    const double half = 0.5 * (th - begin) / panels;
    for (int p = 0; p < panels; ++p) {
        const double middle = begin + (2.0 * p + 1.0) * half;
        double at = middle - half;
        const auto advance = [&](double x) {
            inner += integrate_short(inner_integrand, at, x);
            at = x;
        };
        const auto node = [&](const GaussNode& g, double sign) {
            const double x = middle + sign * half * g.x;
            advance(x);
            sum += half * g.weight * std::exp(x * x) * inner;
        };
        std::for_each(gauss20.rbegin(), gauss20.rend(), [&](const auto& g) { node(g, -1.0); });
        std::for_each(gauss20.begin(), gauss20.end(), [&](const auto& g) { node(g, 1.0); });
        advance(middle + half);
    }
    return sum;
}

} // namespace

double isi_cv(double mu, double sigma, const LifParams& lif)
{
    constexpr double poisson_above = 6.0;
    constexpr double noiseless_beyond = 1e100;
    const double rate = siegert_rate(mu, sigma, lif);
    if (std::isnan(rate)) {
        return rate;
    }
    const double th = (lif.V_th - mu) / sigma;
    const double reset = (lif.V_reset - mu) / sigma;
    if (rate <= 0.0 || th > poisson_above) {
        return 1.0;
    }
    if (!(std::fabs(reset) < noiseless_beyond)) {
        return 0.0;
    }
    double integral = reset < 0.0 ? integral_below_mean(th, reset) : 0.0;
    if (th > 0.0) {
        integral += integral_above_mean(th, reset);
    }
    return std::sqrt(2.0 * std::numbers::pi * integral) * rate * lif.tau_m;
}

} // namespace engine::theory
