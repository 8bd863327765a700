#pragma once

#include "engine/core/time_grid.hpp"

#include <span>
#include <vector>

// What an input current consists of, found from its samples alone.

namespace engine::analysis {

/// A stretch of the current that is not its baseline.
struct Episode {
    enum class Shape { level, ramp, fluctuating };
    Shape shape = Shape::level;
    core::Step begin = 0; ///< steps begin ... end - 1
    core::Step end = 0;
    double from = 0.0; ///< current of its first step
    double to = 0.0; ///< current of its last step
    bool up = true; ///< on average above the baseline

    core::Step steps() const { return end - begin; }
};

struct Protocol {
    double baseline = 0.0;
    std::vector<Episode> episodes; ///< ascending
    core::Step end = 0; ///< steps in all

    /// Where the baseline after the episode with this index ends: the next episode or the end.
    core::Step rest_until(std::size_t episode) const;
};

/// `I` as in Response: I[0] is the current of step 1, and step 0 is taken to have the same; `steps`
/// in all. The baseline is the first level where the current comes back to it, else 0 where the
/// current is ever 0 or never changes, else the first level. A current that changes more than 50
/// times, ramps apart, fluctuates. Pure; any thread.
Protocol read_protocol(std::span<const double> I, core::Step steps);

} // namespace engine::analysis
