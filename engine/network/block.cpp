#include "engine/network/block.hpp"

#include <algorithm>

namespace engine::network {

Block::Block(
    std::size_t population, TargetRange range, std::size_t in_population, std::size_t first_chunk)
    : population_(population)
    , range_(range)
    , in_population_(in_population)
{
    constexpr auto size = static_cast<std::uint32_t>(models::chunk_size);
    for (std::uint32_t first = 0; first < range.count; first += size) {
        chunks_.emplace_back(first_chunk + chunks_.size(), population,
            TargetRange {range.first + first, std::min(size, range.count - first)});
    }
}

bool Block::pass(core::Step begin, core::Step end, core::Step batch_begin,
    const NetworkContext& context, BlockScratch& scratch)
{
    scratch.arrivals.resize(std::max(scratch.arrivals.size(), projections_.size()));
    scratch.inputs.clear();
    for (std::size_t p = 0; p < projections_.size(); ++p) {
        const RunningProjection& projection = context.projections[projections_[p]];
        // Passes before this one have delivered up to its beginning.
        const core::Step cursor
            = StampWindows(batch_begin, begin, projection.cursor, projection.delay).cursor_after();
        BatchArrivals& arrivals = scratch.arrivals[p];
        arrivals.begin(static_cast<std::size_t>(end - begin), range_.count);
        projection.deliveries[in_population_]->gather(context.populations[projection.source].spikes,
            {begin, end, cursor, projection.delay}, arrivals, scratch.delivery);
        scratch.inputs.push_back({&arrivals, 0, projection.weight, projection.port});
    }
    bool good = true;
    for (Chunk& chunk : chunks_) {
        chunk.run(begin, end, context, scratch.inputs, scratch.chunk);
        good = good && !chunk.fault();
        for (ProjectionInput& input : scratch.inputs) {
            input.first += models::chunk_size;
        }
    }
    return good;
}

void Block::run(
    core::Step begin, core::Step end, const NetworkContext& context, BlockScratch& scratch)
{
    for (Chunk& chunk : chunks_) {
        chunk.begin_batch();
    }
    for (const std::size_t p : projections_) {
        const RunningProjection& projection = context.projections[p];
        if (projection.delay == 0) {
            projection.deliveries[in_population_]->send(
                context.populations[projection.source].spikes, projection.cursor, begin);
        }
    }
    // What arrives is worked out for a few steps in advance: more would not stay in the cache.
    constexpr core::Step steps_in_pass = 16;
    for (core::Step k = begin; k < end;) {
        const core::Step until = std::min(end, k + steps_in_pass);
        if (!pass(k, until, begin, context, scratch)) {
            return;
        }
        k = until;
    }
}

} // namespace engine::network
