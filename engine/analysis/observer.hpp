#pragma once

#include "engine/config/experiment.hpp"
#include "engine/core/time_grid.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace engine::analysis {

/// A neuron whose synaptic input is wanted.
struct InputRequest {
    std::size_t population = 0;
    std::uint32_t neuron = 0;
};

/// What arrives at a neuron in one step over synapses, all its ports together, in the unit of their
/// weights: spikes times weights.
struct SynapticInput {
    double excitatory = 0.0; ///< of projections whose sum in this step is positive
    double inhibitory = 0.0; ///< of those whose sum is negative: at most 0
    double external = 0.0; ///< of spikes that stimuli bring
};

/// Looks on while a network runs (Simulation::observe): is told all spikes, whatever is recorded,
/// and samples of its own choice. Observing changes no bit of the run. Called by the thread that
/// advances the simulation, once for each batch of steps, in an order that depends on neither
/// threads nor batches except where said.
class Observer {
public:
    virtual ~Observer() = default;

    /// Samples that it wants, asked for once. A variable that a population does not have is left
    /// out; the values of a request come neuron by neuron in the order of its variables.
    virtual std::vector<config::TraceRequest> probes() const { return {}; }

    /// Neurons whose synaptic input it wants, asked for once.
    virtual std::vector<InputRequest> inputs() const { return {}; }

    /// The run stands at `now` steps and goes on from there: at the beginning, after a restart and
    /// after a state has been put back. What was told before belongs to another run.
    virtual void begin(core::Step now) = 0;

    /// Neurons of a population that spiked, ascending; those of one stamp come in several pieces.
    /// Stamps ascend, populations within a stamp as well.
    virtual void spikes(
        core::Step stamp, std::size_t population, std::span<const std::uint32_t> neurons)
        = 0;

    /// Sample of probe number `probe`: after all spikes of the batch; stamps of a probe ascend.
    virtual void sample(std::size_t probe, core::Step stamp, std::span<const double> values)
    {
        static_cast<void>(probe), static_cast<void>(stamp), static_cast<void>(values);
    }
    /// The newest sample once more: `I` is the current of the step that begins at its stamp, and a
    /// change has altered it.
    virtual void amend(std::size_t probe, core::Step stamp, std::span<const double> values)
    {
        static_cast<void>(probe), static_cast<void>(stamp), static_cast<void>(values);
    }

    /// What acted on neuron `number` of inputs() at the end of the step with this stamp:
    /// after all spikes of the batch; stamps ascend.
    virtual void input(std::size_t number, core::Step stamp, const SynapticInput& sums)
    {
        static_cast<void>(number), static_cast<void>(stamp), static_cast<void>(sums);
    }

    /// Everything up to the stamp `now` has been told: the end of a batch.
    virtual void done(core::Step now) = 0;
};

} // namespace engine::analysis
