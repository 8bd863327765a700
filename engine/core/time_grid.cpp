#include "engine/core/time_grid.hpp"

#include <cmath>
#include <cstdlib>

namespace engine::core {

Step TimeGrid::steps(double t_ms) const
{
    // The quotient of two decimals such as 0.3 / 0.1 may lie a few units in the last place below
    // its true value; a relative slack far below any meaningful half step keeps halves going up.
    const double quotient = t_ms / dt_ms_;
    return static_cast<Step>(std::floor(quotient + 0.5 + std::abs(quotient) * 1e-14));
}

double TimeGrid::time_ms(Step k) const
{
    const double t = static_cast<double>(k) * dt_ms_;
    constexpr double decimals = 1e10;
    // Beyond 2^53 / 1e10 ms the scaled value has no fraction left to round.
    return std::abs(t) < 9e5 ? std::round(t * decimals) / decimals : t;
}

bool TimeGrid::on_grid(double t_ms) const
{
    const double quotient = t_ms / dt_ms_;
    return std::abs(quotient - std::round(quotient)) <= 1e-9 * (1.0 + std::abs(quotient));
}

} // namespace engine::core
