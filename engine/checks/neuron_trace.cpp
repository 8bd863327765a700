#include "engine/checks/neuron_trace.hpp"

#include <algorithm>

namespace engine::checks {

NeuronTrace::NeuronTrace(double dt_ms, core::Step from, bool keep)
    : dt_ms_(dt_ms)
    , from_(from)
    , keep_(keep)
{
}

void NeuronTrace::add_spike(core::Step stamp)
{
    spiked_ = true;
    if (keep_) {
        spikes_.push_back(stamp - from_);
    }
}

void NeuronTrace::add_sample(double V_m, double I)
{
    v_max_ = std::max(v_max_.value_or(V_m), V_m);
    v_min_ = std::min(v_min_.value_or(V_m), V_m);
    if (!keep_) {
        return;
    }
    if (V_m_.size() == most_samples) {
        keep_ = false;
        V_m_ = {};
        I_ = {};
        spikes_ = {};
        problem_ = "the window is longer than " + std::to_string(most_samples) + " steps";
        return;
    }
    V_m_.push_back(V_m);
    I_.push_back(I);
}

void NeuronTrace::amend_current(double I)
{
    if (!I_.empty()) {
        I_.back() = I;
    }
}

std::optional<analysis::Oscillation> NeuronTrace::oscillation() const
{
    return analysis::subthreshold_oscillation(V_m_, dt_ms_);
}

analysis::Pattern NeuronTrace::pattern() const
{
    return analysis::classify_pattern({dt_ms_, spikes_, V_m_, I_});
}

} // namespace engine::checks
