#pragma once

#include "engine/core/large_array.hpp"

#include <cstddef>
#include <cstdint>
#include <span>

namespace engine::network {

/// Bits of targets, 256 in a group of four words: arranged so that counts which are made from
/// several groups come out in the order of the targets. Counts bits from the first word.
inline std::size_t bit_place(std::size_t target)
{
    const std::size_t within = target % 256;
    return target - within + (within % 32) * 8 + within / 32;
}

/// Words of a row of bits for so many targets.
inline std::size_t bit_words(std::size_t targets) { return (targets + 255) / 256 * 4; }

/// Adds rows of bits: the count of a target is the number of rows in which its bit is set.
/// Bit-sliced: a carry-save adder (Harley & Seal, in Warren, Hacker's Delight, 2nd ed., section
/// 5-1) adds 256 targets at once into planes, one for each binary digit of the counts.
class BitPlanes {
public:
    /// Rows are added in groups of this many.
    static constexpr std::size_t rows_in_group = 8;
    /// Rows that are best added at once: they and the next ones stay in the first cache from the
    /// first target to the last.
    static constexpr std::size_t rows_in_tile = 32;
    using Rows = std::span<const std::uint64_t* const>;

    /// All counts are 0, of rows of `words` words, a multiple of 4. Of rows that are to be fetched
    /// `row_words` are, which may be more.
    void begin(std::size_t words, std::size_t row_words);
    /// `rows`: a multiple of rows_in_group (fill up with rows of zeros), each aligned to 32 bytes;
    /// at most 2^32 rows in all. Those of `next`, which will be added next, are fetched meanwhile.
    void add(Rows rows, Rows next);

    /// Whether all counts are less than 2^digits.
    bool below(std::size_t digits) const;
    // The counts, for 64 * words targets, where they fit. Aligned to 32 bytes.
    void write(std::uint8_t* counts) const;
    void write(std::uint16_t* counts) const;
    void write(std::uint32_t* counts) const;

private:
    std::size_t words_ = 0;
    std::size_t row_words_ = 0;
    std::uint64_t rows_ = 0; ///< that have been added
    std::size_t digits_ = 0; ///< planes that may have bits
    core::LargeArray<std::uint64_t> planes_; ///< by pair of groups of targets, digit, word
};

} // namespace engine::network
