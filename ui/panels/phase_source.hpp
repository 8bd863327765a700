#pragma once

#include "engine/config/experiment.hpp"
#include "engine/frame.hpp"
#include "engine/theory/phase_plane.hpp"
#include "ui/plots/phase_trail.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace ui {

/// A neuron whose phase plane can be drawn: where its coordinates stand among what is recorded.
struct PhaseNeuron {
    std::size_t population = 0;
    std::uint32_t neuron = 0;
    std::size_t group = 0; ///< of History::groups()
    std::size_t x = 0; ///< column within the group
    std::optional<std::size_t> y; ///< missing: the slope
    std::optional<std::size_t> current; ///< missing: not recorded with them, taken as 0
    std::optional<std::size_t> after_spike; ///< sum of the after-spike currents
    bool resets = false; ///< its spikes are recorded
};

/// All of them, in the order of what is recorded.
std::vector<PhaseNeuron> phaseNeurons(const engine::config::Experiment& experiment,
    const std::vector<engine::recording::TraceGroup>& groups);

/// What would have to be recorded of the first neuron for a phase plane: "V_m, U_m"; empty where
/// its model has none.
std::string missingForPhase(const engine::config::Experiment& experiment);

/// Takes what a frame brings of the neuron; returns the current that acts now, where there is news.
std::optional<double> addToTrail(PhaseTrail& trail, const PhaseNeuron& neuron,
    const engine::theory::PhasePlane& plane, const engine::Frame& frame);

} // namespace ui
