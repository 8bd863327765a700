#pragma once

#include "engine/config/experiment.hpp"
#include "engine/core/diagnostic.hpp"
#include "engine/core/progress.hpp"
#include "engine/network/block.hpp"
#include "engine/network/build_progress.hpp"
#include "engine/network/observers.hpp"
#include "engine/network/worker_pool.hpp"
#include "engine/recording/history.hpp"
#include "engine/recording/recorder.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace engine::network {

struct NetworkOptions {
    int threads = 0; ///< 0: sensible for this machine and network
    bool plain = false; ///< synapses in lists without special cases, see plan_projection()
};

/// Populations, projections and stimuli of an experiment, advanced in batches of steps. The same
/// bits for any number of threads and any batches.
class Network {
public:
    /// Throws core::InputError, core::RunError (memory) and core::Cancelled.
    Network(const config::Experiment& experiment, const NetworkOptions& options,
        core::Progress* progress);

    /// Takes values that need no rebuild, from the next step on. Returns errors, and then nothing
    /// has changed. `now` steps have been done.
    core::Diagnostics apply(
        const config::Experiment& before, const config::Experiment& after, core::Step now);

    /// Steps for which nothing that one block does can reach another.
    core::Step exchange_interval() const { return exchange_interval_; }
    /// Does steps [begin, end), at most exchange_interval() of them. Spikes and samples go to the
    /// history, spikes of the populations marked in `recorded` only; observers are told all spikes
    /// and their own samples. Returns the first step that
    /// cannot be done with its reason, or an empty reason.
    struct Outcome {
        core::Step done; ///< steps done
        std::string fault;
    };
    Outcome run(core::Step begin, core::Step end, recording::History& history);

    /// The newest samples of `I` once more: a change may have altered the step that begins at
    /// `now`.
    void amend_currents(core::Step now, recording::History& history);

    /// From the next step on, which is number `now`.
    void observe(std::shared_ptr<analysis::Observer> observer, const config::Experiment& experiment,
        core::Step now);
    void unobserve(const analysis::Observer& observer, const config::Experiment& experiment);

    /// A number of a neuron's state, to be read or changed between two calls of run(). nullptr
    /// where the model has none of this name.
    double* state(std::size_t population, std::string_view name, std::uint32_t neuron)
    {
        return populations_[population].neurons->state(name, neuron);
    }

    /// A recordable, by its index, of all neurons of a population after step `now`: as its sample.
    std::vector<double> values(const config::Experiment& experiment, std::size_t population,
        std::size_t recordable, core::Step now);

    struct State {
        std::vector<models::Neurons::State> neurons;
        std::vector<SpikeRing> spikes;
        std::vector<std::uint64_t> spike_counts;
        std::vector<core::Step> cursors;
        std::vector<std::vector<Delivery::Pending>> pending;

        std::size_t bytes() const; ///< memory that it takes, nearly
    };
    State copy_state() const;
    /// Back to the initial state, which depends on the parameters. Throws core::InputError.
    void reset(const config::Experiment& experiment);
    void restore(const State& state, core::Step now);
    recording::Recorder& recorder() { return recorder_; }

    int threads() const { return pool_->threads(); }
    /// Processor time of each worker thread; the thread that calls run() is not among them [s].
    std::vector<double> worker_cpu_seconds() const { return pool_->worker_cpu_seconds(); }
    std::uint64_t neurons() const { return neurons_; }
    std::uint64_t synapses() const;
    std::vector<std::uint64_t> spike_counts() const;

private:
    std::vector<std::unique_ptr<models::Neurons>> make_neurons(
        const config::Experiment& experiment) const;
    void make_populations(const config::Experiment& experiment);
    void make_projections(const std::vector<ProjectionSite>& sites, core::Progress* progress);
    std::vector<TargetRange> ranges_of(std::size_t population) const;
    void build_deliveries(
        const ProjectionSite& site, RunningProjection& projection, BuildProgress& progress) const;
    void change_delays(
        const config::Experiment& experiment, std::size_t projection, core::Step now);
    void update_exchange_interval();
    void make_observers_recorder(const config::Experiment& experiment);
    void hand_on_spikes(core::Step begin, core::Step end, recording::History& history);
    bool worth_sharing(core::Step steps) const;
    void forget_currents();
    NetworkContext context()
    {
        return {populations_, projections_, stimuli_, {&recorder_, observers_.recorder()},
            observers_.inputs()};
    }

    core::TimeGrid grid_;
    bool plain_;
    std::unique_ptr<WorkerPool> pool_;
    std::vector<RunningPopulation> populations_;
    std::vector<Block> blocks_; ///< by population
    std::vector<std::size_t> first_block_; ///< of each population, and one more
    std::vector<RunningProjection> projections_;
    StimulusBank stimuli_;
    recording::Recorder recorder_;
    std::vector<bool> recorded_; ///< populations whose spikes are recorded
    std::vector<std::uint32_t> handed_on_; ///< spikes of a step of a population without targets
    Observers observers_;
    std::vector<BlockScratch> scratch_; ///< one for each thread
    std::uint64_t neurons_ = 0;
    core::Step exchange_interval_ = 1;
};

} // namespace engine::network
