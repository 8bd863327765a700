#pragma once

#include <cstddef>
#include <cstdint>

namespace engine::core {

/// Numbers side by side; an extension that GCC and clang have for every processor.
template <std::size_t lanes> struct Lanes {
    using Words [[gnu::vector_size(8 * lanes)]] = std::uint64_t;
    using Doubles [[gnu::vector_size(8 * lanes)]] = double;
    using Floats [[gnu::vector_size(4 * lanes)]] = float;
};
template <std::size_t lanes> using Words = typename Lanes<lanes>::Words;
template <std::size_t lanes> using Doubles = typename Lanes<lanes>::Doubles;
template <std::size_t lanes> using Floats = typename Lanes<lanes>::Floats;

} // namespace engine::core
