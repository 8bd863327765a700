#pragma once

#include "engine/core/fetch.hpp"
#include "engine/network/arrivals.hpp"
#include "engine/network/spike_ring.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace engine::network {

/// The synapses of one source within a block: places in the arrays of a storage.
struct SourceList {
    std::uint32_t begin = 0;
    std::uint32_t size = 0;
};

/// Goes through the lists of all spikes that arrive in a batch, in the order (step of arrival,
/// emission step, source). Where they are is looked up in one go, because the look-ups miss the
/// cache and only independent ones can wait at the same time; lists that come later, be it in
/// another step, are fetched while earlier ones are worked on.
class ListWalk {
public:
    /// `begins`: of the list of each source, and the end of the last. `lists` is working memory.
    ListWalk(std::span<const std::uint32_t> begins, const SpikeRing& spikes,
        const StampWindows& windows, std::vector<SourceList>& lists)
        : lists_(lists)
    {
        lists.clear();
        for (std::size_t i = 0; i < windows.steps(); ++i) {
            append(begins, spikes, windows[i], lists);
        }
    }

    /// Calls work(list) for the next `count` spikes. prefetch(list) is called for each a few lists
    /// before.
    template <class Prefetch, class Work> void next(std::size_t count, Prefetch prefetch, Work work)
    {
        constexpr std::size_t ahead = 12; // enough for a miss, few enough for the first cache
        for (const std::size_t end = at_ + count; at_ < end; ++at_) {
            const std::size_t until = std::min(lists_.size(), at_ + ahead + 1);
            for (; fetched_ < until; ++fetched_) {
                prefetch(lists_[fetched_]);
            }
            work(lists_[at_]);
        }
    }

private:
    static void append(std::span<const std::uint32_t> begins, const SpikeRing& spikes,
        const Stamps& stamps, std::vector<SourceList>& lists)
    {
        for (core::Step stamp = stamps.from + 1; stamp <= stamps.to; ++stamp) {
            for (const std::uint32_t source : spikes.at(stamp)) {
                const std::uint32_t begin = begins[source];
                lists.push_back({begin, begins[source + 1] - begin});
            }
        }
    }

    const std::vector<SourceList>& lists_;
    std::size_t at_ = 0;
    std::size_t fetched_ = 0;
};

/// Fetches a list, of a very long one the beginning: the processor follows it by itself, but it
/// takes some lines until it does.
template <class T> void prefetch_list(const T* values, std::uint32_t size)
{
    constexpr std::uint32_t line = 64 / sizeof(T);
    constexpr std::uint32_t most_lines = 32;
    const std::uint32_t end = std::min(size, most_lines * line);
    for (std::uint32_t at = 0; at < end; at += line) {
        core::fetch_line(values + at);
    }
    if (end > 0) {
        core::fetch_line(values + end - 1); // a list begins anywhere in a line
    }
}

} // namespace engine::network
