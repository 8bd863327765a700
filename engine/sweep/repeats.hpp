#pragma once

#include "engine/sweep/cell.hpp"

#include <string>

namespace engine::sweep {

/// Which response is wanted over repeats.
struct RepeatsQuestion {
    config::PresetDocument document;
    std::string trigger; ///< analysis::trigger_name
    analysis::TrialWindow window;
    analysis::TrialNeurons neurons;
    int runs = 20;
};

/// Runs of the document under as many seeds, its own first: with the seed the network, the initial
/// values and all noise become others. Each run ends with the window of the first trigger that
/// comes late enough for its baseline and the preset's warm-up; a stimulus that has one beginning
/// is moved there. Throws core::InputError where no trigger does.
Request repeats(const RepeatsQuestion& question);

} // namespace engine::sweep
