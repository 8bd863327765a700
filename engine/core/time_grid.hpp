#pragma once

#include <cstdint>

namespace engine::core {

/// Number of a step of dt. Step k takes the state from k dt to (k + 1) dt.
using Step = std::int64_t;

/// Converts between model time and step numbers; time is counted, never accumulated.
class TimeGrid {
public:
    /// `dt_ms` > 0 [ms].
    explicit TimeGrid(double dt_ms)
        : dt_ms_(dt_ms)
    {
    }

    double dt_ms() const { return dt_ms_; }

    /// round(t / dt), halves up. Negative times give negative steps.
    Step steps(double t_ms) const;

    /// k dt rounded to 10 decimals [ms], so that 0.1 * 3 reads 0.3.
    double time_ms(Step k) const;

    /// Whether `t_ms` is a multiple of dt up to rounding.
    bool on_grid(double t_ms) const;

    friend bool operator==(const TimeGrid&, const TimeGrid&) = default;

private:
    double dt_ms_;
};

} // namespace engine::core
