#pragma once

#include "engine/config/experiment.hpp"
#include "engine/core/random.hpp"
#include "engine/core/time_grid.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>

namespace engine::stimuli {

/// The second form of stimuli whose spikes all have one weight: how many spikes instead of their
/// sum. Immutable; any thread.
class CountedSource {
public:
    virtual ~CountedSource() = default;

    virtual double weight() const = 0;
    /// Numbers of spikes that arrive at the end of step k, targets as in SpikeSource::fill: counts
    /// times weight() are its sums.
    virtual void counts(core::Step k, const core::HashedName& population, std::size_t first,
        std::size_t count, std::uint8_t* counts) const = 0;
};

/// A stimulus made of spikes as a pure function of (parameters, step). Immutable; any thread.
class SpikeSource {
public:
    virtual ~SpikeSource() = default;

    /// Whether something may arrive at the end of step k.
    virtual bool acts(core::Step k) const = 0;
    /// Summed weights that arrive at the end of step k at the neurons [first, first + count) of a
    /// population: `first` a multiple of models::chunk_size, `count` at most that.
    virtual void fill(core::Step k, const core::HashedName& population, std::size_t first,
        std::size_t count, double* weights) const = 0;
    /// This stimulus as counts; nullptr where weights differ or a count may exceed 255. Valid as
    /// long as the source.
    virtual const CountedSource* counted() const { return nullptr; }
};

/// nullptr where the stimulus is a current. `seed` starts the random numbers of poisson.
std::unique_ptr<const SpikeSource> make_spike_source(
    const config::Stimulus& stimulus, const core::TimeGrid& grid, std::uint64_t seed);

} // namespace engine::stimuli
