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
/// The current of a step that comes at this place among those of a step_current: 0 where the one
/// before is not 0, else a size that is sure to be seen.
Json step_after(const PresetDocument& document, std::size_t index, std::size_t place);

} // namespace engine::config
