#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace engine::core {

/// Numbers of Poisson events for the neurons of a block in one step, exact to 2^-53 of each
/// probability: inversion of the cumulative distribution, sums of several such draws for larger
/// means, and rejection (Hoermann 1993, doi:10.1016/0167-6687(93)90997-4) from a mean of 64 on.
/// Immutable; any thread.
class PoissonTable {
public:
    static constexpr double largest_mean = 1e9;

    /// Mean number of events in a step, >= 0. Throws RunError above largest_mean. Takes some
    /// microseconds.
    explicit PoissonTable(double mean);

    double mean() const { return mean_; }

    /// counts[0 .. n) for the block and step that `key` names (StreamKey::member). The count of a
    /// neuron depends on (mean, key, its place in the block) alone, and its random words on (key,
    /// place): another mean makes other counts of the same words.
    void fill(std::uint64_t key, std::size_t n, std::uint32_t* counts) const;

    /// Whether counts above 255 are rarer than 2^-64; then they can be had as bytes, the same ones.
    bool fits_byte() const { return parts_ != 0; }
    /// As above. Only where fits_byte().
    void fill(std::uint64_t key, std::size_t n, std::uint8_t* counts) const;

private:
    void add_part(
        const std::array<std::uint64_t, 16>& seeds, std::size_t n, std::uint32_t* counts) const;
    std::uint32_t invert(std::uint64_t word, std::uint32_t from) const;

    // Entry i of guess_: the count of all words that begin with the 12 bits i where it is one
    // count, else `unsure` + the smallest of their counts.
    static constexpr std::uint8_t unsure = 128;

    double mean_;
    std::size_t parts_; ///< draws that are summed; 0: rejection
    std::vector<std::uint64_t> below_; ///< of one part: words less than below_[k] have a count <= k
    std::array<std::uint8_t, 4096> guess_ {};
};

} // namespace engine::core
