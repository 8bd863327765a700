#pragma once

#include "engine/analysis/fft.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace engine::analysis {

/// One-sided power spectral density at 0, step_Hz, 2 step_Hz ...; of a rate in Hz: Hz^2 / Hz.
struct Spectrum {
    double step_Hz = 0.0;
    std::vector<double> density; ///< empty where there is none
};

/// Welch's estimate (1967, doi:10.1109/TAU.1967.1161901) from samples as they come: segments that
/// overlap by half, mean removed from each, Hann window (periodic), one-sided density. Memory of
/// one segment. One thread at a time.
class WelchAccumulator {
public:
    /// Samples `interval_ms` apart, an even number of them to a segment.
    WelchAccumulator(std::size_t segment, double interval_ms);

    void add(double sample);
    std::size_t segments() const { return segments_; }
    /// Without density where no segment is complete.
    Spectrum spectrum() const;

private:
    void prepare();
    void evaluate();

    double sampling_Hz_;
    std::size_t segment_;
    // Made when a segment is complete: most sweeps of single neurons are shorter than one.
    std::vector<double> window_;
    double window_power_ = 0.0; ///< sum of the squared window
    std::optional<RealTransform> transform_;
    std::vector<double> samples_; ///< of the segment that is being filled
    std::vector<double> power_; ///< sum over the segments
    std::size_t segments_ = 0;
};

struct SpectralPeak {
    double frequency_Hz = 0.0; ///< by a parabola through the logarithms of the highest three points
    double density = 0.0; ///< highest point of the grid
};

/// Highest point above `above_Hz`; missing where the density is 0 there, or nothing but rounding
/// beside what lies below. Pure; any thread.
std::optional<SpectralPeak> spectral_peak(const Spectrum& spectrum, double above_Hz = 5.0);

} // namespace engine::analysis
