#include "engine/network/delivery_kernels.hpp"
#include "engine/network/source_lists.hpp"

#include <algorithm>
#include <cstring>
#include <limits>

namespace engine::network {

namespace {

/// One weight, one delay: arrivals are counted and the count is multiplied once.
class CountedLists final : public Delivery {
public:
    explicit CountedLists(SynapseStream& synapses)
        : targets_(synapses.targets())
        , begin_(list_begins(synapses, 0.4))
        , target_(begin_.back())
    {
        for_each_place(synapses, begin_, 0.6,
            [&](const SynapseBatch& batch, std::size_t i, std::uint32_t place) {
                target_[place] = batch.target[i];
            });
        find_largest_multiplicity(synapses.sources());
    }

    void gather(const SpikeRing& spikes, const StampWindows& windows, BatchArrivals& to,
        Scratch& scratch) override
    {
        for (std::size_t i = 0; i < windows.steps(); ++i) {
            const std::size_t count = count_spikes(spikes, windows[i]);
            if (count == 0) {
                continue;
            }
            // A count must hold what the spikes can bring to one target at most.
            const std::size_t most = count * most_onto_one_;
            if (most <= std::numeric_limits<std::uint8_t>::max()) {
                count_row(to.counts8(i), scratch.lists, spikes, windows[i]);
            } else if (most <= std::numeric_limits<std::uint16_t>::max()) {
                count_row(to.counts16(i), scratch.lists, spikes, windows[i]);
            } else {
                count_row(to.counts32(i), scratch.lists, spikes, windows[i]);
            }
        }
    }

    std::uint64_t synapses() const override { return target_.size(); }
    std::size_t bytes() const override
    {
        return begin_.size() * sizeof(std::uint32_t) + target_.size() * sizeof(std::uint16_t);
    }

private:
    template <class Count>
    void count_row(Count* counts, std::vector<SourceList>& lists, const SpikeRing& spikes,
        const Stamps& stamps) const
    {
        std::fill_n(counts, targets_, Count {0});
        for (core::Step stamp = stamps.from + 1; stamp <= stamps.to; ++stamp) {
            count_lists(counts, spikes.at(stamp), lists);
        }
    }

    template <class Count>
    void count_lists(
        Count* counts, std::span<const std::uint32_t> sources, std::vector<SourceList>& lists) const
    {
        // Where the lists are is looked up in one go: the look-ups miss the cache, and only
        // independent ones can wait at the same time.
        lists.resize(sources.size());
        for (std::size_t i = 0; i < sources.size(); ++i) {
            const std::uint32_t begin = begin_[sources[i]];
            lists[i] = {target_.data() + begin, begin_[sources[i] + 1] - begin};
        }
        constexpr std::size_t lists_ahead = 8;
        for (std::size_t i = 0; i < std::min(lists_ahead, lists.size()); ++i) {
            prefetch(lists[i]);
        }
        for (std::size_t i = 0; i < lists.size(); ++i) {
            if (i + lists_ahead < lists.size()) {
                prefetch(lists[i + lists_ahead]);
            }
            count_list(counts, lists[i]);
        }
    }

    template <class Count> static void count_list(Count* counts, const SourceList& list)
    {
        const std::uint16_t* at = list.targets;
        const std::uint16_t* const end = at + list.size;
        // Eight indices are loaded before the first count is written: the compiler cannot know
        // that the two do not overlap.
        for (; end - at >= 8; at += 8) {
            std::uint64_t low = 0;
            std::uint64_t high = 0;
            std::memcpy(&low, at, sizeof low);
            std::memcpy(&high, at + 4, sizeof high);
            for (int shift = 0; shift < 64; shift += 16) {
                ++counts[(low >> shift) & 0xffffU];
            }
            for (int shift = 0; shift < 64; shift += 16) {
                ++counts[(high >> shift) & 0xffffU];
            }
        }
        for (; at != end; ++at) {
            ++counts[*at];
        }
    }

    static void prefetch(const SourceList& list)
    {
        constexpr std::uint32_t line = 64 / sizeof(std::uint16_t);
        constexpr std::uint32_t most_lines = 8; // the processor follows long lists by itself
        const std::uint32_t size = std::min(list.size, most_lines * line);
        for (std::uint32_t at = 0; at < size; at += line) {
            __builtin_prefetch(list.targets + at);
        }
    }

    void find_largest_multiplicity(std::uint32_t sources)
    {
        std::vector<std::uint32_t> seen(targets_, 0);
        for (std::uint32_t s = 0; s < sources; ++s) {
            for (std::uint32_t i = begin_[s]; i < begin_[s + 1]; ++i) {
                most_onto_one_ = std::max<std::size_t>(most_onto_one_, ++seen[target_[i]]);
            }
            for (std::uint32_t i = begin_[s]; i < begin_[s + 1]; ++i) {
                seen[target_[i]] = 0;
            }
        }
    }

    std::uint32_t targets_;
    std::size_t most_onto_one_ = 1; ///< synapses that one source has with one target
    std::vector<std::uint32_t> begin_;
    std::vector<std::uint16_t> target_;
};

} // namespace

std::unique_ptr<Delivery> make_counted_lists(SynapseStream& synapses)
{
    return std::make_unique<CountedLists>(synapses);
}

std::size_t count_spikes(const SpikeRing& spikes, const Stamps& stamps)
{
    std::size_t count = 0;
    for (core::Step stamp = stamps.from + 1; stamp <= stamps.to; ++stamp) {
        count += spikes.at(stamp).size();
    }
    return count;
}

} // namespace engine::network
