#pragma once

#include "engine/config/stimulus_edit.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

// Currents at neurons that a person has chosen: stimuli like any others, under labels by which they
// are found again.

namespace engine::config {

/// The label of pulses that a person gives.
inline constexpr const char* pulse_label = "pulse";

/// Whether it is this label or one made of it: "pulse 2" of "pulse".
bool made_of(const std::string& label, const std::string& base);

/// A constant current at some neurons of one population, or several that follow each other.
struct NeuronCurrent {
    std::string label; ///< "pulse"; where another stimulus has it, "pulse 2"
    std::size_t population = 0;
    std::vector<std::uint32_t> neurons; ///< ascending, each once
    double amplitude = 0.0; ///< in the model's unit (pA; dimensionless for izhikevich)
    double start_ms = 0.0;
    std::optional<double> stop_ms {}; ///< missing: until it is taken away
    /// The same again and again, `count` times in all; needs stop_ms. The format has no endless
    /// repetition, its pulses are listed.
    struct Repeats {
        double every_ms = 0.0; ///< from start to start, at least as long as one lasts
        int count = 1;
    };
    std::optional<Repeats> repeats {};
};

/// Adds these to the stimuli. Earlier ones under the same labels that have ended by `now_ms` make
/// room: they are in the log of the run.
StimulusEdit add_currents(
    const PresetDocument& document, const std::vector<NeuronCurrent>& currents, double now_ms);

/// Whether there are stimuli under this label ("silence", "silence 2" ...).
bool any_labelled(const Experiment& experiment, const std::string& label);

/// Takes away the stimuli under this label ("silence", "silence 2" ...).
StimulusEdit remove_labelled(const PresetDocument& document, const std::string& label);

/// A current that surely makes a neuron of this population fire, of a leaky membrane half as much
/// again as takes it to its threshold.
double current_for(const Population& population);

/// A current that keeps neurons from firing: of a leaky membrane it pulls V_m below E_L by ten
/// times the distance of the threshold, more than networks drive it; afterwards V_m comes back with
/// the membrane's time constant.
double silencing_current(const Population& population);

} // namespace engine::config
