#pragma once

#include "engine/analysis/observer.hpp"
#include "engine/recording/history.hpp"

#include <cstdint>
#include <memory>
#include <string>

namespace engine::analysis {

/// What is recorded of a neuron that somebody looks at, whatever the preset records. Shared with
/// readers on other threads.
struct Followed {
    std::size_t population = 0;
    std::uint32_t neuron = 0;
    /// Groups: `states` (every step), `inputs`; spikes of the neuron. From the stamp first_kept()
    /// on.
    std::shared_ptr<const recording::History> history;
    static constexpr std::size_t states = 0; ///< potentials, thresholds, and the recovery, the
                                             ///< conductances or the after-spike currents
    static constexpr std::size_t inputs = 1; ///< excitatory, inhibitory, external: sums over a
                                             ///< millisecond, per ms
};

/// Follows one neuron in a running simulation. What was recorded before the run jumped (restart, a
/// state put back) stays with those who hold it; a new recording begins.
class NeuronFollower : public Observer {
public:
    NeuronFollower(
        const config::Experiment& experiment, std::size_t population, std::uint32_t neuron);

    /// The present recording; another pointer after a jump. Called by the thread that advances the
    /// simulation.
    const std::shared_ptr<const Followed>& followed() const { return followed_; }

    std::vector<config::TraceRequest> probes() const override { return {states_}; }
    std::vector<InputRequest> inputs() const override { return {{population_, neuron_}}; }
    void begin(core::Step now) override;
    void spikes(
        core::Step stamp, std::size_t population, std::span<const std::uint32_t> neurons) override;
    void sample(std::size_t probe, core::Step stamp, std::span<const double> values) override;
    void input(std::size_t number, core::Step stamp, const SynapticInput& sums) override;
    void done(core::Step now) override;

private:
    std::size_t population_;
    std::uint32_t neuron_;
    config::TraceRequest states_;
    std::vector<recording::TraceGroup> groups_;
    double bin_ms_ = 1.0;
    std::shared_ptr<recording::History> history_;
    std::shared_ptr<const Followed> followed_;
    SynapticInput sum_; ///< of the bin that is being filled
    core::Step summed_ = 0; ///< steps in it
};

} // namespace engine::analysis
