#include "engine/stimuli/spike_source.hpp"

#include "engine/stimuli/poisson_source.hpp"
#include "engine/stimuli/spike_train.hpp"

namespace engine::stimuli {

std::unique_ptr<const SpikeSource> make_spike_source(
    const config::Stimulus& stimulus, const core::TimeGrid& grid, std::uint64_t seed)
{
    const Window window = window_of(stimulus, grid);
    if (const auto* poisson = std::get_if<config::Poisson>(&stimulus.source)) {
        return make_poisson_source(window, *poisson, grid, seed, stimulus.key);
    }
    if (const auto* train = std::get_if<config::SpikeTrain>(&stimulus.source)) {
        return make_spike_train(window, *train, grid);
    }
    return nullptr;
}

} // namespace engine::stimuli
