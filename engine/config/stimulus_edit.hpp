#pragma once

#include "engine/config/preset_document.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// Changes of stimuli as people make them. Each gives the values to set, with what stood there
// before, so that it can be applied to a running simulation, logged and taken back. Key order, x-
// keys and expressions that are not touched stay.

namespace engine::config {

/// One value to set; both as written, expressions included.
struct ValueChange {
    std::string path; ///< for PresetDocument::set
    core::Value before;
    core::Value after;
    friend bool operator==(const ValueChange&, const ValueChange&) = default;
};

struct StimulusEdit {
    std::vector<ValueChange> changes; ///< in this order; undone in the reverse one
    std::vector<std::string> notes; ///< "2 * I is replaced by a number"
    core::Diagnostics errors; ///< and then there are no changes
    std::optional<PresetDocument> document; ///< the changed one; missing where there are errors
};

/// Numbers of stimuli, by path. A number that is a variable's changes the variable; other
/// expressions are replaced, with a note. Several numbers of one stimulus are changed together:
/// only the result has to be valid.
StimulusEdit set_numbers(
    const PresetDocument& document, const std::vector<std::pair<std::string, double>>& values);
/// Any one value as it was typed: number, expression, flag, none.
StimulusEdit set_value(
    const PresetDocument& document, const std::string& path, const core::Value& value);

/// A stimulus of this type with values that suit the model, at the end of the list. It begins at
/// `at_ms`; `span_ms` is the time that a person looks at.
StimulusEdit add_stimulus(const PresetDocument& document, std::string_view type,
    std::size_t population, double at_ms, double span_ms);
/// The same once more, under a label of its own.
StimulusEdit duplicate_stimulus(const PresetDocument& document, std::size_t index);
StimulusEdit remove_stimulus(const PresetDocument& document, std::size_t index);
/// Another type in its place, with the times and the size that it has now.
StimulusEdit change_type(
    const PresetDocument& document, std::size_t index, std::string_view type, double span_ms);
StimulusEdit set_label(const PresetDocument& document, std::size_t index, const std::string& label);
/// All neurons of one population.
StimulusEdit set_target(const PresetDocument& document, std::size_t index, std::size_t population);

/// One more time in its list (a step, a pulse, a spike), with the value of its neighbour; a step
/// from 0 gets the size of the largest.
StimulusEdit insert_time(const PresetDocument& document, std::size_t index, double at_ms);
/// Takes the n-th time away, with its value.
StimulusEdit remove_time(const PresetDocument& document, std::size_t index, std::size_t n);
/// One value for all times, or one for each.
StimulusEdit set_one_for_each(
    const PresetDocument& document, std::size_t index, const std::string& key, bool each);

} // namespace engine::config
