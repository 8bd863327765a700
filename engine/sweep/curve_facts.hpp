#pragma once

#include <optional>
#include <span>
#include <vector>

namespace engine::sweep {

/// A measured f-I curve in a few numbers. Values that are not there (a run failed) are NaN.
struct CurveFacts {
    std::optional<double> silent_up_to; ///< the last silent value below the first firing one
    std::optional<double> fires_from; ///< the first value at which it fires
    std::optional<double> highest_Hz;
    /// Slope of the straight line that fits the rates of all firing values best [Hz per unit of the
    /// axis]; needs two of them.
    std::optional<double> gain;
};

/// `values` ascending, one rate for each. Pure; any thread.
CurveFacts facts_of(std::span<const double> values, std::span<const double> rates_Hz);

/// Values between the last silent and the first firing one, where the curve is worth a closer look;
/// none where there is no such place.
std::vector<double> values_at_onset(const CurveFacts& facts, int count);

} // namespace engine::sweep
