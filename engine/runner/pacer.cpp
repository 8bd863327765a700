#include "engine/runner/pacer.hpp"

#include <algorithm>
#include <cmath>

namespace engine::runner {

namespace {

// A century: far enough for any schedule, and no overflow when it is added to a time point.
constexpr double longest_wait_s = 3e9;

std::chrono::steady_clock::duration in_seconds(double s)
{
    return std::chrono::duration_cast<std::chrono::steady_clock::duration>(
        std::chrono::duration<double>(std::min(s, longest_wait_s)));
}

} // namespace

double Pacer::steps_per_second() const
{
    constexpr double ms_per_s = 1000.0;
    return *speed_ * ms_per_s / dt_ms_;
}

void Pacer::anchor(Time now, core::Step step)
{
    time_ = now;
    step_ = step;
}

void Pacer::begin_sweep(core::Step end)
{
    if (speed_) {
        time_ = when(end);
    }
    step_ = 0;
}

void Pacer::forgive(Time now, core::Step step)
{
    if (now - when(step) > longest_lag) {
        anchor(now, step);
    }
}

core::Step Pacer::due(Time now) const
{
    const double elapsed_s = std::chrono::duration<double>(now - time_).count();
    return step_ + static_cast<core::Step>(std::floor(elapsed_s * steps_per_second()));
}

Pacer::Time Pacer::when(core::Step step) const
{
    return time_ + in_seconds(static_cast<double>(step - step_) / steps_per_second());
}

core::Step Pacer::steps_in(std::chrono::duration<double> wall) const
{
    constexpr double most = 1e9;
    return static_cast<core::Step>(std::clamp(wall.count() * steps_per_second(), 1.0, most));
}

} // namespace engine::runner
