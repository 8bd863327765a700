#pragma once

#include "engine/config/experiment.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

// What a preset promises beside what a run shows, as plain values and texts for people.

namespace engine::checks {

/// A quantity measured in a run; neither value nor name where it does not exist (no spike: no first
/// spike).
struct Measured {
    std::optional<double> value;
    std::string name; ///< of a regime or pattern
    std::vector<std::string> also; ///< further names that hold too
    std::string reason; ///< numbers that decided about a name, or why there is nothing
};

/// One check of a preset and what was measured.
struct Result {
    config::Check check;
    std::string population; ///< empty: the whole network
    double from_ms = 0.0; ///< window of model time: from < t <= to
    std::optional<double> to_ms; ///< missing: until the run is stopped
    Measured measured;
    bool pass = false; ///< of what has been measured so far
    bool complete = false; ///< the window is over

    /// "rate of E", "first_isi of n 0", "regime".
    std::string what() const;
    std::string window_text() const; ///< "200 to 2200 ms", "from 0 ms"
    std::string measured_text() const; ///< "37.6 Hz", "AI", "none"
};

struct Report {
    std::vector<Result> results; ///< in the order of the preset

    bool complete() const;
    /// Everything has been measured and is as promised; false without checks.
    bool passed() const;
};

/// "36.4 to 38.7 Hz", ">= 3", "AI".
std::string expected_text(const config::Check& check);

/// Whether this is what the check expects; what does not exist never is. `equals` of a number means
/// up to rounding.
bool meets(const Measured& measured, const config::Check& check);

} // namespace engine::checks
