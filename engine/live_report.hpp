#pragma once

#include "engine/checks/report.hpp"
#include "engine/core/value.hpp"

#include <optional>
#include <string>
#include <vector>

namespace engine {

/// A setting that differs from the preset's.
struct Difference {
    std::string path;
    core::Value preset;
    core::Value present;
    friend bool operator==(const Difference&, const Difference&) = default;
};

/// What a running preset promises beside what it shows. A preset that repeats is measured sweep by
/// sweep: `report` is of the last complete sweep, of the present one while there is none. A run
/// that goes on is measured from its beginning, from every change of its values and again whenever
/// the measurement is complete: `report` is of the last complete one since the last change.
struct LiveReport {
    checks::Report report; ///< windows in the run's model time
    std::optional<checks::Measured> pattern; ///< firing pattern of a single neuron
    double from_ms = 0.0; ///< model time that `report` is about
    double to_ms = 0.0;
    bool over = false; ///< nothing is to be added to `report`
    bool mixed = false; ///< values were changed while it was measured
    std::vector<Difference> differences; ///< from the preset as it was opened, at its end

    double seen_ms = 0.0; ///< of the measurement that goes on: model time seen ...
    std::optional<double> needed_ms; ///< ... and needed; missing: until the run is stopped
};

} // namespace engine
