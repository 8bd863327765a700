#pragma once

#include "engine/core/dispatch.hpp"

namespace engine::core {

/// Asks for the cache line at `address`, which will be read soon.
SPIKESCOPE_INLINE void fetch_line(const void* address)
{
    __builtin_prefetch(address);
    // GCC 12 takes loops and functions that only fetch for ones without effect and drops them.
    asm volatile("");
}

} // namespace engine::core
