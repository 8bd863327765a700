#pragma once

#include <chrono>
#include <deque>

namespace engine::runner {

/// Pace and capacity over the last half second. Times are handed in; one thread at a time.
class Meter {
public:
    using Time = std::chrono::steady_clock::time_point;

    /// A batch that advanced `model_ms` and kept the thread busy until `now` for `busy_s`.
    void add(Time now, double model_ms, double busy_s);
    /// Begins anew: nothing has been advanced (pause, another network).
    void reset(Time now);

    /// Model time / wall time up to `now`.
    double pace(Time now) const;
    /// Model time / time spent working; 0 where nothing has been done yet.
    double capacity() const { return capacity_; }

private:
    struct Sample {
        Time time;
        double model_ms = 0.0; ///< sum since the beginning
        double busy_s = 0.0;
    };
    std::deque<Sample> samples_ {Sample {}};
    double model_ms_ = 0.0;
    double busy_s_ = 0.0;
    double capacity_ = 0.0;
};

} // namespace engine::runner
