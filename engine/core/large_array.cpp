#include "engine/core/large_array.hpp"

#include <cstddef>
#include <cstdint>

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace engine::core {

void prefer_large_pages([[maybe_unused]] void* memory, [[maybe_unused]] std::size_t bytes)
{
#if defined(__linux__)
    constexpr std::uintptr_t large_page = std::uintptr_t {1} << 21;
    const auto address = reinterpret_cast<std::uintptr_t>(memory);
    const std::uintptr_t begin = (address + large_page - 1) / large_page * large_page;
    const std::uintptr_t end = (address + bytes) / large_page * large_page;
    if (end > begin) {
        // A wish: without it everything works, only slower.
        ::madvise(static_cast<std::byte*>(memory) + (begin - address), end - begin, MADV_HUGEPAGE);
    }
#endif
}

} // namespace engine::core
