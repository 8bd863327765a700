#include "engine/network/bit_planes.hpp"

#include "engine/core/dispatch.hpp"
#include "engine/core/fetch.hpp"

#include <bit>
#include <cstring>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace engine::network {

namespace {

/// 256 bits; the compiler makes the instructions of the target from it.
typedef std::uint64_t Bits // NOLINT(modernize-use-using): the attribute needs it
    __attribute__((vector_size(32), may_alias));
constexpr std::size_t words_in_group = 4;
constexpr std::size_t targets_in_group = 256;
constexpr std::size_t words_in_line = 8;
constexpr std::size_t most_digits = 32;
constexpr std::size_t digits_in_byte = 8;
using Rows = BitPlanes::Rows;

/// Where the planes of two neighbouring groups begin; those of a digit lie side by side.
SPIKESCOPE_INLINE std::size_t pair_place(std::size_t word)
{
    return word / words_in_line * words_in_line * most_digits;
}

/// The bits of a digit for the group of `word`.
SPIKESCOPE_INLINE Bits& plane(std::uint64_t* planes, std::size_t word, std::size_t digit)
{
    return *reinterpret_cast<Bits*>(
        planes + pair_place(word) + word % words_in_line + digit * words_in_line);
}
SPIKESCOPE_INLINE const Bits& plane(
    const std::uint64_t* planes, std::size_t word, std::size_t digit)
{
    return *reinterpret_cast<const Bits*>(
        planes + pair_place(word) + word % words_in_line + digit * words_in_line);
}

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
SPIKESCOPE_INLINE void add_group(
    Rows rows, std::size_t word, std::size_t digits, std::uint64_t* planes)
{
    Bits ones = plane(planes, word, 0);
    Bits twos = plane(planes, word, 1);
    Bits fours = plane(planes, word, 2);
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
            Bits& digit = plane(planes, word, p);
            const Bits next = digit & carry;
            digit ^= carry;
            carry = next;
        }
    }
    plane(planes, word, 0) = ones;
    plane(planes, word, 1) = twos;
    plane(planes, word, 2) = fours;
}

SPIKESCOPE_INLINE void fetch_rows(Rows rows, std::size_t word)
{
    for (const std::uint64_t* row : rows) {
        core::fetch_line(row + word);
    }
}

/// What the words [begin, end) of some rows are added to.
struct Sum {
    std::size_t begin;
    std::size_t end;
    std::size_t digits_before;
    std::size_t digits; ///< afterwards
    std::uint64_t* planes;
};

SPIKESCOPE_INLINE void add_groups_body(Rows rows, Rows next, const Sum& sum)
{
    for (std::size_t word = sum.begin; word < sum.end; word += words_in_group) {
        if (word % words_in_line == 0) {
            fetch_rows(next, word);
        }
        for (std::size_t p = sum.digits_before; p < sum.digits; ++p) {
            plane(sum.planes, word, p) = Bits {};
        }
        add_group(rows, word, sum.digits, sum.planes);
    }
}
SPIKESCOPE_TWINS(void, add_groups, (Rows rows, Rows next, const Sum& sum), (rows, next, sum))

#if defined(__x86_64__)
/// As above for 512 bits; AVX-512 has an instruction for any function of three bits.
SPIKESCOPE_INLINE SPIKESCOPE_AVX512 void add_bits(
    __m512i a, __m512i b, __m512i c, __m512i& sum, __m512i& carry)
{
    constexpr int odd = 0x96;
    constexpr int majority = 0xe8;
    sum = _mm512_ternarylogic_epi64(a, b, c, odd);
    carry = _mm512_ternarylogic_epi64(a, b, c, majority);
}

/// add_groups() for pairs of groups.
SPIKESCOPE_AVX512 void add_pairs(Rows rows, Rows next, const Sum& sum)
{
    for (std::size_t word = sum.begin; word < sum.end; word += words_in_line) {
        fetch_rows(next, word);
        std::uint64_t* const planes = sum.planes + pair_place(word);
        const auto before = [&](std::size_t digit) SPIKESCOPE_AVX512 {
            return digit < sum.digits_before ? _mm512_load_si512(planes + digit * words_in_line)
                                             : _mm512_setzero_si512();
        };
        const auto keep = [&](std::size_t digit, __m512i bits) SPIKESCOPE_AVX512 {
            _mm512_store_si512(planes + digit * words_in_line, bits);
        };
        for (std::size_t p = std::max<std::size_t>(sum.digits_before, 3); p < sum.digits; ++p) {
            keep(p, _mm512_setzero_si512());
        }
        __m512i ones = before(0);
        __m512i twos = before(1);
        __m512i fours = before(2);
        for (std::size_t r = 0; r < rows.size(); r += BitPlanes::rows_in_group) {
            const auto row = [&](std::size_t i) SPIKESCOPE_AVX512 {
                return _mm512_loadu_si512(rows[r + i] + word);
            };
            __m512i two_a;
            __m512i two_b;
            __m512i four_a;
            __m512i four_b;
            __m512i carry;
            add_bits(ones, row(0), row(1), ones, two_a);
            add_bits(ones, row(2), row(3), ones, two_b);
            add_bits(twos, two_a, two_b, twos, four_a);
            add_bits(ones, row(4), row(5), ones, two_a);
            add_bits(ones, row(6), row(7), ones, two_b);
            add_bits(twos, two_a, two_b, twos, four_b);
            add_bits(fours, four_a, four_b, fours, carry);
            for (std::size_t p = 3; p < sum.digits; ++p) {
                const __m512i digit = _mm512_load_si512(planes + p * words_in_line);
                keep(p, _mm512_xor_si512(digit, carry));
                carry = _mm512_and_si512(digit, carry);
            }
        }
        keep(0, ones);
        keep(1, twos);
        keep(2, fours);
    }
}
#endif

void add_rows(Rows rows, Rows next, Sum sum)
{
#if defined(__x86_64__)
    if (core::instructions() == core::Instructions::avx512) {
        const std::size_t end = sum.end;
        sum.end = end / words_in_line * words_in_line;
        add_pairs(rows, next, sum);
        sum.begin = sum.end;
        sum.end = end;
    }
#endif
    add_groups(rows, next, sum);
}

/// Up to eight planes as bytes, those from digit `first` on: byte b of out[j] is the number whose
/// digits are bit 8 b + j of the planes. A transposition of 8 x 8 bits in three rounds, for all
/// bytes at once.
SPIKESCOPE_INLINE void to_bytes(const std::uint64_t* planes, std::size_t word, std::size_t first,
    std::size_t digits, Bits (&out)[8])
{
    constexpr std::uint64_t m1 = 0x5555555555555555;
    constexpr std::uint64_t m2 = 0x3333333333333333;
    constexpr std::uint64_t m4 = 0x0f0f0f0f0f0f0f0f;
    const Bits none = {};
    const bool upper = digits > 4;
    Bits pair[4][2]; // digits 2 d and 2 d + 1 of the bits j = 0, 1 (mod 2)
    for (std::size_t d = 0; d < (upper ? 4 : 2); ++d) {
        const Bits& low = 2 * d < digits ? plane(planes, word, first + 2 * d) : none;
        const Bits& high = 2 * d + 1 < digits ? plane(planes, word, first + 2 * d + 1) : none;
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
        to_bytes(planes, word, 0, digits, bytes);
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
        Count* to = counts + word / words_in_group * targets_in_group;
        for (std::size_t first = 0; first < digits; first += digits_in_byte) {
            Bits out[8];
            to_bytes(planes, word, first, std::min(digits - first, digits_in_byte), out);
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
    const std::size_t size = pair_place(words + words_in_line - 1);
    if (planes_.size() < size) {
        planes_.resize(size);
    }
}

void BitPlanes::add(Rows rows, Rows next)
{
    rows_ += rows.size();
    // The three lowest planes are always there.
    const std::size_t digits = std::max<std::size_t>(std::bit_width(rows_), 3);
    add_rows(rows, next, {0, words_, digits_, digits, planes_.data()});
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
            const Bits& bits = plane(planes_.data(), word, p);
            above |= bits[0] | bits[1] | bits[2] | bits[3];
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
