#pragma once

#include "engine/config/experiment.hpp"
#include "engine/core/time_grid.hpp"

#include <cstddef>
#include <optional>
#include <vector>

// What a stimulus does to one neuron over a stretch of time, as the simulation would have it: the
// very functions of the running network, evaluated ahead.

namespace engine::analysis {

/// Which stimulus of an experiment, and the neuron that it is looked at.
struct StimulusSite {
    std::size_t stimulus = 0;
    std::size_t population = 0;
    std::size_t neuron = 0;
};

/// The value holds from this step to the next point.
struct ShapePoint {
    core::Step step = 0;
    double value = 0.0;
    friend bool operator==(const ShapePoint&, const ShapePoint&) = default;
};

/// The current in the steps [from, to). Where it changes more than once in `bucket` steps, the
/// smallest and the largest of each bucket stand for it (buckets begin at multiples of their
/// length); else every change. Empty where the stimulus is no current. Pure; any thread.
std::vector<ShapePoint> current_shape(const config::Experiment& experiment,
    const StimulusSite& site, core::Step from, core::Step to, core::Step bucket);

/// A spike, or all of one bucket.
struct ShapeSpike {
    core::Step stamp = 0; ///< of the first of them
    double weight = 0.0; ///< sum
    int count = 0; ///< steps with spikes
    friend bool operator==(const ShapeSpike&, const ShapeSpike&) = default;
};

/// Spikes that arrive with stamps in (from, to], by buckets. Empty where the stimulus is a current.
/// Nothing where there are more than most_spike_steps to be asked. Pure; any thread.
std::optional<std::vector<ShapeSpike>> spike_shape(const config::Experiment& experiment,
    const StimulusSite& site, core::Step from, core::Step to, core::Step bucket);
inline constexpr core::Step most_spike_steps = 400000;

} // namespace engine::analysis
