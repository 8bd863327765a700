#pragma once

#include "engine/analysis/pattern.hpp"
#include "engine/config/preset_document.hpp"

#include <cstddef>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace engine::analysis {

/// What one scheme and step make of a single neuron, compared with the preset's own.
struct NumericsVariant {
    enum class Role {
        published, ///< the preset's scheme and step
        finer, ///< the same scheme with a tenth of the step
        other_scheme, ///< another scheme with the preset's step
        reference, ///< Runge-Kutta 4 with at most 0.01 ms; a tenth of the step where the model has
                   ///< one scheme
    };
    Role role = Role::published;
    std::string scheme; ///< "figure1"; empty where the model has one scheme
    double dt_ms = 0.0;
    std::vector<double> spikes_ms; ///< times of the spikes
    Pattern pattern;
    std::string fault; ///< why the run broke off; empty where it did not
    /// Of spike i here and spike i of the published run, for as many as both have; missing without
    /// such a pair.
    std::optional<double> largest_difference_ms;
    std::optional<double> mean_difference_ms;
    bool same_type = true; ///< as the published run, see check_numerics
    std::string verdict; ///< "agrees within 0.45 ms", "differs: 5 against 7 spikes"
};

struct NumericsCheck {
    std::vector<NumericsVariant> variants; ///< the published one first, the reference last
    double compared_ms = 0.0; ///< how much of the run
    bool only_published_numerics = false; ///< some variant shows another type
    std::string sentence; ///< the same for people
};

struct NumericsOutcome {
    std::optional<NumericsCheck> check; ///< missing where there is a problem
    std::string problem; ///< why nothing can be compared; "cancelled"
};

/// Runs the preset's neuron as published and with other numerics. Edges of the stimuli and noise
/// stay where the published step puts them; a Poisson input falls on other steps of a finer grid,
/// so only what comes before it is compared. Two runs show the same type where they have the same
/// pattern (undecided ones apart), numbers of spikes, or of bursts where these repeat, that differ
/// by at most a factor of 1.5, and no phase between two edges of the current that is silent in one
/// while the other still fires there later than 25 ms after its beginning.
/// At most a million steps per run. Needs one population with one neuron and no projection.
/// Any thread.
NumericsOutcome check_numerics(
    const config::PresetDocument& document, const std::stop_token& stop = {});

} // namespace engine::analysis
