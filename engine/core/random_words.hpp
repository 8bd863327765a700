#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace engine::core {

/// Four neighbouring words of 64 random bits.
using WordGroup = std::array<std::uint64_t, 4>;

/// groups[g][l] = mix(key + (4 g + l + 1) golden_gamma) for g < n: the sequence that splitmix64
/// makes of `key`. Pure; the same bits on every processor; any thread.
void random_words(std::uint64_t key, std::size_t n, WordGroup* groups);

} // namespace engine::core
