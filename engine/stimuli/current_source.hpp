#pragma once

#include "engine/config/experiment.hpp"
#include "engine/core/random.hpp"
#include "engine/core/time_grid.hpp"

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>

namespace engine::stimuli {

/// "For ever", as the end of an interval of steps.
inline constexpr core::Step no_step = std::numeric_limits<core::Step>::max();

/// When a stimulus acts, in whole steps: for the step with number k the stimulus looks at its own
/// clock k - delay, and is active while that lies in [start, stop).
struct Window {
    core::Step start = 0;
    core::Step stop = no_step;
    core::Step delay = 0;
};
Window window_of(const config::Stimulus& stimulus, const core::TimeGrid& grid);

/// A current stimulus as a pure function of (parameters, step): nothing has to be copied with the
/// state of a run, and a changed parameter acts from the next step on. Immutable; any thread.
class CurrentSource {
public:
    virtual ~CurrentSource() = default;

    /// Value for every target, where targets do not differ.
    virtual double value(core::Step k) const = 0;
    /// First step after k whose value may differ from that of k.
    virtual core::Step constant_until(core::Step k) const = 0;
    /// Whether each target has its own values: then fill() counts and value() does not.
    virtual bool individual() const { return false; }
    /// Values of the chunk's neurons: values[i] is that of neuron `first` + i, `first` a multiple
    /// of models::chunk_size, `count` at most that.
    virtual void fill(core::Step k, const core::HashedName& population, std::size_t first,
        std::size_t count, double* values) const;
};

/// nullptr where the stimulus is no current. `seed` starts the random numbers of noise.
std::unique_ptr<const CurrentSource> make_current_source(
    const config::Stimulus& stimulus, const core::TimeGrid& grid, std::uint64_t seed);

} // namespace engine::stimuli
