#pragma once

#include "engine/analysis/trials.hpp"

#include <cstddef>
#include <limits>
#include <optional>
#include <span>
#include <vector>

// The peri-stimulus time histogram: the response that repeats have in common. Pure.

namespace engine::analysis {

/// Mean over trials with its standard error, s / sqrt(n) with the sample deviation s (n - 1 below);
/// NaN where there are fewer than two trials.
struct Estimate {
    double value = 0.0;
    double error = std::numeric_limits<double>::quiet_NaN();
};

/// Stamps with from < offset <= from + width [steps].
struct PsthBin {
    core::Step from = 0;
    Estimate rate_Hz; ///< of one neuron
};

struct Psth {
    std::size_t trials = 0;
    std::size_t neurons = 0;
    double dt_ms = 0.0;
    core::Step width = 1; ///< of the bins [steps]
    std::vector<PsthBin> bins; ///< whole ones within the window; the trigger is an edge

    /// Rate of one neuron before the trigger; missing where no bin lies there.
    std::optional<Estimate> baseline_Hz;
    /// The highest bin after the trigger, of equal ones the first; missing where none has a spike.
    std::optional<PsthBin> peak;
    /// Spikes of one neuron in one trial after the trigger, beyond what the baseline would bring in
    /// the same time; missing where there is no baseline or nothing after.
    std::optional<Estimate> extra_spikes;

    double middle_ms(const PsthBin& bin) const
    {
        return dt_ms * (static_cast<double>(bin.from) + 0.5 * static_cast<double>(width));
    }
};

/// What the trials, all of this window, have in common. `dt_ms` > 0, `width` >= 1 [steps],
/// `neurons`
/// >= 1 that were counted together.
Psth psth(std::span<const Trial> trials, const TrialWindow& window, core::Step width,
    std::size_t neurons, double dt_ms);

} // namespace engine::analysis
