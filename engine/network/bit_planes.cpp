#include "engine/network/bit_planes.hpp"

#include "engine/core/dispatch.hpp"
#include "engine/core/fetch.hpp"

#include <bit>
#include <cstring>

namespace engine::network {

namespace {

/// 256 bits; the compiler makes the instructions of the target from it.
typedef std::uint64_t Bits // NOLINT(modernize-use-using): the attribute needs it
    __attribute__((vector_size(32), may_alias));
constexpr std::size_t words_in_group = 4;
constexpr std::size_t targets_in_group = 256;
constexpr std::size_t most_digits = 32;
constexpr std::size_t digits_in_byte = 8;
using Rows = BitPlanes::Rows;

/// a + b + c = sum + 2 carry, for each bit; `sum` may be one of the addends.
SPIKESCOPE_INLINE void add_bits(const Bits& a, const Bits& b, const Bits& c, Bits& sum, Bits& carry)
{
    const Bits half = a ^ b;
    carry = (a & b) | (half & c);
    sum = half ^ c;
}

SPIKESCOPE_INLINE const Bits& bits_at(const std::uint64_t* row, std::size_t word)
{
    return *reinterpret_cast<const Bits*>(row + word);
}

/// Adds the bits of the rows from `word` on to the planes of a group.
SPIKESCOPE_INLINE void add_group(Rows rows, std::size_t word, std::size_t digits, Bits* digit)
{
    Bits ones = digit[0];
    Bits twos = digit[1];
    Bits fours = digit[2];
    for (std::size_t r = 0; r < rows.size(); r += BitPlanes::rows_in_group) {
        const std::uint64_t* const* row = rows.data() + r;
        Bits two_a;
        Bits two_b;
        Bits four_a;
        Bits four_b;
        Bits carry;
        add_bits(ones, bits_at(row[0], word), bits_at(row[1], word), ones, two_a);
        add_bits(ones, bits_at(row[2], word), bits_at(row[3], word), ones, two_b);
        add_bits(twos, two_a, two_b, twos, four_a);
        add_bits(ones, bits_at(row[4], word), bits_at(row[5], word), ones, two_a);
        add_bits(ones, bits_at(row[6], word), bits_at(row[7], word), ones, two_b);
        add_bits(twos, two_a, two_b, twos, four_b);
        add_bits(fours, four_a, four_b, fours, carry);
        for (std::size_t p = 3; p < digits; ++p) {
            const Bits next = digit[p] & carry;
            digit[p] ^= carry;
            carry = next;
        }
    }
    digit[0] = ones;
    digit[1] = twos;
    digit[2] = fours;
}

constexpr std::size_t words_in_line = 8;

SPIKESCOPE_INLINE void add_rows_body(Rows rows, Rows next, std::size_t words,
    std::size_t digits_before, std::size_t digits, std::uint64_t* planes)
{
    for (std::size_t word = 0; word < words; word += words_in_group) {
        if (word % words_in_line == 0) {
            for (const std::uint64_t* row : next) {
                core::fetch_line(row + word);
            }
        }
        Bits* digit = reinterpret_cast<Bits*>(planes + word * most_digits);
        for (std::size_t p = digits_before; p < digits; ++p) {
            digit[p] = Bits {};
        }
        add_group(rows, word, digits, digit);
    }
}
SPIKESCOPE_TWINS(void, add_rows,
    (Rows rows, Rows next, std::size_t words, std::size_t digits_before, std::size_t digits,
        std::uint64_t* planes),
    (rows, next, words, digits_before, digits, planes))

/// Eight planes as bytes: byte b of out[j] is the number whose digits are bit 8 b + j of the
/// planes. A transposition of 8 x 8 bits in three rounds, for all bytes at once.
SPIKESCOPE_INLINE void to_bytes(const Bits* digit, std::size_t digits, Bits (&out)[8])
{
    constexpr std::uint64_t m1 = 0x5555555555555555;
    constexpr std::uint64_t m2 = 0x3333333333333333;
    constexpr std::uint64_t m4 = 0x0f0f0f0f0f0f0f0f;
    const Bits none = {};
    const bool upper = digits > 4;
    Bits pair[4][2]; // digits 2 d and 2 d + 1 of the bits j = 0, 1 (mod 2)
    for (std::size_t d = 0; d < (upper ? 4 : 2); ++d) {
        const Bits& low = 2 * d < digits ? digit[2 * d] : none;
        const Bits& high = 2 * d + 1 < digits ? digit[2 * d + 1] : none;
        pair[d][0] = (low & m1) | ((high & m1) << 1);
        pair[d][1] = ((low >> 1) & m1) | (high & ~m1);
    }
    Bits four[2][4]; // digits 4 d .. 4 d + 3 of the bits j (mod 4)
    for (std::size_t d = 0; d < (upper ? 2 : 1); ++d) {
        for (std::size_t j = 0; j < 2; ++j) {
            const Bits& low = pair[2 * d][j];
            const Bits& high = pair[2 * d + 1][j];
            four[d][j] = (low & m2) | ((high & m2) << 2);
            four[d][j + 2] = ((low >> 2) & m2) | (high & ~m2);
        }
    }
    for (std::size_t j = 0; j < 4; ++j) {
        out[j] = four[0][j] & m4;
        out[j + 4] = (four[0][j] >> 4) & m4;
        if (upper) {
            out[j] |= (four[1][j] & m4) << 4;
            out[j + 4] |= four[1][j] & ~m4;
        }
    }
}

SPIKESCOPE_INLINE void write_bytes_body(
    const std::uint64_t* planes, std::size_t words, std::size_t digits, std::uint8_t* counts)
{
    for (std::size_t word = 0; word < words; word += words_in_group) {
        Bits bytes[8];
        to_bytes(reinterpret_cast<const Bits*>(planes + word * most_digits), digits, bytes);
        auto* to = reinterpret_cast<Bits*>(counts + word / words_in_group * targets_in_group);
        for (std::size_t j = 0; j < 8; ++j) {
            to[j] = bytes[j];
        }
    }
}
SPIKESCOPE_TWINS(void, write_bytes,
    (const std::uint64_t* planes, std::size_t words, std::size_t digits, std::uint8_t* counts),
    (planes, words, digits, counts))

/// Counts of several bytes each.
template <class Count>
SPIKESCOPE_INLINE void write_wide(
    const std::uint64_t* planes, std::size_t words, std::size_t digits, Count* counts)
{
    for (std::size_t word = 0; word < words; word += words_in_group) {
        const Bits* digit = reinterpret_cast<const Bits*>(planes + word * most_digits);
        Count* to = counts + word / words_in_group * targets_in_group;
        for (std::size_t first = 0; first < digits; first += digits_in_byte) {
            Bits out[8];
            to_bytes(digit + first, std::min(digits - first, digits_in_byte), out);
            std::uint8_t bytes[targets_in_group];
            std::memcpy(bytes, out, sizeof bytes);
            for (std::size_t t = 0; t < targets_in_group; ++t) {
                const auto value = static_cast<std::uint32_t>(bytes[t]) << first;
                to[t] = static_cast<Count>(first == 0 ? value : to[t] + value);
            }
        }
    }
}
SPIKESCOPE_INLINE void write_words_body(
    const std::uint64_t* planes, std::size_t words, std::size_t digits, std::uint16_t* counts)
{
    write_wide(planes, words, digits, counts);
}
SPIKESCOPE_TWINS(void, write_words,
    (const std::uint64_t* planes, std::size_t words, std::size_t digits, std::uint16_t* counts),
    (planes, words, digits, counts))

} // namespace

void BitPlanes::begin(std::size_t words, std::size_t row_words)
{
    words_ = words;
    row_words_ = row_words;
    rows_ = 0;
    digits_ = 0;
    if (planes_.size() < words * most_digits) {
        planes_.resize(words * most_digits);
    }
}

void BitPlanes::add(Rows rows, Rows next)
{
    rows_ += rows.size();
    // The three lowest planes are always there.
    const std::size_t digits = std::max<std::size_t>(std::bit_width(rows_), 3);
    add_rows(rows, next, words_, digits_, digits, planes_.data());
    digits_ = digits;
    for (const std::uint64_t* row : next) {
        for (std::size_t word = (words_ + words_in_line - 1) / words_in_line * words_in_line;
             word < row_words_; word += words_in_line) {
            core::fetch_line(row + word);
        }
    }
}

bool BitPlanes::below(std::size_t digits) const
{
    std::uint64_t above = 0;
    for (std::size_t p = digits; p < digits_; ++p) {
        for (std::size_t word = 0; word < words_; word += words_in_group) {
            const std::uint64_t* plane = planes_.data() + word * most_digits + p * words_in_group;
            above |= plane[0] | plane[1] | plane[2] | plane[3];
        }
    }
    return above == 0;
}

void BitPlanes::write(std::uint8_t* counts) const
{
    write_bytes(planes_.data(), words_, std::min(digits_, digits_in_byte), counts);
}

void BitPlanes::write(std::uint16_t* counts) const
{
    write_words(planes_.data(), words_, std::min<std::size_t>(digits_, 16), counts);
}

void BitPlanes::write(std::uint32_t* counts) const
{
    write_wide(planes_.data(), words_, digits_, counts); // rare: no twins
}

} // namespace engine::network
