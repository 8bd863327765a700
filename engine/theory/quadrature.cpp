#include "engine/theory/quadrature.hpp"

#include <cmath>
#include <numbers>

namespace engine::theory {

double erfcx(double x)
{
    constexpr double asymptotic_from = 25.0;
    if (x < asymptotic_from) {
        return std::exp(x * x) * std::erfc(x);
    }
    const double q = 0.5 / (x * x);
    return (1.0 - q * (1.0 - 3.0 * q * (1.0 - 5.0 * q))) * std::numbers::inv_sqrtpi / x;
}

} // namespace engine::theory
