#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace engine::network {

/// Bits of targets, 256 in a group of four words: arranged so that counts which are made from
/// several groups come out in the order of the targets. `place` counts bits from the first word.
inline std::size_t bit_place(std::size_t target)
{
    const std::size_t within = target % 256;
    return target - within + (within % 32) * 8 + within / 32;
}

/// Rows are added in groups of this many.
inline constexpr std::size_t rows_in_group = 8;

// Adds rows of bits: counts[t] = number of rows in which the bit of target t is set, for 64 * words
// targets. Bit-sliced: a carry-save adder (Harley & Seal, in Warren, Hacker's Delight, 2nd ed.,
// section 5-1) adds 256 targets at once into planes, one for each binary digit, which are turned
// into counts at the end. The number of rows has to be a multiple of rows_in_group (fill up with
// rows of zeros), `words` a multiple of 4, rows aligned to 32 bytes.

/// At most 65535 rows. Returns false where a count exceeds 127; `counts` is of no use then.
bool sum_bits(std::span<const std::uint64_t* const> rows, std::size_t words, std::uint8_t* counts);
/// The same for large counts.
void sum_bits(std::span<const std::uint64_t* const> rows, std::size_t words, std::uint16_t* counts);

} // namespace engine::network
