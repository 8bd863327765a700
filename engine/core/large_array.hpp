#pragma once

#include <cstddef>
#include <new>
#include <vector>

namespace engine::core {

/// Asks the system for large pages, where it has them: tables that are read at random places
/// otherwise pay for the translation of every address.
void prefer_large_pages(void* memory, std::size_t bytes);

/// Memory that begins at a cache line; large arrays in large pages.
template <class T> struct LineAllocator {
    using value_type = T;
    static constexpr std::align_val_t line {64};

    LineAllocator() = default;
    template <class Other> LineAllocator(const LineAllocator<Other>&) { }

    T* allocate(std::size_t n)
    {
        void* memory = ::operator new(n * sizeof(T), line);
        prefer_large_pages(memory, n * sizeof(T));
        return static_cast<T*>(memory);
    }
    void deallocate(T* memory, std::size_t) { ::operator delete(memory, line); }

    template <class Other> bool operator==(const LineAllocator<Other>&) const { return true; }
};

template <class T> using LargeArray = std::vector<T, LineAllocator<T>>;

} // namespace engine::core
