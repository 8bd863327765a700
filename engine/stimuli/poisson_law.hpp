#pragma once

#include <array>
#include <cstdint>
#include <vector>

namespace engine::stimuli {

/// Poisson law of a fixed mean, drawn by inversion of its cumulative distribution in 64-bit fixed
/// point: one random word gives one count, exactly up to 2^-64. Immutable; any thread.
class PoissonLaw {
public:
    /// 0 <= mean <= largest_mean; larger means are sums of several draws.
    static constexpr double largest_mean = 4.0;
    explicit PoissonLaw(double mean);

    std::uint32_t count(std::uint64_t word) const
    {
        const std::uint8_t guess = guess_[word >> 52];
        return guess < unsure ? guess : walk(word, guess - unsure);
    }

private:
    // Entry i of guess_: the count of all words that begin with the 12 bits i where it is one
    // count, else `unsure` + the smallest of their counts.
    static constexpr std::uint8_t unsure = 128;
    std::uint32_t walk(std::uint64_t word, std::uint32_t from) const;
    std::vector<std::uint64_t> below_; ///< below_[n]: words less than this have a count <= n
    std::array<std::uint8_t, 4096> guess_ {};
};

} // namespace engine::stimuli
