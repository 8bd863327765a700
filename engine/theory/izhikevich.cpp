#include "engine/theory/izhikevich.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

namespace engine::theory {

namespace {

/// Real solutions of x2 v^2 + x1 v + x0 = 0, ascending, without cancellation.
std::vector<double> real_roots(double x2, double x1, double x0)
{
    if (x2 == 0.0) {
        return x1 == 0.0 ? std::vector<double> {} : std::vector<double> {-x0 / x1};
    }
    const double discriminant = x1 * x1 - 4.0 * x2 * x0;
    if (discriminant < 0.0) {
        return {};
    }
    if (discriminant == 0.0) {
        return {-x1 / (2.0 * x2)};
    }
    const double q = -0.5 * (x1 + std::copysign(std::sqrt(discriminant), x1));
    return {std::min(q / x2, x0 / q), std::max(q / x2, x0 / q)};
}

std::vector<double> rest_voltages(double I, const IzhikevichParams& p)
{
    if (p.a == 0.0) {
        return {};
    }
    if (p.u_leak == 0.0) {
        return p.b == 0.0 ? std::vector<double> {} : std::vector<double> {p.v_ref};
    }
    const double slope = p.b / p.u_leak;
    return real_roots(p.k2, p.k1 - slope, p.k0 + I + slope * p.v_ref);
}

PointKind kind_of(double trace, double determinant, bool rotates)
{
    if (determinant < 0.0) {
        return PointKind::saddle;
    }
    if (determinant == 0.0 || trace == 0.0) {
        return PointKind::marginal;
    }
    if (rotates) {
        return trace < 0.0 ? PointKind::stable_focus : PointKind::unstable_focus;
    }
    return trace < 0.0 ? PointKind::stable_node : PointKind::unstable_node;
}

FixedPoint point_at(double v, double I, const IzhikevichParams& p)
{
    const double slope = 2.0 * p.k2 * v + p.k1;
    const double leak = p.a * p.u_leak;
    const double trace = slope - leak;
    const double determinant = p.a * p.b - slope * leak;
    // (trace / 2)^2 - determinant, without cancellation.
    const double half_difference = 0.5 * (slope + leak);
    const double square = half_difference * half_difference - p.a * p.b;
    const std::complex<double> root = std::sqrt(std::complex<double>(square));
    return {v, v_nullcline(v, I, p), 0.5 * trace + root, 0.5 * trace - root,
        kind_of(trace, determinant, square < 0.0)};
}

} // namespace

double v_nullcline(double v, double I, const IzhikevichParams& p)
{
    return (p.k2 * v + p.k1) * v + p.k0 + I;
}

std::optional<double> u_nullcline(double v, const IzhikevichParams& p)
{
    return p.u_leak == 0.0 ? std::nullopt : std::optional(p.b * (v - p.v_ref) / p.u_leak);
}

std::optional<double> FixedPoint::ringing_period_ms() const
{
    return first.imag() == 0.0 ? std::nullopt
                               : std::optional(2.0 * std::numbers::pi / std::fabs(first.imag()));
}

std::vector<FixedPoint> fixed_points(double I, const IzhikevichParams& params)
{
    std::vector<FixedPoint> points;
    for (const double v : rest_voltages(I, params)) {
        points.push_back(point_at(v, I, params));
    }
    return points;
}

std::optional<Bifurcation> saddle_node(const IzhikevichParams& p)
{
    if (p.k2 == 0.0 || p.u_leak == 0.0) {
        return std::nullopt;
    }
    const double slope = p.b / p.u_leak;
    const double v = (slope - p.k1) / (2.0 * p.k2);
    return Bifurcation {p.k2 * v * v - p.k0 - slope * p.v_ref, v};
}

std::optional<Bifurcation> hopf(const IzhikevichParams& p)
{
    const double leak = p.a * p.u_leak;
    const double determinant = p.a * p.b - leak * leak;
    if (p.k2 == 0.0 || p.u_leak == 0.0 || !(determinant > 0.0)) {
        return std::nullopt;
    }
    const double v = (leak - p.k1) / (2.0 * p.k2);
    const double u = *u_nullcline(v, p);
    return Bifurcation {u - v_nullcline(v, 0.0, p), v};
}

} // namespace engine::theory
