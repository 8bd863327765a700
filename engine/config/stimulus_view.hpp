#pragma once

#include "engine/config/preset_document.hpp"
#include "engine/config/stimulus_types.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

// Stimuli as people see and edit them: every value with the path by which it is set.

namespace engine::config {

/// One number that can be set.
struct StimulusCell {
    std::string path; ///< for PresetDocument::set
    std::optional<double> value; ///< missing: none
    std::string expression; ///< where variables give it
};

/// A field with its values: one, or one for each time.
struct StimulusRow {
    StimulusField field;
    std::string path;
    std::string unit;
    bool is_list = false;
    bool flag = false; ///< of a flag its value
    std::vector<StimulusCell> cells; ///< of a flag none
};

struct StimulusView {
    std::size_t index = 0;
    std::string path; ///< "stimuli/step"
    std::string label;
    const StimulusType* type = nullptr;
    std::string target; ///< "n", "E (3 neurons), I"
    bool from_file = false; ///< a train that a file brings
    std::vector<StimulusRow> rows; ///< those of its type, then start, stop and delay

    /// nullptr where there is none.
    const StimulusRow* row(std::string_view key) const;
    /// Label, else type.
    const std::string& name() const { return label.empty() ? type->name : label; }
};

std::vector<StimulusView> stimulus_views(const PresetDocument& document);

} // namespace engine::config
