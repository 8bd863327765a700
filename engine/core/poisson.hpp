#pragma once

#include "engine/core/inversion.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>

namespace engine::core {

/// Numbers of Poisson events for the neurons of a block in one step, exact to 2^-53 of each
/// probability. Up to a mean of 1/64 the number of events of the whole block is drawn, and a place
/// for each; up to 128 sums of parts by inversion; beyond, rejection (Hoermann 1993,
/// doi:10.1016/0167-6687(93)90997-4). Immutable; any thread.
class PoissonTable {
public:
    static constexpr double largest_mean = 1e9;
    static constexpr std::size_t block = Inversion::block;

    /// Mean number of events in a step, >= 0. Throws RunError above largest_mean. Takes some
    /// microseconds.
    explicit PoissonTable(double mean);

    double mean() const { return mean_; }

    /// counts[0 .. n), n <= block, for the block and step that `key` names (StreamKey::member). The
    /// count of a neuron depends on (mean, key, its place in the block) alone, and its random words
    /// on (key, place): another mean makes other counts of the same words.
    void fill(std::uint64_t key, std::size_t n, std::uint32_t* counts) const;

    /// Whether counts above 255 are rarer than 2^-64; then the same counts can be had as bytes (and
    /// one above 255 would be 255).
    bool fits_byte() const { return method_ != Method::rejection; }
    /// As above. Only where fits_byte().
    void fill(std::uint64_t key, std::size_t n, std::uint8_t* counts) const;

private:
    enum class Method : std::uint8_t { sparse, sum, rejection };

    void scatter(std::uint64_t key, std::size_t n, std::uint8_t* counts) const;
    void add_parts(std::uint64_t key, std::uint8_t* counts, std::size_t n) const;

    double mean_;
    std::size_t parts_ = 1; ///< draws that are summed
    Method method_ = Method::rejection;
    std::optional<Inversion> inversion_; ///< of the block's events or of one part
};

} // namespace engine::core
