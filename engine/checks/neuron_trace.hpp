#pragma once

#include "engine/analysis/oscillation.hpp"
#include "engine/analysis/pattern.hpp"
#include "engine/core/time_grid.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace engine::checks {

/// Membrane potential and current of one neuron in a window, sampled every step. Extremes cost no
/// memory; what needs the whole trace keeps at most `most_samples` of it. One thread at a time.
class NeuronTrace {
public:
    /// 16 MB, 100 s of 0.1 ms: any protocol for a single neuron, but not an endless run.
    static constexpr std::size_t most_samples = 1000000;

    /// Stamps are counted from `from`. `keep`: the trace itself is needed, not only its extremes.
    NeuronTrace(double dt_ms, core::Step from, bool keep);

    void add_spike(core::Step stamp);
    /// Samples of all stamps in order.
    void add_sample(double V_m, double I);
    /// The current of the newest sample has changed.
    void amend_current(double I);

    // Missing where nothing has been sampled.
    std::optional<double> v_max() const { return v_max_; }
    std::optional<double> v_min() const { return v_min_; }

    /// Why the trace as a whole cannot be judged; empty where it can.
    const std::string& problem() const { return problem_; }
    bool spiked() const { return spiked_; }
    std::optional<analysis::Oscillation> oscillation() const;
    analysis::Pattern pattern() const;

private:
    double dt_ms_;
    core::Step from_;
    bool keep_;
    bool spiked_ = false;
    std::optional<double> v_max_;
    std::optional<double> v_min_;
    std::vector<double> V_m_;
    std::vector<double> I_;
    std::vector<core::Step> spikes_;
    std::string problem_;
};

} // namespace engine::checks
