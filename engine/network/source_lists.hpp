#pragma once

#include "engine/network/synapses.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace engine::network {

inline std::vector<std::uint32_t> list_begins(
    const std::vector<std::uint32_t>& source, std::size_t sources)
{
    std::vector<std::uint32_t> begin(sources + 1, 0);
    for (const std::uint32_t s : source) {
        ++begin[s + 1];
    }
    for (std::size_t s = 1; s <= sources; ++s) {
        begin[s] += begin[s - 1];
    }
    return begin;
}

/// Calls place(synapse, position) for each synapse, positions sorted stably by source.
template <class Place>
void for_each_place(
    const std::vector<std::uint32_t>& source, const std::vector<std::uint32_t>& begin, Place place)
{
    std::vector<std::uint32_t> next(begin.begin(), begin.end() - 1);
    for (std::size_t i = 0; i < source.size(); ++i) {
        place(i, next[source[i]]++);
    }
}

} // namespace engine::network
