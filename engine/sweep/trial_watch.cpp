#include "engine/sweep/trial_watch.hpp"

#include <utility>

namespace engine::sweep {

TrialWatch::TrialWatch(TrialRequest request)
    : request_(std::move(request))
{
    trial_.trigger = request_.trigger;
}

void TrialWatch::begin(core::Step /*now*/) { trial_.spikes.clear(); }

void TrialWatch::spikes(
    core::Step stamp, std::size_t population, std::span<const std::uint32_t> neurons)
{
    const core::Step offset = stamp - request_.trigger;
    if (offset <= -request_.window.before || offset > request_.window.after) {
        return;
    }
    std::uint32_t count = 0;
    for (const std::uint32_t neuron : neurons) {
        count += analysis::holds(request_.neurons, population, neuron) ? 1U : 0U;
    }
    if (count == 0) {
        return;
    }
    if (trial_.spikes.empty() || trial_.spikes.back().offset != offset) {
        trial_.spikes.push_back({offset, 0});
    }
    trial_.spikes.back().count += count;
}

} // namespace engine::sweep
