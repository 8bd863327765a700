#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace engine::analysis {

/// A local maximum or minimum of a trace.
struct Extremum {
    std::size_t sample = 0;
    double value = 0.0;
    bool maximum = false;
};

/// Extrema of a trace, alternating maxima and minima: V comes away from each by at least
/// `least_swing` on both sides (the first sample counts as nothing, nor does the last). Pure; any
/// thread.
std::vector<Extremum> find_extrema(std::span<const double> V, double least_swing);

/// A damped, steady or growing oscillation.
struct Oscillation {
    double period_ms = 0.0; ///< mean distance of successive extrema of the same kind
    double decay_ratio = 0.0; ///< of amplitudes one cycle apart, geometric mean; 1: not damped
    double amplitude = 0.0; ///< of the first half cycle, peak to trough, in the trace's unit
    std::size_t extrema = 0;
};

/// Smallest half cycle that is looked at [mV]: far above rounding, far below what matters to a
/// neuron.
inline constexpr double least_V_swing = 1e-3;

/// The oscillation of V_m [mV] in a window without spikes, sampled every `dt_ms`; missing with less
/// than two full cycles (five extrema). Pure; any thread.
std::optional<Oscillation> subthreshold_oscillation(
    std::span<const double> V_m, double dt_ms, double least_swing = least_V_swing);

} // namespace engine::analysis
