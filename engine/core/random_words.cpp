#include "engine/core/random_words.hpp"

#include "engine/core/dispatch.hpp"
#include "engine/core/random.hpp"

#include <cstring>

namespace engine::core {

namespace {

// An extension that GCC and clang have for every processor.
using Lanes [[gnu::vector_size(32)]] = std::uint64_t;

SPIKESCOPE_INLINE void words_body(std::uint64_t key, std::size_t n, WordGroup* groups)
{
    Lanes next = Lanes {1, 2, 3, 4} * golden_gamma + key;
    for (std::size_t g = 0; g < n; ++g) {
        Lanes x = next;
        mix_in_place(x);
        std::memcpy(groups[g].data(), &x, sizeof x);
        next += 4 * golden_gamma;
    }
}

SPIKESCOPE_TWINS(
    void, words, (std::uint64_t key, std::size_t n, WordGroup* groups), (key, n, groups))

} // namespace

void random_words(std::uint64_t key, std::size_t n, WordGroup* groups) { words(key, n, groups); }

} // namespace engine::core
