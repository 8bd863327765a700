#include "engine/network/row_numbers.hpp"

#include <algorithm>
#include <bit>

namespace engine::network {

namespace {
constexpr std::size_t lanes = LaneRandom::lanes;
constexpr std::uint32_t free_slot = 0xffffffff; // no number is as large as the bound
} // namespace

RowNumbers::RowNumbers(
    const core::StreamKey& key, std::uint32_t bound, std::uint64_t length, bool distinct)
    : key_(key)
    , bound_(bound)
    , length_(length)
    , distinct_(distinct)
{
    if (!distinct) {
        return;
    }
    // Clearing a byte for every number costs more than a table where few of them are drawn.
    constexpr std::uint64_t many = 256;
    if (bound / many <= length) {
        taken_.resize(bound);
    } else {
        slots_ = std::bit_ceil(2 * static_cast<std::size_t>(length) + 1);
        table_.resize(lanes * slots_);
    }
}

void RowNumbers::begin(std::uint64_t first)
{
    random_.emplace(key_, first);
    drawn_ = 0;
    std::fill(taken_.begin(), taken_.end(), std::uint8_t {0});
    std::fill(table_.begin(), table_.end(), free_slot);
}

bool RowNumbers::take(std::size_t lane, std::uint32_t x)
{
    if (!few()) {
        const auto bit = static_cast<std::uint8_t>(1U << lane);
        const bool had = (taken_[x] & bit) != 0;
        taken_[x] |= bit;
        return had;
    }
    std::uint32_t* const table = table_.data() + lane * slots_;
    const std::size_t last = slots_ - 1;
    const std::uint32_t hash = x * 0x9e3779b1U;
    std::size_t slot = hash & last;
    while (table[slot] != free_slot && table[slot] != x) {
        slot = (slot + 1) & last;
    }
    const bool had = table[slot] == x;
    table[slot] = x;
    return had;
}

void RowNumbers::next(std::size_t columns, std::uint32_t* to)
{
    if (!distinct_) {
        random_->below(bound_, 0, columns, to);
        return;
    }
    // The last number that the j-th may be; it is free, because the earlier ones had to be less.
    const std::uint64_t last = bound_ - length_ + drawn_;
    random_->below(last + 1, 1, columns, to);
    for (std::size_t j = 0; j < columns; ++j) {
        const auto instead = static_cast<std::uint32_t>(last + j);
        for (std::size_t lane = 0; lane < lanes; ++lane) {
            std::uint32_t& x = to[j * lanes + lane];
            if (take(lane, x)) {
                x = instead;
                take(lane, x);
            }
        }
    }
    drawn_ += columns;
}

} // namespace engine::network
