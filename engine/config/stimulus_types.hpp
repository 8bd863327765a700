#pragma once

#include "engine/config/experiment.hpp"
#include "engine/models/description.hpp"

#include <string>
#include <string_view>
#include <vector>

// The types of stimuli as data: what people can set of each, with its meaning and unit.

namespace engine::config {

/// What a number of a stimulus is measured in: of currents and weights the target's model decides.
enum class StimulusUnit {
    none,
    current,
    current_per_ms,
    weight,
    rate,
    frequency,
    angle,
    time,
};

struct StimulusField {
    enum class Form {
        number,
        list, ///< of times
        number_or_list, ///< one for all times or one for each
        one_for_each, ///< a list as long as that of the times
        flag,
    };
    std::string key;
    std::string meaning;
    StimulusUnit unit = StimulusUnit::none;
    Form form = Form::number;
    models::Limits limits {};
    bool log_scale = false;
    bool essential = true; ///< a slider is always visible
    bool slider = true; ///< has one in the parameter panel
    bool nullable = false; ///< null stands for "none"
};

struct StimulusType {
    std::string name; ///< as in files, "step_current"
    std::string title; ///< for people, "Steps"
    std::string meaning;
    bool spikes = false; ///< else a current
};

/// All types, in the order of the format.
const std::vector<StimulusType>& stimulus_types();
const StimulusType& type_of(const Source& source);

/// The fields of a stimulus that belong to its type, in the law (noise) or form (ramp) that it has.
std::vector<StimulusField> fields_of(const Source& source);
/// start, stop and delay.
const std::vector<StimulusField>& common_stimulus_fields();

/// Unit as text; the weight's is that of the port. Empty where dimensionless.
std::string unit_text(StimulusUnit unit, const Population& target, int port);
/// The port at which a stimulus reaches its first target.
int port_of(const Stimulus& stimulus, const Experiment& experiment);

} // namespace engine::config
