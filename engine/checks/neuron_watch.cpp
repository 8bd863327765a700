#include "engine/checks/neuron_watch.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace engine::checks {

using config::Quantity;

namespace {

Measured none(std::string reason)
{
    Measured out;
    out.reason = std::move(reason);
    return out;
}

Measured oscillation(Quantity quantity, const NeuronTrace& trace)
{
    if (trace.spiked()) {
        return none("the neuron fires in the window");
    }
    const auto found = trace.oscillation();
    if (!found) {
        return none("V_m does not go through two cycles");
    }
    Measured out;
    out.value = quantity == Quantity::oscillation_period ? found->period_ms : found->decay_ratio;
    return out;
}

Measured pattern(const NeuronTrace& trace)
{
    analysis::Pattern found = trace.pattern();
    Measured out;
    out.name = std::move(found.name);
    out.also = std::move(found.also);
    out.reason = std::move(found.reason);
    return out;
}

} // namespace

NeuronWatch::NeuronWatch(
    std::size_t population, std::uint32_t neuron, Window window, const core::TimeGrid& grid)
    : population_(population)
    , neuron_(neuron)
    , window_(window)
    , grid_(grid)
    , statistics_(1, grid.dt_ms(), window.from, window.to)
    , events_(1, grid.dt_ms())
{
}

void NeuronWatch::need_trace(bool whole)
{
    whole_trace_ = whole_trace_ || whole;
    trace_.emplace(grid_.dt_ms(), window_.from, whole_trace_);
}

void NeuronWatch::add_spikes(core::Step stamp, std::span<const std::uint32_t> neurons)
{
    if (!window_.holds(stamp) || !std::binary_search(neurons.begin(), neurons.end(), neuron_)) {
        return;
    }
    constexpr std::array<std::uint32_t, 1> it {0}; // its number among those that are watched
    statistics_.add_spikes(stamp, it);
    events_.add(stamp, 0);
    if (trace_) {
        trace_->add_spike(stamp);
    }
}

void NeuronWatch::add_sample(core::Step stamp, std::span<const double> values)
{
    if (trace_ && window_.holds(stamp) && !values.empty()) {
        trace_->add_sample(values[0], values.size() > 1 ? values[1] : 0.0);
    }
}

void NeuronWatch::amend_sample(core::Step stamp, std::span<const double> values)
{
    if (trace_ && window_.holds(stamp) && values.size() > 1) {
        trace_->amend_current(values[1]);
    }
}

Measured NeuronWatch::measure(Quantity quantity, core::Step begin) const
{
    switch (instrument_of(quantity)) {
    case Instrument::statistics:
        return measured(quantity, statistics_.statistics());
    case Instrument::events:
        return measured(quantity, events_, grid_, begin);
    case Instrument::trace:
        break;
    }
    return trace_ ? measure_trace(quantity) : Measured {};
}

Measured NeuronWatch::measure_trace(Quantity quantity) const
{
    Measured out;
    if (quantity == Quantity::v_max || quantity == Quantity::v_min) {
        out.value = quantity == Quantity::v_max ? trace_->v_max() : trace_->v_min();
        return out;
    }
    if (!trace_->problem().empty()) {
        return none(trace_->problem());
    }
    return quantity == Quantity::pattern ? pattern(*trace_) : oscillation(quantity, *trace_);
}

} // namespace engine::checks
