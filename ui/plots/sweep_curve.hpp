#pragma once

#include <QString>

#include <limits>
#include <optional>
#include <utility>
#include <vector>

namespace ui {

/// What one run of a sweep contributes to a curve; NaN where there is nothing.
struct SweepPoint {
    static constexpr double missing = std::numeric_limits<double>::quiet_NaN();

    double value = 0.0; ///< of the parameter that is varied
    double rate_Hz = missing;
    double firstRate_Hz = missing; ///< 1 / first interval
    double latency_ms = missing; ///< time of the first spike
    std::vector<double> intervals_ms; ///< after the onset
};

/// A measured curve with what theory says of it.
struct SweepCurve {
    std::vector<SweepPoint> points; ///< by value, ascending; those that are known so far
    std::vector<std::pair<double, double>> theory; ///< value, rate [Hz]; empty where there is none
    std::optional<double> rheobase; ///< by theory
    bool restEnds = false; ///< it is the limit of rest

    /// Rate at a value, between two points on the line; NaN outside.
    double rateAt(double value) const;
};

/// The largest of these values, but not more than `most` times the median of those above 0: a few
/// that run away do not flatten all others. 1 where there is none.
double usualMaximum(std::vector<double> values, double most);

} // namespace ui
