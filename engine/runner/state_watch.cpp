#include "engine/runner/state_watch.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace engine::runner {

namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

// Fifty pictures a second: a spike that fades over 20 ms is seen at real time.
constexpr Clock::duration least_apart = 20ms;
constexpr int most_share = 50; // 1 / part of the engine's time

} // namespace

void StateWatch::watch(std::string variable, Simulation* simulation)
{
    if (simulation != nullptr && spikes_) {
        simulation->unobserve(*spikes_);
    }
    spikes_.reset();
    variable_ = std::move(variable);
    next_ = {};
    if (simulation != nullptr) {
        observe(*simulation);
    }
}

void StateWatch::attach(Simulation& simulation)
{
    next_ = {};
    spikes_.reset();
    observe(simulation);
}

void StateWatch::observe(Simulation& simulation)
{
    if (variable_ == analysis::since_spike) {
        spikes_ = std::make_shared<analysis::LastSpikes>(simulation.document().experiment());
        simulation.observe(spikes_);
    }
}

std::shared_ptr<const analysis::NeuronStates> StateWatch::newer(
    Simulation& simulation, Board& board, bool goes_on)
{
    const bool wanted
        = !variable_.empty() && (!goes_on || (Clock::now() >= next_ && board.states_taken()));
    return wanted ? look(simulation) : nullptr;
}

std::shared_ptr<const analysis::NeuronStates> StateWatch::look(Simulation& simulation)
{
    const Clock::time_point begin = Clock::now();
    analysis::NeuronStates states {simulation.now(), variable_, {}};
    if (spikes_) {
        spikes_->recall(*simulation.history());
    }
    const auto& populations = simulation.document().experiment().populations;
    for (std::size_t p = 0; p < populations.size(); ++p) {
        auto& told = states.populations.emplace_back();
        if (spikes_) {
            told.unit = "ms";
            told.values = spikes_->since(p, simulation.now());
            continue;
        }
        const auto recordables = populations[p].model->recordables(populations[p].params);
        const auto found = std::find_if(recordables.begin(), recordables.end(),
            [this](const models::RecordableSpec& spec) { return spec.name == variable_; });
        if (found != recordables.end()) {
            told.unit = found->unit;
            told.values = simulation.values(
                p, static_cast<std::size_t>(std::distance(recordables.begin(), found)));
        }
    }
    const Clock::time_point end = Clock::now();
    next_ = end + std::max(least_apart, most_share * (end - begin));
    return std::make_shared<const analysis::NeuronStates>(std::move(states));
}

} // namespace engine::runner
