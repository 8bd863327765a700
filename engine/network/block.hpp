#pragma once

#include "engine/core/random.hpp"
#include "engine/core/time_grid.hpp"
#include "engine/models/neurons.hpp"
#include "engine/network/delivery.hpp"
#include "engine/network/spike_ring.hpp"
#include "engine/network/stimulus_bank.hpp"
#include "engine/recording/recorder.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace engine::network {

/// Neurons of one model under one name.
struct RunningPopulation {
    std::string name;
    std::unique_ptr<models::Neurons> neurons;
    std::size_t ports = 1; ///< largest port number + 1
    bool has_targets = false; ///< whether anybody needs its spikes later
    SpikeRing spikes;
    std::uint64_t spike_count = 0;
};

/// Synapses of one projection, by block of targets.
struct RunningProjection {
    std::size_t source = 0;
    std::size_t target = 0;
    std::size_t port = 0;
    Storage storage = Storage::none;
    double weight = 1.0; ///< or the scale of individual weights
    core::Step delay = 0; ///< of all synapses; 0 where each has its own
    /// Spikes up to this stamp have been delivered or, where delays are individual, sent.
    core::Step cursor = 0;
    std::vector<std::unique_ptr<Delivery>> deliveries; ///< one for each block of the target
};

/// Working memory of a thread.
struct BlockScratch {
    explicit BlockScratch(std::size_t largest_block);
    Scratch delivery;
    std::vector<double> stimulus;
    std::vector<std::vector<double>> ports; ///< arrivals by port, made as they are needed
    std::vector<const double*> arrivals; ///< of the block; nullptr where nothing arrives
    std::vector<const double*> chunk_arrivals;
};

/// What the blocks of a network share while they are advanced; only read then.
struct BlockContext {
    std::vector<RunningPopulation>& populations;
    const std::vector<RunningProjection>& projections;
    const StimulusBank& stimuli;
    std::array<recording::Recorder*, 2> recorders; ///< what the preset and what observers ask for;
                                                   ///< nullptr = nothing
};

/// Neighbouring neurons of a population with everything that acts on them: advanced together for as
/// many steps as spikes need to travel, because until then nothing from other blocks can reach
/// them.
class Block {
public:
    Block(std::size_t index, std::size_t population, TargetRange range, std::size_t in_population);

    std::size_t population() const { return population_; }
    const TargetRange& range() const { return range_; }

    /// Projections onto this block, in file order.
    void add_projection(std::size_t projection) { projections_.push_back(projection); }
    void bind_stimuli(const config::Experiment& experiment);
    /// Currents have to be computed anew (stimuli or position have changed).
    void forget_current() { current_until_ = 0; }

    /// Does the steps [begin, end). Stops at the first fault.
    void run(core::Step begin, core::Step end, const BlockContext& context, BlockScratch& scratch);
    /// Current of step k by neuron of the block; nullptr where there are no current stimuli.
    const double* current(core::Step k, const BlockContext& context, BlockScratch& scratch);

    /// Neurons (within the population) that spiked in the i-th step of the last run.
    std::span<const std::uint32_t> fired(std::size_t i) const;
    struct BlockFault {
        core::Step step = 0;
        models::Fault fault;
    };
    const std::optional<BlockFault>& fault() const { return fault_; }

private:
    void gather_arrivals(core::Step k, const BlockContext& context, BlockScratch& scratch);
    void add_stimulus_spikes(core::Step k, const BlockContext& context, BlockScratch& scratch);
    void sample(core::Step stamp, const BlockContext& context, BlockScratch& scratch);
    double* port_sum(std::size_t port, BlockScratch& scratch) const;

    std::size_t index_;
    std::size_t population_;
    core::HashedName name_; ///< of the population
    TargetRange range_;
    std::size_t in_population_; ///< number of the block within its population
    std::vector<std::size_t> projections_;
    std::vector<core::Step> cursors_; ///< of these projections, during a run
    std::vector<StimulusUse> current_uses_;
    std::vector<StimulusUse> spike_uses_;
    std::vector<double> current_;
    core::Step current_from_ = 0; ///< current_ holds for [current_from_, current_until_)
    core::Step current_until_ = 0;
    std::vector<std::uint32_t> fired_;
    std::vector<std::size_t> fired_ends_;
    std::optional<BlockFault> fault_;
};

} // namespace engine::network
