#pragma once

#include "engine/config/experiment.hpp"
#include "engine/core/time_grid.hpp"
#include "engine/recording/history.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

// Spikes around a trigger, counted from it. Pure.

namespace engine::analysis {

/// What belongs to a trial: stamps with trigger - before < stamp <= trigger + after [steps].
struct TrialWindow {
    core::Step before = 0;
    core::Step after = 0;
    friend bool operator==(const TrialWindow&, const TrialWindow&) = default;
};

/// Spikes of all neurons together at one stamp.
struct SpikesAt {
    core::Step offset = 0; ///< stamp - trigger
    std::uint32_t count = 0;
    friend bool operator==(const SpikesAt&, const SpikesAt&) = default;
};

/// One repeat. The trigger is the first step in which the stimulus acts: what it causes at once
/// has the offset 1. Its memory does not grow with the number of neurons.
struct Trial {
    core::Step trigger = 0;
    std::vector<SpikesAt> spikes; ///< ascending
    friend bool operator==(const Trial&, const Trial&) = default;
};

/// Neurons whose spikes count, at most one entry for each population.
using TrialNeurons = std::vector<config::Target>;

/// How many these are.
std::size_t count_of(const TrialNeurons& neurons, const config::Experiment& experiment);

/// Whether the neuron is among them.
bool holds(const TrialNeurons& neurons, std::size_t population, std::uint32_t neuron);

/// `spikes` with ascending stamps; those outside of the window are left out.
Trial trial_of(std::span<const recording::Spike> spikes, core::Step trigger,
    const TrialWindow& window, const TrialNeurons& neurons);

} // namespace engine::analysis
