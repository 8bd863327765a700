#pragma once

#include <atomic>

namespace engine::core {

/// Progress of long work, written by the worker and read by anyone; cancellation the other way.
/// SAFETY: both members are atomics; any thread.
class Progress {
public:
    void set_fraction(double fraction) { fraction_.store(fraction, std::memory_order_relaxed); }
    double fraction() const { return fraction_.load(std::memory_order_relaxed); }
    void cancel() { cancelled_.store(true, std::memory_order_relaxed); }
    bool cancelled() const { return cancelled_.load(std::memory_order_relaxed); }

private:
    std::atomic<double> fraction_ = 0.0;
    std::atomic<bool> cancelled_ = false;
};

} // namespace engine::core
