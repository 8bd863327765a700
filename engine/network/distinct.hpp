#pragma once

#include "engine/core/random.hpp"

#include <cstdint>
#include <unordered_set>
#include <vector>

namespace engine::network {

/// Draws of distinct numbers, every set equally likely (Floyd's algorithm: Bentley & Floyd 1987,
/// doi:10.1145/30401.315746). Keeps its memory between calls; one thread.
class DistinctDraw {
public:
    /// `count` distinct numbers in [0, n), count <= n, in `out`, in the order in which they were
    /// drawn.
    void draw(core::Random& random, std::uint64_t n, std::uint64_t count,
        std::vector<std::uint64_t>& out);

private:
    std::unordered_set<std::uint64_t> large_; ///< taken numbers where n is large
    std::vector<bool> small_; ///< the same as a bit for each number where n is small
};

} // namespace engine::network
