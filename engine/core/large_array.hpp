#pragma once

#include <cstddef>
#include <new>
#include <vector>

namespace engine::core {

/// Asks the system for large pages behind this memory: what is read here and there in hundreds of
/// megabytes otherwise spends its time on finding pages. Does nothing where there are none.
void advise_large_pages(void* memory, std::size_t bytes);

/// Memory that is read at random: in large pages where it is large.
template <class T> struct LargePageAllocator {
    using value_type = T;

    LargePageAllocator() = default;
    template <class U> LargePageAllocator(const LargePageAllocator<U>& /*other*/) { }

    T* allocate(std::size_t n)
    {
        // From the heap, whose blocks begin anywhere: arrays that all began at a large page would
        // compete for the same lines of the cache.
        void* const memory = ::operator new(n * sizeof(T));
        advise_large_pages(memory, n * sizeof(T));
        return static_cast<T*>(memory);
    }
    void deallocate(T* memory, std::size_t n) { ::operator delete(memory, n * sizeof(T)); }

    friend bool operator==(const LargePageAllocator& /*x*/, const LargePageAllocator& /*y*/)
    {
        return true;
    }
};

template <class T> using LargeArray = std::vector<T, LargePageAllocator<T>>;

} // namespace engine::core
