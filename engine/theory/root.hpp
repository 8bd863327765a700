#pragma once

#include <cmath>
#include <utility>

namespace engine::theory {

/// Zero of f between a and b, where f has opposite signs (f_a and f_b), to `relative` of its value.
/// Brent's method: inverse interpolation, bisection where that does not shrink the bracket fast
/// enough. Source: Brent 1973, Algorithms for Minimization without Derivatives, chapter 4.
template <typename F>
double find_root(const F& f, double a, double f_a, double b, double f_b, double relative)
{
    constexpr int most_steps = 200;
    double c = a;
    double f_c = f_a;
    double step = b - a;
    double step_before = step;
    for (int i = 0; i < most_steps && f_b != 0.0; ++i) {
        if ((f_b > 0.0) == (f_c > 0.0)) { // c is the end opposite to b
            c = a;
            f_c = f_a;
            step = b - a;
            step_before = step;
        }
        if (std::fabs(f_c) < std::fabs(f_b)) { // b is the better end
            a = b;
            f_a = f_b;
            std::swap(b, c);
            std::swap(f_b, f_c);
            c = a;
            f_c = f_a;
        }
        const double tolerance = 0.5 * relative * std::fabs(b);
        const double middle = 0.5 * (c - b);
        if (std::fabs(middle) <= tolerance) {
            break;
        }
        const double two_steps_before = step_before;
        step_before = step;
        step = middle;
        if (std::fabs(two_steps_before) >= tolerance && std::fabs(f_a) > std::fabs(f_b)) {
            const double s = f_b / f_a;
            double p = 0.0;
            double q = 0.0;
            if (a == c) { // secant
                p = 2.0 * middle * s;
                q = 1.0 - s;
            } else { // inverse quadratic interpolation
                const double t = f_a / f_c;
                const double r = f_b / f_c;
                p = s * (2.0 * middle * t * (t - r) - (b - a) * (r - 1.0));
                q = (t - 1.0) * (r - 1.0) * (s - 1.0);
            }
            q = p > 0.0 ? -q : q;
            p = std::fabs(p);
            const bool inside = 2.0 * p < 3.0 * middle * q - std::fabs(tolerance * q);
            if (inside && p < std::fabs(0.5 * two_steps_before * q)) {
                step = p / q;
            } else {
                step_before = middle;
            }
        } else {
            step_before = middle;
        }
        a = b;
        f_a = f_b;
        b += std::fabs(step) > tolerance ? step : std::copysign(tolerance, middle);
        f_b = f(b);
    }
    return b;
}

} // namespace engine::theory
