#include "engine/core/inversion.hpp"

#include "engine/core/dispatch.hpp"
#include "engine/core/random.hpp"
#include "engine/core/random_words.hpp"

#include <algorithm>
#include <bit>
#include <utility>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace engine::core {

namespace {

constexpr std::uint8_t unsure_bit = Inversion::most_numbers;

std::array<std::uint8_t, 4096> table_of(const std::vector<std::uint64_t>& below)
{
    const auto number = [&](std::uint64_t word) {
        return static_cast<std::uint8_t>(
            std::upper_bound(below.begin(), below.end() - 1, word) - below.begin());
    };
    std::array<std::uint8_t, 4096> table;
    for (std::size_t i = 0; i < table.size(); ++i) {
        // A cut at the end of the entry counts as within, so that numbers change at unsure ones
        // only.
        const std::uint64_t lowest = static_cast<std::uint64_t>(i) << 52;
        const std::uint64_t next = lowest + (std::uint64_t {1} << 52);
        const std::uint8_t least = number(lowest);
        const std::uint8_t most = number(next == 0 ? next - 1 : next);
        table[i] = static_cast<std::uint8_t>(least == most ? least : least + unsure_bit);
    }
    return table;
}

/// Place i of the sequence that splitmix64 makes of `key`, counted from 0.
std::uint64_t sequence(std::uint64_t key, std::size_t i)
{
    return mix(key + (static_cast<std::uint64_t>(i) + 1) * golden_gamma);
}

/// First 12 bits of the word of place i.
std::size_t first_bits(std::uint64_t key, std::size_t i)
{
    const std::size_t groups = i / 64 * 3;
    const std::size_t half = i / 32 % 2;
    const std::size_t lane = i / 8 % 4;
    const std::size_t bits = i % 8 * 8;
    const std::uint64_t column = sequence(key, groups * 4 + lane) >> (bits + 4 * half) & 15;
    const std::uint64_t byte = sequence(key, (groups + 1 + half) * 4 + lane) >> bits & 255;
    return column << 8 | (byte ^ 128);
}

std::uint64_t last_bits(std::uint64_t key, std::size_t i) { return sequence(mix(key), i) >> 12; }

} // namespace

Inversion::Columns::Columns(const std::array<std::uint8_t, 4096>& table)
{
    // The highest two bytes of a column are one (126), so that 127 is free to stand for no cut.
    std::array<std::vector<std::int8_t>, 16> cuts_of;
    const auto least = [&](std::size_t i) { return table[i] & (unsure_bit - 1); };
    for (std::size_t c = 0; c < 16; ++c) {
        first[c] = static_cast<std::uint8_t>(least(256 * c));
        for (std::size_t byte = 0; byte < 256; ++byte) {
            const std::size_t i = 256 * c + byte;
            if (table[i] < unsure_bit) {
                continue;
            }
            const auto at = static_cast<std::int8_t>(std::min(static_cast<int>(byte) - 128, 126));
            // Several cuts in one byte count as many, but for the lowest byte of a column and the
            // highest two: below the one and above the others lies nothing.
            int times = 1;
            if (byte == 0) {
                first[c] = static_cast<std::uint8_t>(least(i + 1) - 1);
            } else if (at < 126) {
                times = least(i + 1) - least(i);
            } else if (!cuts_of[c].empty() && cuts_of[c].back() == at) {
                times = 0;
            }
            cuts_of[c].insert(cuts_of[c].end(), static_cast<std::size_t>(times), at);
        }
    }
    std::size_t most = 0;
    for (std::size_t c = 0; c < 15; ++c) {
        most = std::max(most, cuts_of[c].size());
    }
    if (most > most_cuts) {
        return;
    }
    // The last column has the tail of the distribution: what does not fit stays unsure.
    std::vector<std::int8_t>& tail = cuts_of[15];
    cuts = std::max(most, std::min(tail.size(), most_cuts));
    if (tail.size() > cuts) {
        tail.resize(cuts);
        beyond = static_cast<std::uint8_t>(first[15] + cuts);
    }
    for (std::size_t c = 0; c < 16; ++c) {
        for (std::size_t l = 0; l < cuts; ++l) {
            cut[l][c] = l < cuts_of[c].size() ? cuts_of[c][l] : std::int8_t {127};
        }
    }
}

Inversion::Inversion(std::vector<std::uint64_t> below)
    : below_(std::move(below))
    , table_(table_of(below_))
    , columns_(table_)
{
}

std::uint32_t Inversion::number(std::uint64_t word, std::uint32_t from) const
{
    const auto last = static_cast<std::uint32_t>(below_.size() - 1);
    // One step in the plain way first: whether it is made is anyone's guess, further ones are rare.
    from += static_cast<std::uint32_t>(from < last)
        & static_cast<std::uint32_t>(word >= below_[from]);
    while (from < last && word >= below_[from]) {
        ++from;
    }
    return from;
}

std::uint32_t Inversion::number(std::uint64_t word) const
{
    const std::uint8_t guess = table_[word >> 52];
    return guess < unsure_bit ? guess : number(word, guess - unsure_bit);
}

std::uint64_t Inversion::word(std::uint64_t key, std::size_t i)
{
    return static_cast<std::uint64_t>(first_bits(key, i)) << 52 | last_bits(key, i);
}

void Inversion::decide_baseline(
    std::uint64_t key, std::size_t n, std::uint8_t* numbers, Unsure& unsure) const
{
    std::array<WordGroup, 3 * block / 64> groups;
    random_words(key, 3 * ((n + 63) / 64), groups.data());
    for (std::size_t begin = 0; begin < n; begin += 64) {
        const WordGroup* group = &groups[begin / 64 * 3];
        std::uint64_t mask = 0;
        for (std::size_t i = 0; i < std::min<std::size_t>(64, n - begin); ++i) {
            const std::size_t lane = i / 8 % 4;
            const std::size_t bits = i % 8 * 8;
            const std::uint64_t column = group[0][lane] >> (bits + i / 32 * 4) & 15;
            const std::uint64_t byte = group[1 + i / 32][lane] >> bits & 255;
            const std::uint8_t number = table_[column << 8 | (byte ^ 128)];
            numbers[begin + i] = number;
            mask |= static_cast<std::uint64_t>(number / unsure_bit) << i;
        }
        unsure[begin / 64] = mask;
    }
}

#if defined(__x86_64__)

template <std::size_t cuts>
SPIKESCOPE_AVX2 void Inversion::decide_avx2(
    std::uint64_t key, std::size_t n, std::uint8_t* numbers, Unsure& unsure) const
{
    const auto columns = [](const auto& entries) SPIKESCOPE_AVX2 {
        return _mm256_broadcastsi128_si256(
            _mm_load_si128(reinterpret_cast<const __m128i*>(entries.data())));
    };
    const __m256i first = columns(columns_.first);
    __m256i cut[cuts];
    for (std::size_t l = 0; l < cuts; ++l) {
        cut[l] = columns(columns_.cut[l]);
    }
    const __m256i beyond = _mm256_set1_epi8(static_cast<char>(columns_.beyond));
    const __m256i highest = _mm256_set1_epi8(126);
    const __m256i nibble = _mm256_set1_epi8(15);
    // 32 numbers from their bytes and columns; one bit for each that is unsure.
    const auto decide_32 = [&](__m256i byte, __m256i column, std::uint8_t* to) SPIKESCOPE_AVX2 {
        __m256i number = _mm256_shuffle_epi8(first, column);
        __m256i tie = _mm256_setzero_si256();
        byte = _mm256_min_epi8(byte, highest);
        for (std::size_t l = 0; l < cuts; ++l) {
            const __m256i at = _mm256_shuffle_epi8(cut[l], column);
            number = _mm256_sub_epi8(number, _mm256_cmpgt_epi8(byte, at));
            tie = _mm256_or_si256(tie, _mm256_cmpeq_epi8(byte, at));
        }
        tie = _mm256_or_si256(tie, _mm256_cmpeq_epi8(number, beyond));
        _mm256_storeu_si256(reinterpret_cast<__m256i*>(to), number);
        return static_cast<std::uint64_t>(static_cast<std::uint32_t>(_mm256_movemask_epi8(tie)));
    };
    using Lanes [[gnu::vector_size(32)]] = std::uint64_t;
    Lanes next = Lanes {1, 2, 3, 4} * golden_gamma + key;
    const auto words = [&]() SPIKESCOPE_AVX2 {
        Lanes x = next;
        next += 4 * golden_gamma;
        mix_in_place(x);
        return reinterpret_cast<__m256i>(x);
    };
    for (std::size_t begin = 0; begin < n; begin += 64) {
        const __m256i column = words();
        const std::uint64_t low
            = decide_32(words(), _mm256_and_si256(column, nibble), numbers + begin);
        const std::uint64_t high = decide_32(
            words(), _mm256_and_si256(_mm256_srli_epi64(column, 4), nibble), numbers + begin + 32);
        unsure[begin / 64] = low | high << 32;
    }
}

template <std::size_t cuts>
SPIKESCOPE_AVX512 void Inversion::decide_avx512(
    std::uint64_t key, std::size_t n, std::uint8_t* numbers, Unsure& unsure) const
{
    const auto columns = [&](const void* entries) SPIKESCOPE_AVX512 {
        return _mm512_maskz_broadcast_i32x4(
            0xffff, _mm_load_si128(static_cast<const __m128i*>(entries)));
    };
    const __m512i first = columns(columns_.first.data());
    __m512i cut[cuts];
    for (std::size_t l = 0; l < cuts; ++l) {
        cut[l] = columns(columns_.cut[l].data());
    }
    const __m512i beyond = _mm512_set1_epi8(static_cast<char>(columns_.beyond));
    const __m512i highest = _mm512_set1_epi8(126);
    const __m512i nibble = _mm512_set1_epi8(15);
    const __m512i one = _mm512_set1_epi8(1);
    // As in the AVX2 twin, for 64 numbers.
    const auto decide_64 = [&](__m512i byte, __m512i column, std::uint8_t* to) SPIKESCOPE_AVX512 {
        column = _mm512_and_si512(column, nibble);
        __m512i number = _mm512_shuffle_epi8(first, column);
        byte = _mm512_min_epi8(byte, highest);
        __mmask64 sure = ~__mmask64 {0};
        for (std::size_t l = 0; l < cuts; ++l) {
            const __m512i at = _mm512_shuffle_epi8(cut[l], column);
            number = _mm512_mask_add_epi8(number, _mm512_cmpgt_epi8_mask(byte, at), number, one);
            sure = _mm512_mask_cmpneq_epi8_mask(sure, byte, at);
        }
        sure = _mm512_mask_cmpneq_epi8_mask(sure, number, beyond);
        _mm512_storeu_si512(to, number);
        return ~static_cast<std::uint64_t>(sure);
    };
    using Lanes [[gnu::vector_size(64)]] = std::uint64_t;
    // The column groups of 128 places; then the bytes of the first 64 and of the others.
    Lanes columns_at = Lanes {1, 2, 3, 4, 13, 14, 15, 16} * golden_gamma + key;
    Lanes bytes_at = Lanes {5, 6, 7, 8, 9, 10, 11, 12} * golden_gamma + key;
    const auto words = [&](Lanes x) SPIKESCOPE_AVX512 {
        mix_in_place(x);
        return reinterpret_cast<__m512i>(x);
    };
    constexpr __mmask8 all = 0xff;
    // Four words twice, the second time moved to the other nibbles.
    const __m512i moves = _mm512_set_epi64(4, 4, 4, 4, 0, 0, 0, 0);
    for (std::size_t begin = 0; begin < n; begin += 128) {
        const __m512i column = words(columns_at);
        const __m512i low = _mm512_maskz_shuffle_i64x2(all, column, column, 0x44);
        unsure[begin / 64]
            = decide_64(words(bytes_at), _mm512_maskz_srlv_epi64(all, low, moves), numbers + begin);
        if (begin + 64 < n) {
            const __m512i high = _mm512_maskz_shuffle_i64x2(all, column, column, 0xee);
            unsure[begin / 64 + 1] = decide_64(words(bytes_at + 12 * golden_gamma),
                _mm512_maskz_srlv_epi64(all, high, moves), numbers + begin + 64);
        }
        columns_at += 24 * golden_gamma;
        bytes_at += 24 * golden_gamma;
    }
}

template <std::size_t cuts>
void Inversion::decide_wide(
    std::uint64_t key, std::size_t n, std::uint8_t* numbers, Unsure& unsure) const
{
    if (instructions() >= Instructions::avx512) {
        decide_avx512<cuts>(key, n, numbers, unsure);
    } else {
        decide_avx2<cuts>(key, n, numbers, unsure);
    }
}

#endif

void Inversion::decide(
    std::uint64_t key, std::size_t n, std::uint8_t* numbers, Unsure& unsure) const
{
#if defined(__x86_64__)
    if (instructions() >= Instructions::avx2) {
        switch (columns_.cuts) {
        case 1:
            return decide_wide<1>(key, n, numbers, unsure);
        case 2:
            return decide_wide<2>(key, n, numbers, unsure);
        case 3:
            return decide_wide<3>(key, n, numbers, unsure);
        case 4:
            return decide_wide<4>(key, n, numbers, unsure);
        case 5:
            return decide_wide<5>(key, n, numbers, unsure);
        case 6:
            return decide_wide<6>(key, n, numbers, unsure);
        case 7:
            return decide_wide<7>(key, n, numbers, unsure);
        case 8:
            return decide_wide<8>(key, n, numbers, unsure);
        default: // columns that have no cut or too many
            break;
        }
    }
#endif
    decide_baseline(key, n, numbers, unsure);
}

void Inversion::draw(std::uint64_t key, std::size_t n, std::uint8_t* numbers) const
{
    Unsure unsure;
    decide(key, n, numbers, unsure);
    // Listed first and drawn then, which mispredicts fewer branches.
    std::array<std::uint16_t, block + 1> places;
    std::size_t listed = 0;
    for (std::size_t begin = 0; begin < n; begin += 64) {
        std::uint64_t mask = unsure[begin / 64];
        do { // nearly always once
            places[listed] = static_cast<std::uint16_t>(
                begin + static_cast<std::size_t>(std::countr_zero(mask)));
            listed += mask != 0 ? 1 : 0;
            mask &= mask - 1;
        } while (mask != 0);
    }
    for (std::size_t p = 0; p < listed; ++p) {
        const std::size_t i = places[p];
        const std::size_t bits = first_bits(key, i);
        numbers[i] = static_cast<std::uint8_t>(
            number(static_cast<std::uint64_t>(bits) << 52 | last_bits(key, i),
                table_[bits] & (unsure_bit - 1)));
    }
}

} // namespace engine::core
