#include "engine/analysis/last_spikes.hpp"

#include <algorithm>
#include <limits>

namespace engine::analysis {

namespace {

constexpr core::Step none = -1;
constexpr double recalled_ms = 100.0;

} // namespace

LastSpikes::LastSpikes(const config::Experiment& experiment)
    : grid_(experiment.simulation.dt_ms)
{
    for (const config::Population& population : experiment.populations) {
        last_.emplace_back(population.size, none);
    }
}

void LastSpikes::begin(core::Step now)
{
    for (std::vector<core::Step>& population : last_) {
        std::fill(population.begin(), population.end(), none);
    }
    begin_ = now;
    recalled_ = false;
}

void LastSpikes::spikes(
    core::Step stamp, std::size_t population, std::span<const std::uint32_t> neurons)
{
    std::vector<core::Step>& last = last_[population];
    for (const std::uint32_t neuron : neurons) {
        last[neuron] = stamp;
    }
}

void LastSpikes::recall(const recording::History& recorded)
{
    if (recalled_) {
        return;
    }
    recalled_ = true;
    for (const recording::Spike& spike :
        recorded.spikes(begin_ - grid_.steps(recalled_ms), begin_)) {
        core::Step& last = last_[spike.population][spike.neuron];
        last = std::max(last, spike.step);
    }
}

std::vector<double> LastSpikes::since(std::size_t population, core::Step now) const
{
    const std::vector<core::Step>& last = last_[population];
    std::vector<double> since(last.size());
    std::transform(last.begin(), last.end(), since.begin(), [&](core::Step stamp) {
        return stamp == none ? std::numeric_limits<double>::quiet_NaN()
                             : grid_.time_ms(now - stamp);
    });
    return since;
}

} // namespace engine::analysis
