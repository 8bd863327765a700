#pragma once

#include "engine/core/large_array.hpp"
#include "engine/network/synapse_stream.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace engine::network {

/// Where the list of each source begins, and the last one ends: the first pass over the synapses.
inline core::LargeArray<std::uint32_t> list_begins(SynapseStream& synapses, double share)
{
    core::LargeArray<std::uint32_t> begin(std::size_t {synapses.sources()} + 1, 0);
    synapses.for_each(Columns::pairs, share, [&](const SynapseBatch& batch) {
        for (const std::uint32_t s : batch.source) {
            ++begin[std::size_t {s} + 1];
        }
    });
    for (std::size_t s = 1; s < begin.size(); ++s) {
        begin[s] += begin[s - 1];
    }
    return begin;
}

/// The second pass: calls place(batch, i, position) for synapse i of each batch, positions sorted
/// stably by source.
template <class Place>
void for_each_place(
    SynapseStream& synapses, std::span<const std::uint32_t> begin, double share, Place place)
{
    std::vector<std::uint32_t> next(begin.begin(), begin.end() - 1);
    synapses.for_each(Columns::all, share, [&](const SynapseBatch& batch) {
        for (std::size_t i = 0; i < batch.size(); ++i) {
            place(batch, i, next[batch.source[i]]++);
        }
    });
}

} // namespace engine::network
