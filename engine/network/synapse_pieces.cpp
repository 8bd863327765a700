#include "engine/network/synapse_pieces.hpp"

#include <algorithm>
#include <bit>

namespace engine::network {

SynapsePiece::SynapsePiece(bool weights, bool delays, std::size_t expected)
    : weights_(weights)
    , delays_(delays)
{
    grow(expected + tile_size);
}

template <class T> void SynapsePiece::Column<T>::grow(std::size_t used, std::size_t capacity)
{
    auto larger = std::make_unique_for_overwrite<T[]>(capacity);
    std::copy_n(data.get(), used, larger.get());
    data = std::move(larger);
}

void SynapsePiece::grow(std::size_t capacity)
{
    source_.grow(size_, capacity);
    target_.grow(size_, capacity);
    if (weights_) {
        weight_.grow(size_, capacity);
    }
    if (delays_) {
        delay_.grow(size_, capacity);
    }
    capacity_ = capacity;
}

RangeLookup::RangeLookup(const std::vector<TargetRange>& ranges)
{
    std::uint32_t firsts = 0;
    for (const TargetRange& range : ranges) {
        firsts |= range.first;
    }
    // Every range begins at a multiple of 2^shift.
    shift_ = firsts == 0 ? 31 : std::countr_zero(firsts);
    for (std::size_t r = 0; r < ranges.size() && ranges[r].count > 0; ++r) {
        const std::uint32_t last = ranges[r].first + ranges[r].count - 1;
        range_.resize(std::size_t {last >> shift_} + 1, static_cast<std::uint16_t>(r));
    }
}

} // namespace engine::network
