#pragma once

#include "engine/network/chunk.hpp"

#include <cstddef>
#include <vector>

namespace engine::network {

/// Working memory of a thread.
struct BlockScratch {
    Scratch delivery;
    std::vector<BatchArrivals> arrivals; ///< by projection onto the block
    std::vector<ProjectionInput> inputs;
    ChunkScratch chunk;
};

/// Neighbouring chunks of a population with all synapses onto them: advanced together for as many
/// steps as spikes need to travel, because until then nothing from other blocks can reach them.
class Block {
public:
    Block(std::size_t population, TargetRange range, std::size_t in_population,
        std::size_t first_chunk);

    std::size_t population() const { return population_; }
    const TargetRange& range() const { return range_; }
    std::vector<Chunk>& chunks() { return chunks_; }
    const std::vector<Chunk>& chunks() const { return chunks_; }

    /// Projections onto this block, in file order.
    void add_projection(std::size_t projection) { projections_.push_back(projection); }

    /// Does the steps [begin, end). Stops soon after the first fault.
    void run(
        core::Step begin, core::Step end, const NetworkContext& context, BlockScratch& scratch);

private:
    /// Does few steps; false where a neuron cannot go on.
    bool pass(core::Step begin, core::Step end, core::Step batch_begin,
        const NetworkContext& context, BlockScratch& scratch);

    std::size_t population_;
    TargetRange range_;
    std::size_t in_population_; ///< number of the block within its population
    std::vector<Chunk> chunks_;
    std::vector<std::size_t> projections_;
};

} // namespace engine::network
