#pragma once

#include "engine/config/preset_document.hpp"

#include <string>
#include <utility>
#include <vector>

namespace engine::config {

/// What a network keeps when its size is changed. N: neurons, C: inputs of a neuron, J: weight.
enum class SizeKept {
    indegree, ///< C and J, and with them mean and fluctuation of the input; the share C / N of
              ///< common inputs changes
    mean, ///< C / N, and the mean input: C ~ N, J ~ 1 / C; the fluctuation goes with 1 / sqrt(C)
    fluctuation, ///< C / N, and the fluctuation: C ~ N, J ~ 1 / sqrt(C); the mean goes with sqrt(C)
};

/// Values by path, in an order in which they can be set one after the other.
using PathValues = std::vector<std::pair<std::string, core::Value>>;

struct ScaledSize {
    std::optional<PresetDocument> document; ///< missing where there are errors
    PathValues values; ///< that make it of the document that was given
    core::Diagnostics errors; ///< what, where, expected
};

/// The document with `factor` times as many neurons in every population. In-degrees and weights of
/// all projections, and rate and weight of Poisson input, which stands for neurons outside, follow
/// `kept`; currents, spike trains and one-to-one projections stay. Where a variable carries a
/// change and nothing else the variable is set; else numbers are, and expressions are multiplied,
/// so that the variables in them go on acting. Whole numbers are rounded. `factor` > 0. Errors:
/// lists of connections have no size; all_to_all and a probability above 1 cannot keep an
/// in-degree; whatever the format refuses, such as more inputs than neurons without multapses.
/// Costs some tens of readings of the preset. Pure; any thread.
ScaledSize scaled_size(const PresetDocument& document, double factor, SizeKept kept);

} // namespace engine::config
