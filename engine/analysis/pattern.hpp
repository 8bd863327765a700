#pragma once

#include "engine/core/time_grid.hpp"

#include <span>
#include <string>
#include <vector>

namespace engine::analysis {

/// What one neuron did and what it was given: all that a name may depend on.
struct Response {
    double dt_ms = 0.0; ///< [ms]
    std::span<const core::Step> spikes; ///< stamps, ascending [steps]
    std::span<const double> V_m; ///< samples with the stamps 1 ... n [mV]
    /// Current of the step that begins at the stamp, for the same stamps; may be empty: no
    /// stimulus.
    std::span<const double> I;
};

/// A name with the numbers that decided.
struct Pattern {
    std::string name; ///< such as "tonic spiking"; "undecided" where no definition fits
    std::vector<std::string> also; ///< further names that hold too, the most telling first
    std::string reason; ///< of `name`: "5 spikes during a step of 90 ms; ..."

    /// Whether `other` is the name or one of the further names.
    bool is(const std::string& other) const;
};

/// The firing pattern as Izhikevich 2004 (doi:10.1109/TNN.2004.832719, section II) describes the 20
/// types in words, and three more: "silent", "irregular spiking" and "undecided". Definitions and
/// limits: docs/models.md, "Names with reasons". Pure; any thread.
Pattern classify_pattern(const Response& response);

} // namespace engine::analysis
