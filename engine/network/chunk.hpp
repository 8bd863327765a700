#pragma once

#include "engine/core/time_grid.hpp"
#include "engine/models/neurons.hpp"
#include "engine/network/arrivals.hpp"
#include "engine/network/delivery.hpp"
#include "engine/network/input_probes.hpp"
#include "engine/network/spike_ring.hpp"
#include "engine/network/stimulus_bank.hpp"
#include "engine/recording/recorder.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
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

/// What the parts of a network share while they are advanced; only read then.
struct NetworkContext {
    std::vector<RunningPopulation>& populations;
    const std::vector<RunningProjection>& projections;
    const StimulusBank& stimuli;
    std::array<recording::Recorder*, 2> recorders; ///< what the preset and what observers ask for;
                                                   ///< nullptr = nothing
    InputProbes* inputs; ///< nullptr = nobody wants to know
};

/// What the projections bring to a chunk in a batch of steps.
struct ProjectionInput {
    const BatchArrivals* arrivals; ///< of the block that the chunk lies in
    std::size_t first; ///< neuron of that block with which the chunk begins
    double weight;
    std::size_t port;
};

/// Working memory of a thread for chunks.
struct ChunkScratch {
    using Row = std::array<double, models::chunk_size>;
    Row stimulus; ///< a current
    struct StimulusSpikes { ///< of one use: one of the two
        Row weights;
        std::array<std::uint8_t, models::chunk_size> counts;
    };
    std::vector<StimulusSpikes> spikes; ///< by use
    std::vector<Row> ports; ///< sums by port
    std::vector<std::vector<Term>> terms; ///< by port
    std::vector<const double*> arrivals; ///< by port; nullptr where nothing arrives
    std::vector<models::CountedArrivals> counted; ///< at the first port, in place of its sums
};

/// Some hundred neighbouring neurons: what acts on them is added up and they are advanced, a few
/// steps at a time, so that their state stays in the first cache.
class Chunk {
public:
    /// `index`: number among all chunks, which is that of the recorder's span.
    Chunk(std::size_t index, std::size_t population, TargetRange range);

    std::size_t index() const { return index_; }
    const TargetRange& range() const { return range_; }

    void bind_stimuli(const config::Experiment& experiment);
    /// Currents have to be computed anew (stimuli or position have changed).
    void forget_current() { current_until_ = 0; }

    /// Before the first run() of a batch: forgets the spikes of the last.
    void begin_batch();
    /// Does the steps [begin, end), for which the rows of `inputs` are. Stops at the first fault.
    void run(core::Step begin, core::Step end, const NetworkContext& context,
        const std::vector<ProjectionInput>& inputs, ChunkScratch& scratch);
    /// Current of step k by neuron of the chunk; nullptr where there are no current stimuli.
    const double* current(core::Step k, const NetworkContext& context, ChunkScratch& scratch);

    /// Neurons (within the population) that spiked in the i-th step of the batch.
    std::span<const std::uint32_t> fired(std::size_t i) const;
    struct ChunkFault {
        core::Step step = 0;
        models::Fault fault;
    };
    const std::optional<ChunkFault>& fault() const { return fault_; }

private:
    void add_stimulus_spikes(core::Step k, const NetworkContext& context, ChunkScratch& scratch);
    void add_up_arrivals(core::Step k, std::size_t i, const NetworkContext& context,
        const std::vector<ProjectionInput>& inputs, ChunkScratch& scratch);
    void sample(core::Step stamp, const NetworkContext& context, ChunkScratch& scratch);

    std::size_t index_;
    std::size_t population_;
    TargetRange range_;
    core::HashedName name_; ///< of the population
    std::vector<StimulusUse> current_uses_;
    std::vector<StimulusUse> spike_uses_;
    std::vector<double> current_;
    core::Step current_from_ = 0; ///< current_ holds for [current_from_, current_until_)
    core::Step current_until_ = 0;
    std::vector<std::uint32_t> fired_;
    std::vector<std::size_t> fired_ends_;
    std::optional<ChunkFault> fault_;
};

} // namespace engine::network
