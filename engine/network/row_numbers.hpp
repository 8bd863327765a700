#pragma once

#include "engine/network/lane_random.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace engine::network {

/// Synapses are made in tiles of this many columns of eight rows side by side (LaneRandom), so that
/// what belongs to a tile stays in the first cache.
inline constexpr std::size_t tile_columns = 128;
inline constexpr std::size_t tile_size = tile_columns * LaneRandom::lanes;

/// Rows of `length` uniform numbers below `bound` each, those of row r drawn from the key's member
/// r; distinct within a row if so wanted, and then every set is equally likely (Floyd's algorithm:
/// Bentley & Floyd 1987, doi:10.1145/30401.315746). One thread.
class RowNumbers {
public:
    RowNumbers(
        const core::StreamKey& key, std::uint32_t bound, std::uint64_t length, bool distinct);

    /// Starts the eight rows from `first` on.
    void begin(std::uint64_t first);
    /// The next `columns` numbers of each row: column j of row first + l at to[j * lanes + l].
    void next(std::size_t columns, std::uint32_t* to);

private:
    /// Whether the lane has x already; it has from now on.
    bool take(std::size_t lane, std::uint32_t x);
    bool few() const { return !table_.empty(); }

    core::StreamKey key_;
    std::uint32_t bound_;
    std::uint64_t length_;
    bool distinct_;
    std::optional<LaneRandom> random_;
    std::uint64_t drawn_ = 0; ///< columns of the present rows
    std::vector<std::uint8_t> taken_; ///< by number, a bit for each lane: where many are drawn
    std::vector<std::uint32_t> table_; ///< hash tables, one for each lane: where few are drawn
    std::size_t slots_ = 0; ///< of one table, a power of two
};

} // namespace engine::network
