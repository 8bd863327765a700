#pragma once

#include "engine/theory/stability.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace engine::theory {

/// The stationary state with the highest rate; nothing where the input overflows. Valid parameters.
/// Pure; any thread.
std::optional<Solution> active_state(const BrunelParams& params);

enum class Axis { g, eta };

/// A point of the phase diagram where the active state loses its stability.
struct Boundary {
    double at = 0.0; ///< g or eta
    bool unstable_above = false;
    double f_Hz = 0.0; ///< of the oscillation on the unstable side; 0 where it is none
    std::string_view state; ///< name of the state on the unstable side
};

/// Boundaries along one axis from `low` to `high`, ascending, to 1e-5; the other parameters as in
/// `params`. Regions narrower than (high - low) / `intervals` may be missed. Pure; any thread.
std::vector<Boundary> boundaries(
    const BrunelParams& params, Axis axis, double low, double high, int intervals);

} // namespace engine::theory
