#pragma once

#include "engine/config/experiment.hpp"
#include "engine/core/time_grid.hpp"
#include "engine/recording/history.hpp"

#include <memory>

namespace ui {

/// One sweep as the panels see it.
struct ShownRun {
    std::shared_ptr<const engine::recording::History> history;
    std::shared_ptr<const engine::config::Experiment> experiment;
    engine::core::TimeGrid grid {0.1};
    engine::core::Step now = 0; ///< recorded up to this stamp
};

/// A pinned run as it stands behind the live one.
struct PinnedRun {
    ShownRun run;
    int style = 0; ///< its grey and its kind of line, see pinPen()
};

} // namespace ui
