#pragma once

#include "engine/config/experiment.hpp"
#include "engine/core/time_grid.hpp"

#include <cstdint>
#include <memory>
#include <string_view>

namespace engine::stimuli {

/// A stimulus made of spikes as a pure function of (parameters, step). Immutable; any thread.
class SpikeSource {
public:
    virtual ~SpikeSource() = default;

    /// Whether something may arrive at the end of step k.
    virtual bool acts(core::Step k) const = 0;
    /// Summed weights that arrive at the end of step k at the neurons [first, first + count) of a
    /// population: `first` a multiple of models::chunk_size, `count` at most that.
    virtual void fill(core::Step k, std::string_view population, std::size_t first,
        std::size_t count, double* weights) const = 0;
};

/// nullptr where the stimulus is a current. `seed` starts the random numbers of poisson.
std::unique_ptr<const SpikeSource> make_spike_source(
    const config::Stimulus& stimulus, const core::TimeGrid& grid, std::uint64_t seed);

} // namespace engine::stimuli
