#pragma once

#include <array>

namespace engine::theory {

/// Node and weight of the Gauss-Legendre rule of 20 points on [-1, 1]; the other ten mirror these.
struct GaussNode {
    double x;
    double weight;
};
inline constexpr std::array<GaussNode, 10> gauss20 {{
    {0.076526521133497334, 0.15275338713072585},
    {0.22778585114164508, 0.14917298647260375},
    {0.37370608871541956, 0.14209610931838205},
    {0.5108670019508271, 0.13168863844917663},
    {0.63605368072651503, 0.11819453196151842},
    {0.74633190646015079, 0.10193011981724044},
    {0.83911697182221882, 0.083276741576704749},
    {0.91223442825132591, 0.062672048334109064},
    {0.96397192727791379, 0.040601429800386941},
    {0.99312859918509492, 0.017614007139152118},
}};

/// Integral of f over [low, high] with 20 Gauss-Legendre points.
template <typename F> double integrate_panel(const F& f, double low, double high)
{
    const double half = 0.5 * (high - low);
    const double middle = 0.5 * (low + high);
    double sum = 0.0;
    for (const GaussNode& node : gauss20) {
        sum += node.weight * (f(middle - half * node.x) + f(middle + half * node.x));
    }
    return half * sum;
}

/// The same with 3 points, for intervals over which f hardly changes.
template <typename F> double integrate_short(const F& f, double low, double high)
{
    constexpr double node = 0.7745966692414834; // sqrt(3 / 5)
    const double half = 0.5 * (high - low);
    const double middle = 0.5 * (low + high);
    return half * (5.0 * (f(middle - half * node) + f(middle + half * node)) + 8.0 * f(middle))
        / 9.0;
}

/// exp(x^2) erfc(x), x >= 0; an asymptotic series where exp(x^2) grows large.
double erfcx(double x);

} // namespace engine::theory
