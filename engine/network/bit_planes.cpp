#include "engine/network/bit_planes.hpp"

#include "engine/core/dispatch.hpp"

#include <bit>

namespace engine::network {

namespace {

/// 256 bits; the compiler makes the instructions of the target from it.
typedef std::uint64_t Bits
    __attribute__((vector_size(32), may_alias)); // NOLINT(modernize-use-using)
constexpr std::size_t words_in_group = 4;
constexpr std::size_t targets_in_group = 256;
constexpr std::size_t most_planes = 16;

/// The binary digits of 256 counts: bit t of digit[p] belongs to target t.
struct Planes {
    Bits digit[most_planes];
};

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

/// Adds the bits of all rows from `word` on into the lowest `digits` planes.
SPIKESCOPE_INLINE void sum_group(std::span<const std::uint64_t* const> rows, std::size_t word,
    std::size_t digits, Planes& planes)
{
    Bits ones = {};
    Bits twos = {};
    Bits fours = {};
    for (std::size_t p = 3; p < digits; ++p) {
        planes.digit[p] = Bits {};
    }
    for (std::size_t r = 0; r < rows.size(); r += rows_in_group) {
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
            const Bits next = planes.digit[p] & carry;
            planes.digit[p] ^= carry;
            carry = next;
        }
    }
    planes.digit[0] = ones;
    planes.digit[1] = twos;
    planes.digit[2] = fours;
}

/// Eight planes as bytes: byte b of out[j] is the number whose digits are bit 8 b + j of the
/// planes. A transposition of 8 x 8 bits in three rounds, for all bytes at once.
SPIKESCOPE_INLINE void to_bytes(const Bits (&digit)[8], bool upper, Bits (&out)[8])
{
    constexpr std::uint64_t m1 = 0x5555555555555555;
    constexpr std::uint64_t m2 = 0x3333333333333333;
    constexpr std::uint64_t m4 = 0x0f0f0f0f0f0f0f0f;
    Bits pair[4][2]; // digits 2 d and 2 d + 1 of the bits j = 0, 1 (mod 2)
    for (std::size_t d = 0; d < (upper ? 4 : 2); ++d) {
        const Bits& low = digit[2 * d];
        const Bits& high = digit[2 * d + 1];
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

SPIKESCOPE_INLINE bool sum_bytes_body(
    std::span<const std::uint64_t* const> rows, std::size_t words, std::uint8_t* counts)
{
    const auto digits = static_cast<std::size_t>(std::bit_width(rows.size()));
    Planes planes;
    for (Bits& digit : planes.digit) {
        digit = Bits {};
    }
    Bits above = {};
    for (std::size_t word = 0; word < words; word += words_in_group) {
        sum_group(rows, word, digits, planes);
        for (std::size_t p = 7; p < digits; ++p) {
            above |= planes.digit[p];
        }
        Bits low[8];
        for (std::size_t p = 0; p < 8; ++p) {
            low[p] = planes.digit[p];
        }
        Bits bytes[8];
        to_bytes(low, digits > 4, bytes);
        auto* to = reinterpret_cast<Bits*>(counts + word / words_in_group * targets_in_group);
        for (std::size_t j = 0; j < 8; ++j) {
            to[j] = bytes[j];
        }
    }
    return (above[0] | above[1] | above[2] | above[3]) == 0;
}
SPIKESCOPE_TWINS(bool, sum_bytes,
    (std::span<const std::uint64_t* const> rows, std::size_t words, std::uint8_t* counts),
    (rows, words, counts))

SPIKESCOPE_INLINE void sum_words_body(
    std::span<const std::uint64_t* const> rows, std::size_t words, std::uint16_t* counts)
{
    const auto digits = static_cast<std::size_t>(std::bit_width(rows.size()));
    Planes planes;
    for (Bits& digit : planes.digit) {
        digit = Bits {};
    }
    for (std::size_t word = 0; word < words; word += words_in_group) {
        sum_group(rows, word, digits, planes);
        std::uint8_t bytes[2][targets_in_group];
        for (std::size_t half = 0; half < 2; ++half) {
            Bits digit[8];
            for (std::size_t p = 0; p < 8; ++p) {
                digit[p] = planes.digit[8 * half + p];
            }
            Bits out[8];
            to_bytes(digit, true, out);
            __builtin_memcpy(bytes[half], out, sizeof out);
        }
        for (std::size_t t = 0; t < targets_in_group; ++t) {
            counts[word / words_in_group * targets_in_group + t]
                = static_cast<std::uint16_t>(bytes[0][t] + 256 * bytes[1][t]);
        }
    }
}
SPIKESCOPE_TWINS(void, sum_words,
    (std::span<const std::uint64_t* const> rows, std::size_t words, std::uint16_t* counts),
    (rows, words, counts))

} // namespace

bool sum_bits(std::span<const std::uint64_t* const> rows, std::size_t words, std::uint8_t* counts)
{
    return sum_bytes(rows, words, counts);
}

void sum_bits(std::span<const std::uint64_t* const> rows, std::size_t words, std::uint16_t* counts)
{
    sum_words(rows, words, counts);
}

} // namespace engine::network
