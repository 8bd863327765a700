#pragma once

#include "engine/config/stimulus_edit.hpp"

#include <cstddef>
#include <vector>

// Changes of the events of a preset as people make them: the whole list is set, with what stood
// there before. Events are counted in the order of their times, as in Experiment::events.

namespace engine::config {

StimulusEdit add_event(const PresetDocument& document, const Event& event);
/// Another time, path or value for one; its x- keys stay.
StimulusEdit change_event(const PresetDocument& document, std::size_t index, const Event& event);
StimulusEdit remove_event(const PresetDocument& document, std::size_t index);

} // namespace engine::config
