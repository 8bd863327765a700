#include "engine/core/dispatch.hpp"
#include "engine/core/large_array.hpp"
#include "engine/network/delivery_kernels.hpp"
#include "engine/network/list_walk.hpp"
#include "engine/network/source_lists.hpp"

#include <algorithm>
#include <cstring>
#include <limits>

namespace engine::network {

namespace {

template <class T> constexpr std::size_t most_of = std::numeric_limits<T>::max();

SPIKESCOPE_INLINE std::uint8_t largest_of_body(const std::uint8_t* counts, std::size_t n)
{
    std::uint8_t largest = 0;
    for (std::size_t i = 0; i < n; ++i) {
        largest = counts[i] > largest ? counts[i] : largest;
    }
    return largest;
}
SPIKESCOPE_TWINS(std::uint8_t, largest_of, (const std::uint8_t* counts, std::size_t n), (counts, n))

SPIKESCOPE_INLINE void move_counts_body(
    std::uint8_t* __restrict bytes, std::uint32_t* __restrict sums, std::size_t n)
{
    for (std::size_t i = 0; i < n; ++i) {
        sums[i] += bytes[i];
        bytes[i] = 0;
    }
}
SPIKESCOPE_TWINS(
    void, move_counts, (std::uint8_t * bytes, std::uint32_t* sums, std::size_t n), (bytes, sums, n))

/// One weight, one delay: arrivals are counted and the count is multiplied once.
class CountedLists final : public Delivery {
public:
    explicit CountedLists(SynapseStream& synapses)
        : targets_(synapses.targets())
        , begin_(list_begins(synapses, 0.4))
        , target_(begin_.back())
    {
        std::vector<std::uint32_t> indegree(targets_, 0);
        for_each_place(synapses, begin_, 0.6,
            [&](const SynapseBatch& batch, std::size_t i, std::uint32_t place) {
                target_[place] = batch.target[i];
                ++indegree[batch.target[i]];
            });
        for (const std::uint32_t synapses_onto_one : indegree) {
            largest_indegree_ = std::max<std::size_t>(largest_indegree_, synapses_onto_one);
        }
        find_largest_multiplicity(synapses.sources());
    }

    void gather(const SpikeRing& spikes, const StampWindows& windows, BatchArrivals& to,
        Scratch& scratch) override
    {
        ListWalk walk(begin_, spikes, windows, scratch.lists);
        for (std::size_t i = 0; i < windows.steps(); ++i) {
            const std::size_t count = count_spikes(spikes, windows[i]);
            if (count == 0) {
                continue;
            }
            // A count must hold what the spikes can bring to one target at most.
            const auto stamps = static_cast<std::size_t>(windows[i].to - windows[i].from);
            const std::size_t most = std::min(count * most_onto_one_, stamps * largest_indegree_);
            if (most <= most_of<std::uint8_t>) {
                count_row(to.counts8(i), walk, count);
            } else if (groups_pay()) {
                count_in_groups(to, i, walk, count);
            } else if (most <= most_of<std::uint16_t>) {
                count_row(to.counts16(i), walk, count);
            } else {
                count_row(to.counts32(i), walk, count);
            }
        }
    }

    std::uint64_t synapses() const override { return target_.size(); }
    std::size_t bytes() const override
    {
        return begin_.size() * sizeof(std::uint32_t) + target_.size() * sizeof(std::uint16_t);
    }

private:
    /// Adds the next `count` spikes to the counts.
    template <class Count> void count_lists(Count* counts, ListWalk& walk, std::size_t count) const
    {
        walk.next(
            count, [&](const SourceList& list) { prefetch_list(&target_[list.begin], list.size); },
            [&](const SourceList& list) { count_list(counts, &target_[list.begin], list.size); });
    }
    template <class Count> void count_row(Count* counts, ListWalk& walk, std::size_t count) const
    {
        std::fill_n(counts, targets_, Count {0});
        count_lists(counts, walk, count);
    }

    /// Spikes that a row of bytes, none of them above `largest`, has room for in any case.
    std::size_t room_above(std::size_t largest) const
    {
        return (most_of<std::uint8_t> - largest) / most_onto_one_;
    }
    /// Whether it takes less to look at a row once for every group of spikes than to count in
    /// larger numbers: bytes of a large block stay in a cache where larger ones do not.
    bool groups_pay() const
    {
        constexpr std::size_t events_for_a_look = 16; // at one byte
        const std::size_t group_events
            = room_above(0) * target_.size() / std::max<std::size_t>(begin_.size() - 1, 1);
        return group_events * events_for_a_look >= targets_;
    }
    /// Counts in bytes as long as the largest count leaves room for more spikes, as it does unless
    /// far more arrive at a neuron than the average: bounds known in advance would be much wider.
    void count_in_groups(BatchArrivals& to, std::size_t i, ListWalk& walk, std::size_t count) const
    {
        const std::size_t smallest_group = std::max<std::size_t>(room_above(0) / 4, 1);
        std::uint8_t* const bytes = to.counts8(i);
        std::fill_n(bytes, targets_, std::uint8_t {0});
        for (std::size_t room = room_above(0); room >= smallest_group;
             room = room_above(largest_of(bytes, targets_))) {
            count_lists(bytes, walk, std::min(room, count));
            count -= std::min(room, count);
            if (count == 0) {
                return;
            }
        }
        std::uint32_t* const sums = to.counts32(i);
        std::fill_n(sums, targets_, 0);
        while (count > 0) {
            move_counts(bytes, sums, targets_);
            const std::size_t group = std::min(room_above(0), count);
            count_lists(bytes, walk, group);
            count -= group;
        }
        move_counts(bytes, sums, targets_);
    }

    template <class Count>
    static void count_list(Count* counts, const std::uint16_t* at, std::uint32_t size)
    {
        const std::uint16_t* const end = at + size;
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
    std::size_t largest_indegree_ = 0;
    core::LargeArray<std::uint32_t> begin_;
    core::LargeArray<std::uint16_t> target_;
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
