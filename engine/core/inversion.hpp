#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace engine::core {

/// Small random numbers by inversion of their cumulative distribution with 64 random bits each.
/// The first 12 bits of a word decide nearly every number: 4 name a column of the table, where 8
/// are compared with the few cuts between numbers that fall into it. Where they hit a cut, all 64
/// bits decide. So a number is a non-decreasing function of its word. Immutable; any thread.
class Inversion {
public:
    static constexpr std::size_t block = 512; ///< numbers that have words under one key
    static constexpr std::size_t most_numbers = 128;

    /// below[k]: words less than it give a number <= k; ascending, the last is 2^64 - 1. At most
    /// most_numbers. Takes some microseconds.
    explicit Inversion(std::vector<std::uint64_t> below);

    /// The number of a word.
    std::uint32_t number(std::uint64_t word) const;

    /// numbers[0 .. n), n <= block, of word(key, 0), word(key, 1), ... There has to be room for n
    /// rounded up to a multiple of 64.
    void draw(std::uint64_t key, std::size_t n, std::uint8_t* numbers) const;

    /// The random bits of place i < block: a function of (key, i) alone. Of the sequence that
    /// splitmix64 makes of `key` three groups of four words serve 64 places: the nibbles of the
    /// first group are columns, the bytes of the others go on (with the first bit inverted). The
    /// last 52 bits come from a sequence of their own.
    static std::uint64_t word(std::uint64_t key, std::size_t i);

private:
    /// The table by columns, as the twins for AVX2 and AVX-512 read it.
    struct Columns {
        static constexpr std::size_t most_cuts = 8;
        explicit Columns(const std::array<std::uint8_t, 4096>& table);

        std::size_t cuts = 0; ///< in use; 0: the columns have too many
        std::uint8_t beyond = 255; ///< numbers from here on are unsure
        alignas(16) std::array<std::uint8_t, 16> first {}; ///< number at the bottom of the column
        /// cut[l][c]: byte, as a signed one, that holds the l-th cut of column c; 127: none.
        alignas(16) std::array<std::array<std::int8_t, 16>, most_cuts> cut {};
    };
    /// Bit i % 64 of element i / 64: number i is not yet decided.
    using Unsure = std::array<std::uint64_t, block / 64>;

    std::uint32_t number(std::uint64_t word, std::uint32_t from) const;
    void decide(std::uint64_t key, std::size_t n, std::uint8_t* numbers, Unsure& unsure) const;
    void decide_baseline(
        std::uint64_t key, std::size_t n, std::uint8_t* numbers, Unsure& unsure) const;
    template <std::size_t cuts>
    void decide_avx2(std::uint64_t key, std::size_t n, std::uint8_t* numbers, Unsure& unsure) const;
    template <std::size_t cuts>
    void decide_avx512(
        std::uint64_t key, std::size_t n, std::uint8_t* numbers, Unsure& unsure) const;
    template <std::size_t cuts>
    void decide_wide(std::uint64_t key, std::size_t n, std::uint8_t* numbers, Unsure& unsure) const;

    std::vector<std::uint64_t> below_;
    /// Entry i: the number of all words that begin with the 12 bits i where that is also the first
    /// one of entry i + 1, else most_numbers + the smallest of their numbers: unsure.
    std::array<std::uint8_t, 4096> table_;
    Columns columns_;
};

} // namespace engine::core
