#pragma once

#include "engine/core/time_grid.hpp"

#include <chrono>
#include <optional>

namespace engine::runner {

/// Which step is due when: model time follows wall time from an anchor, so that rounding and late
/// wake-ups never add up. Times are handed in; one thread at a time.
class Pacer {
public:
    using Clock = std::chrono::steady_clock;
    using Time = Clock::time_point;

    /// How far the run may lag behind before it gives the lost time up instead of racing after it.
    static constexpr std::chrono::milliseconds longest_lag {100};

    void set_dt(double dt_ms) { dt_ms_ = dt_ms; }
    /// Model time / wall time, > 0; missing = as fast as possible.
    void set_speed(std::optional<double> speed) { speed_ = speed; }
    const std::optional<double>& speed() const { return speed_; }

    /// `step` is due at `now`; what is due later follows from here.
    void anchor(Time now, core::Step step);
    /// The schedule goes on, but the step that was number `end` is now number 0.
    void begin_sweep(core::Step end);
    /// Gives up what has been lost where more than `longest_lag` is.
    void forgive(Time now, core::Step step);

    /// Number of steps that should have been done by `now`. Needs a speed.
    core::Step due(Time now) const;
    /// When `step` steps should have been done. Needs a speed.
    Time when(core::Step step) const;
    /// Steps that become due in this wall time, at least 1. Needs a speed.
    core::Step steps_in(std::chrono::duration<double> wall) const;

private:
    double steps_per_second() const;

    double dt_ms_ = 0.1;
    std::optional<double> speed_ = 1.0;
    Time time_ {};
    core::Step step_ = 0;
};

} // namespace engine::runner
