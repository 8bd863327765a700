#include "ui/plots/sweep_curve.hpp"

#include <algorithm>

namespace ui {

double SweepCurve::rateAt(double value) const
{
    const auto after = std::lower_bound(points.begin(), points.end(), value,
        [](const SweepPoint& point, double x) { return point.value < x; });
    if (after == points.end()) {
        return SweepPoint::missing;
    }
    if (after->value == value) {
        return after->rate_Hz;
    }
    if (after == points.begin()) {
        return SweepPoint::missing;
    }
    const SweepPoint& before = *(after - 1);
    const double part = (value - before.value) / (after->value - before.value);
    return before.rate_Hz + part * (after->rate_Hz - before.rate_Hz);
}

double usualMaximum(std::vector<double> values, double most)
{
    values.erase(std::remove_if(values.begin(), values.end(), [](double x) { return !(x > 0.0); }),
        values.end());
    if (values.empty()) {
        return 1.0;
    }
    std::sort(values.begin(), values.end());
    return std::min(values.back(), most * values[values.size() / 2]);
}

} // namespace ui
