#include "engine/runner/meter.hpp"

namespace engine::runner {

namespace {

constexpr std::chrono::milliseconds window {500};
constexpr std::chrono::milliseconds resolution {5};
constexpr double ms_per_s = 1000.0;

} // namespace

void Meter::add(Time now, double model_ms, double busy_s)
{
    model_ms_ += model_ms;
    busy_s_ += busy_s;
    if (now - samples_.back().time >= resolution) {
        samples_.push_back({now, model_ms_, busy_s_});
    }
    // The oldest sample is the last one before the window.
    while (samples_.size() > 1 && now - samples_[1].time >= window) {
        samples_.pop_front();
    }
    const double busy = busy_s_ - samples_.front().busy_s;
    if (busy > 0.0) {
        capacity_ = (model_ms_ - samples_.front().model_ms) / ms_per_s / busy;
    }
}

void Meter::reset(Time now) { samples_.assign(1, {now, model_ms_, busy_s_}); }

double Meter::pace(Time now) const
{
    const double wall = std::chrono::duration<double>(now - samples_.front().time).count();
    return wall > 0.0 ? (model_ms_ - samples_.front().model_ms) / ms_per_s / wall : 0.0;
}

} // namespace engine::runner
