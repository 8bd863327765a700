#pragma once

#include "engine/core/time_grid.hpp"

#include <algorithm>

namespace app::cli {

/// How many steps to do at once: about 0.05 s of wall time, since progress and Ctrl-C are seen
/// between two batches.
class Batch {
public:
    engine::core::Step steps() const { return steps_; }

    /// The last one took so long.
    void took(double wall_s)
    {
        constexpr double aim_s = 0.05;
        constexpr engine::core::Step most = 100000;
        if (wall_s < aim_s / 2) {
            steps_ = std::min(2 * steps_, most);
        } else if (wall_s > aim_s && steps_ > 1) {
            steps_ /= 2;
        }
    }

private:
    engine::core::Step steps_ = 1;
};

} // namespace app::cli
