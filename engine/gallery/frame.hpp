#pragma once

#include "engine/analysis/pattern.hpp"
#include "engine/core/time_grid.hpp"
#include "engine/recording/history.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

// What the thread of a gallery tells the window: plain values and shared histories.

namespace engine::gallery {

/// What one sweep of a tile has recorded up to a moment.
struct Sweep {
    std::shared_ptr<const recording::History> history; ///< missing: there is none
    core::Step now = 0; ///< steps done
    core::Step end = 0; ///< of the whole sweep
    bool complete() const { return history && now >= end; }
};

struct TileFrame {
    core::TimeGrid grid {1.0};
    Sweep present;
    Sweep previous; ///< the last complete one before it
    /// What the first neuron did in the last complete sweep with the present values.
    std::optional<analysis::Pattern> pattern;
    std::string fault; ///< why there is no run, or why it broke off; empty where it goes on
};

struct Frame {
    std::uint64_t shown = 0; ///< which call of Lockstep::show() it belongs to
    double fraction = 0.0; ///< of every tile's own sweep
    bool running = true;
    std::vector<TileFrame> tiles; ///< in the order of the presets
};

} // namespace engine::gallery
