#include "ui/plots/value_range.hpp"

#include <algorithm>
#include <cmath>

namespace ui {

ValueRange padded(ValueRange data, double headroom)
{
    double size = data.size();
    if (!(size > 1e-9 * std::max(std::abs(data.lower), std::abs(data.upper)))) {
        size = std::max(1.0, 0.1 * std::abs(data.upper));
        data = {data.lower - 0.5 * size, data.upper + 0.5 * size};
        size = data.size();
    }
    const double top = headroom / (1.0 - headroom);
    return {data.lower - 0.06 * size, data.upper + (0.06 + top) * size};
}

ValueRange followed(ValueRange current, ValueRange wanted, double elapsed_s)
{
    ValueRange next = current;
    const bool tooLarge = wanted.size() < 0.75 * current.size();
    const double share = tooLarge ? 1.0 - std::exp(-elapsed_s / 2.0) : 0.0;
    next.lower = wanted.lower < current.lower
        ? wanted.lower
        : current.lower + share * (wanted.lower - current.lower);
    next.upper = wanted.upper > current.upper
        ? wanted.upper
        : current.upper + share * (wanted.upper - current.upper);
    return next;
}

} // namespace ui
