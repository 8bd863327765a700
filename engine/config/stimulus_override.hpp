#pragma once

#include "engine/config/preset_document.hpp"

namespace engine::config {

/// A current step that is the whole stimulus of a run.
struct CurrentStep {
    double amplitude = 10.0; ///< in the model's unit of current
    double onset_ms = 50.0;
    double width_ms = 200.0;
    double duration_ms = 300.0; ///< of the run
    friend bool operator==(const CurrentStep&, const CurrentStep&) = default;
};

/// The document with the step on all neurons instead of its own stimuli. Events and checks, which
/// speak of the protocol, go with it; so do variables that nothing uses any more.
SetResult with_current_step(const PresetDocument& document, const CurrentStep& step);

/// The document with all its currents times `factor`. Spikes that arrive stay as they are.
SetResult with_scaled_currents(const PresetDocument& document, double factor);

} // namespace engine::config
