#pragma once

#include "engine/config/preset_document.hpp"

#include <string>

namespace engine::config {

/// A neuron as it is examined for its f-I curve: one constant current from the first step on.
struct ConstantCurrent {
    PresetDocument document;
    /// Path of that current: a variable, the amplitude of a stimulus or the parameter I_e.
    std::string path;
    std::string path_in_preset; ///< the same in the preset itself
};

/// Puts a constant current in the place of the stimuli of the first population. It takes the
/// amplitude of the first dc stimulus that acts for a fifth of the run or longer; where there is
/// none the parameter I_e is the current. Background that acts all the time (noise, Poisson, sine,
/// dc) and stimuli of other populations stay. Events, checks and recordings of the preset are left
/// out. Pure; any thread.
ConstantCurrent with_constant_current(const PresetDocument& document);

} // namespace engine::config
