#pragma once

#include "engine/config/json.hpp"
#include "engine/config/stimulus_edit.hpp"

#include <vector>

// What the changes of stimuli share; for this folder only.

namespace engine::config {

/// The changes with the document that they make, or what is wrong with them.
StimulusEdit applied(const PresetDocument& document, std::vector<ValueChange> changes);
/// One stimulus in place of the present one.
StimulusEdit with_stimulus(const PresetDocument& document, std::size_t index, const Json& stimulus);
/// nullptr where there is none.
const Json* stimulus_at(const PresetDocument& document, std::size_t index);
/// The answer where there is none.
StimulusEdit no_stimulus(std::size_t index);
/// The stimuli of the file, an empty list where there are none.
std::vector<Json> stimuli_of(const PresetDocument& document);
/// Other stimuli in their place.
StimulusEdit with_list(const PresetDocument& document, std::vector<Json> items);
/// "pulses", "pulses 2": no other stimulus has it, so that random numbers and paths stay its own.
std::string free_label(const Experiment& experiment, std::string wanted);
/// The current of a step that comes at this place among those of a step_current: 0 where the one
/// before is not 0, else a size that is sure to be seen.
Json step_after(const PresetDocument& document, std::size_t index, std::size_t place);

} // namespace engine::config
