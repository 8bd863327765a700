#pragma once

#include "engine/analysis/pattern.hpp"
#include "engine/analysis/pattern_protocol.hpp"

#include <cmath>
#include <functional>
#include <vector>

namespace tests {

/// Every response made by hand has this step [ms].
inline constexpr double step_ms = 0.1;

/// A recording that is built up; V rests at -65 mV.
class Made {
public:
    explicit Made(double duration_ms)
        : V_(steps(duration_ms), -65.0)
        , I_(steps(duration_ms), 0.0)
    {
    }

    /// Adds a current in every step that begins in [from, to).
    Made& current(double from_ms, double to_ms, double amplitude)
    {
        return current(from_ms, to_ms, [&](double) { return amplitude; });
    }
    Made& current(double from_ms, double to_ms, const std::function<double(double)>& at)
    {
        for (std::size_t i = 0; i < I_.size(); ++i) { // sample i belongs to the step i + 1
            const double t = static_cast<double>(i + 1) * step_ms;
            if (t > from_ms - step_ms / 2 && t < to_ms - step_ms / 2) {
                I_[i] += at(t - from_ms);
            }
        }
        return *this;
    }
    Made& voltage(double from_ms, double to_ms, const std::function<double(double)>& at)
    {
        for (std::size_t i = steps(from_ms); i < steps(to_ms); ++i) {
            V_[i] = at(static_cast<double>(i + 1) * step_ms - from_ms);
        }
        return *this;
    }
    Made& spikes(const std::vector<double>& times_ms)
    {
        for (const double t : times_ms) {
            spikes_.push_back(static_cast<engine::core::Step>(std::lround(t / step_ms)));
        }
        return *this;
    }
    /// Spikes from `first_ms` on with these intervals.
    Made& train(double first_ms, const std::vector<double>& intervals_ms)
    {
        std::vector<double> times {first_ms};
        for (const double interval : intervals_ms) {
            times.push_back(times.back() + interval);
        }
        return spikes(times);
    }

    engine::analysis::Pattern pattern() const
    {
        return engine::analysis::classify_pattern({step_ms, spikes_, V_, I_});
    }
    engine::analysis::Pattern pattern_without_current() const
    {
        return engine::analysis::classify_pattern({step_ms, spikes_, V_, {}});
    }
    engine::analysis::Protocol protocol() const
    {
        return engine::analysis::read_protocol(I_, static_cast<engine::core::Step>(V_.size()));
    }

private:
    static std::size_t steps(double ms)
    {
        return static_cast<std::size_t>(std::lround(ms / step_ms));
    }
    std::vector<double> V_;
    std::vector<double> I_;
    std::vector<engine::core::Step> spikes_;
};

/// The intervals over and over.
inline std::vector<double> repeated(const std::vector<double>& intervals, int times)
{
    std::vector<double> out;
    for (int i = 0; i < times; ++i) {
        out.insert(out.end(), intervals.begin(), intervals.end());
    }
    return out;
}

} // namespace tests
