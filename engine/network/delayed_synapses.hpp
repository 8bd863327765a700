#pragma once

#include "engine/core/large_array.hpp"
#include "engine/network/arrivals.hpp"
#include "engine/network/delivery.hpp"
#include "engine/network/source_lists.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <numeric>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

namespace engine::network {

/// In place of the weight where the projection has one: arrivals are counted.
struct Unweighted { };

/// Synapses with individual delays, list by list; each list is sorted by delay, and by place within
/// the list of the source where the delay is the same.
template <class Weight> struct DelayedSynapses {
    static constexpr bool weighted = !std::is_same_v<Weight, Unweighted>;

    std::uint32_t targets = 0;
    std::uint32_t stride = 0; ///< of rows of arrivals
    core::LargeArray<std::uint32_t> begin; ///< by source, and the end of the last list
    /// (delay - shortest) * stride + target: where the synapse's sum is, counted from the row of
    /// the first arrivals of the spike.
    core::LargeArray<std::uint32_t> offset;
    core::LargeArray<Weight> weight; ///< empty where unweighted
    Delivery::Delays delays;

    explicit DelayedSynapses(SynapseStream& synapses)
        : targets(synapses.targets())
        , stride(static_cast<std::uint32_t>(BatchArrivals::stride_of(targets)))
        , begin(list_begins(synapses, 0.3))
        , offset(begin.back())
        , weight(weighted ? begin.back() : 0)
    {
        if (offset.empty()) {
            return;
        }
        core::LargeArray<std::uint16_t> delay(offset.size());
        for_each_place(synapses, begin, 0.7,
            [&](const SynapseBatch& batch, std::size_t i, std::uint32_t place) {
                delay[place] = batch.delay[i];
                offset[place] = batch.target[i];
                if constexpr (weighted) {
                    weight[place]
                        = static_cast<Weight>(batch.weight.empty() ? 1.0 : batch.weight[i]);
                }
            });
        const auto [shortest, longest] = std::minmax_element(delay.begin(), delay.end());
        delays = {*shortest, *longest};
        for (std::size_t s = 0; s + 1 < begin.size(); ++s) {
            sort_list(delay, begin[s], begin[s + 1]);
        }
    }

private:
    struct Synapse {
        std::uint16_t delay;
        std::uint32_t target;
        Weight weight;
    };

    void sort_list(std::span<const std::uint16_t> delay, std::size_t first, std::size_t end)
    {
        list_.clear();
        for (std::size_t place = first; place < end; ++place) {
            list_.push_back({delay[place], offset[place], weight_at(place)});
        }
        const auto shortest = static_cast<std::uint32_t>(delays.shortest);
        const auto kinds = static_cast<std::size_t>(delays.longest - delays.shortest) + 1;
        if (kinds > 4 * list_.size()) {
            std::stable_sort(list_.begin(), list_.end(),
                [](const Synapse& x, const Synapse& y) { return x.delay < y.delay; });
            for (std::size_t i = 0; i < list_.size(); ++i) {
                put(first + i, list_[i], shortest);
            }
            return;
        }
        next_.assign(kinds + 1, 0);
        for (const Synapse& synapse : list_) {
            ++next_[synapse.delay - shortest + 1];
        }
        std::partial_sum(next_.begin(), next_.end(), next_.begin());
        for (const Synapse& synapse : list_) {
            put(first + next_[synapse.delay - shortest]++, synapse, shortest);
        }
    }
    Weight weight_at([[maybe_unused]] std::size_t place) const
    {
        if constexpr (weighted) {
            return weight[place];
        } else {
            return {};
        }
    }
    void put(std::size_t place, const Synapse& synapse, std::uint32_t shortest)
    {
        offset[place] = (synapse.delay - shortest) * stride + synapse.target;
        if constexpr (weighted) {
            weight[place] = synapse.weight;
        }
    }

    std::vector<Synapse> list_;
    std::vector<std::uint32_t> next_; ///< place of the next synapse by delay
};

/// Whether all places among the rows of arrivals have 16 bits.
template <class Weight> bool short_offsets(const DelayedSynapses<Weight>& synapses)
{
    const auto rows
        = static_cast<std::size_t>(synapses.delays.longest - synapses.delays.shortest) + 1;
    return rows * synapses.stride - 1 <= std::numeric_limits<std::uint16_t>::max();
}

/// DelayedSynapses::offset in the width that is needed.
template <class Offset> core::LargeArray<Offset> offsets_as(core::LargeArray<std::uint32_t> offset)
{
    if constexpr (std::is_same_v<Offset, std::uint32_t>) {
        return offset;
    } else {
        core::LargeArray<Offset> narrow(offset.size());
        std::transform(offset.begin(), offset.end(), narrow.begin(),
            [](std::uint32_t o) { return static_cast<Offset>(o); });
        return narrow;
    }
}

} // namespace engine::network
