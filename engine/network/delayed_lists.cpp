#include "engine/core/large_array.hpp"
#include "engine/network/delivery_kernels.hpp"
#include "engine/network/list_walk.hpp"
#include "engine/network/source_lists.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <limits>
#include <type_traits>
#include <utility>

namespace engine::network {

namespace {

/// In place of the weight where the projection has one: arrivals are counted.
struct Unweighted { };

/// Synapses with individual delays, list by list.
template <class Weight> struct DelayedSynapses {
    std::uint32_t targets = 0;
    std::uint32_t stride = 0; ///< power of two, at least `targets`
    core::LargeArray<std::uint32_t> begin; ///< by source, and the end of the last list
    /// delay * stride + target: where the synapse's sum is, counted from the row of sums that
    /// arrives when the spike leaves.
    core::LargeArray<std::uint32_t> offset;
    core::LargeArray<Weight> weight; ///< empty where unweighted
    Delivery::Delays delays;

    explicit DelayedSynapses(SynapseStream& synapses)
        : targets(synapses.targets())
        , stride(std::bit_ceil(std::max(synapses.targets(), std::uint32_t {1})))
        , begin(list_begins(synapses, 0.3))
        , offset(begin.back())
    {
        if constexpr (!std::is_same_v<Weight, Unweighted>) {
            weight.resize(offset.size());
        }
        std::uint32_t shortest = longest_delay;
        std::uint32_t longest = 0;
        for_each_place(synapses, begin, 0.7,
            [&](const SynapseBatch& batch, std::size_t i, std::uint32_t place) {
                const std::uint32_t delay = batch.delay[i];
                shortest = std::min(shortest, delay);
                longest = std::max(longest, delay);
                offset[place] = delay * stride + batch.target[i];
                if constexpr (!std::is_same_v<Weight, Unweighted>) {
                    weight[place]
                        = static_cast<Weight>(batch.weight.empty() ? 1.0 : batch.weight[i]);
                }
            });
        if (!offset.empty()) {
            delays = {shortest, longest};
        }
    }
};

/// Individual delays: every spike is added to the sums of the steps in which it arrives as soon as
/// it is known, in the order (emission step, source, place). The sums are a ring of rows, by step
/// of arrival, in one array whose length is a power of two: one addition leads from a spike's row
/// to a synapse's sum. A ring that stays in the second cache makes it needless to sort the lists by
/// delay; layout.cpp makes blocks small enough.
template <class Offset, class Weight> class DelayedLists final : public Delivery {
public:
    explicit DelayedLists(DelayedSynapses<Weight> synapses)
        : targets_(synapses.targets)
        , stride_(synapses.stride)
        , begin_(std::move(synapses.begin))
        , weight_(std::move(synapses.weight))
        , delays_(synapses.delays)
    {
        if constexpr (std::is_same_v<Offset, std::uint32_t>) {
            offset_ = std::move(synapses.offset);
        } else {
            offset_.resize(synapses.offset.size());
            std::transform(synapses.offset.begin(), synapses.offset.end(), offset_.begin(),
                [](std::uint32_t offset) { return static_cast<Offset>(offset); });
        }
        resize_ring(static_cast<std::size_t>(delays_.longest) + 1);
    }

    void send(const SpikeRing& spikes, core::Step from, core::Step to, Scratch& scratch) override
    {
        ListWalk walk(begin_, spikes, Stamps {from, to}, scratch.lists);
        for (core::Step stamp = from + 1; stamp <= to; ++stamp) {
            const std::size_t count = spikes.at(stamp).size();
            if (count == 0) {
                continue;
            }
            for (core::Step delay = delays_.shortest; delay <= delays_.longest; ++delay) {
                stamps_[slot_of(stamp + delay)] = stamp + delay;
            }
            const std::size_t row = slot_of(stamp) * stride_;
            walk.next(
                count, [&](const SourceList& list) { prefetch(list); },
                [&](const SourceList& list) { push(list, row); });
        }
    }
    void gather(const SpikeRing&, const StampWindows& windows, BatchArrivals& to, Scratch&) override
    {
        for (std::size_t i = 0; i < windows.steps(); ++i) {
            const core::Step stamp = windows.begin() + static_cast<core::Step>(i) + 1;
            const std::size_t slot = slot_of(stamp);
            if (stamps_[slot] == stamp) {
                to.borrow(i, ring_.data() + slot * stride_);
            }
        }
    }
    void consumed(core::Step begin, core::Step end) override
    {
        for (core::Step stamp = begin + 1; stamp <= end; ++stamp) {
            const std::size_t slot = slot_of(stamp);
            if (stamps_[slot] == stamp) {
                std::fill_n(ring_.data() + slot * stride_, targets_, Sum {0});
                stamps_[slot] = nothing;
            }
        }
    }

    std::uint64_t synapses() const override { return offset_.size(); }
    std::size_t bytes() const override
    {
        return begin_.size() * sizeof(std::uint32_t) + offset_.size() * sizeof(Offset)
            + weight_.size() * sizeof(Weight) + ring_.size() * sizeof(Sum);
    }
    Delays delays() const override { return delays_; }

    Pending pending() const override
    {
        Pending out;
        for (std::size_t slot = 0; slot < stamps_.size(); ++slot) {
            if (stamps_[slot] != nothing) {
                out.stamps.push_back(stamps_[slot]);
                const Sum* sums = ring_.data() + slot * stride_;
                out.sums.insert(out.sums.end(), sums, sums + targets_);
            }
        }
        return out;
    }
    void set_pending(const Pending& pending, core::Step now) override
    {
        // Spikes that left under longer delays may be further away than this list's own.
        core::Step furthest = delays_.longest;
        for (const core::Step stamp : pending.stamps) {
            furthest = std::max(furthest, stamp - now);
        }
        resize_ring(static_cast<std::size_t>(furthest) + 1);
        for (std::size_t i = 0; i < pending.stamps.size(); ++i) {
            const std::size_t slot = slot_of(pending.stamps[i]);
            stamps_[slot] = pending.stamps[i];
            std::transform(pending.sums.data() + i * targets_,
                pending.sums.data() + (i + 1) * targets_, ring_.data() + slot * stride_,
                [](double sum) { return static_cast<Sum>(sum); });
        }
    }

private:
    static constexpr core::Step nothing = -1;
    static constexpr bool weighted = !std::is_same_v<Weight, Unweighted>;
    using Sum = std::conditional_t<weighted, double, std::uint32_t>;

    void prefetch(const SourceList& list) const
    {
        prefetch_list(&offset_[list.begin], list.size);
        if constexpr (weighted) {
            prefetch_list(&weight_[list.begin], list.size);
        }
    }
    /// What a synapse adds.
    Sum addend(std::size_t place) const
    {
        if constexpr (weighted) {
            return static_cast<Sum>(weight_[place]);
        } else {
            return 1;
        }
    }
    /// The spike of a source, from the row of its stamp.
    void push(const SourceList& list, std::size_t row)
    {
        const std::size_t mask = ring_.size() - 1;
        const std::size_t end = std::size_t {list.begin} + list.size;
        std::size_t place = list.begin;
        // What is read comes before what is written: the compiler cannot know that they differ.
        constexpr std::size_t together = 4;
        for (; end - place >= together; place += together) {
            std::array<std::size_t, together> at {};
            std::array<Sum, together> added {};
            for (std::size_t j = 0; j < together; ++j) {
                at[j] = (row + offset_[place + j]) & mask;
                added[j] = addend(place + j);
            }
            for (std::size_t j = 0; j < together; ++j) {
                ring_[at[j]] += added[j];
            }
        }
        for (; place < end; ++place) {
            ring_[(row + offset_[place]) & mask] += addend(place);
        }
    }

    std::size_t slot_of(core::Step stamp) const
    {
        return static_cast<std::size_t>(stamp) & (stamps_.size() - 1);
    }
    void resize_ring(std::size_t steps)
    {
        const std::size_t slots = std::bit_ceil(steps);
        ring_.assign(slots * stride_, Sum {0});
        stamps_.assign(slots, nothing);
    }

    std::uint32_t targets_;
    std::uint32_t stride_;
    core::LargeArray<std::uint32_t> begin_;
    core::LargeArray<Offset> offset_;
    core::LargeArray<Weight> weight_;
    Delays delays_;
    core::LargeArray<Sum> ring_; ///< by slot of the step of arrival, then target
    std::vector<core::Step> stamps_; ///< when the sums of a slot arrive
};

template <class Weight> std::unique_ptr<Delivery> make(SynapseStream& stream)
{
    DelayedSynapses<Weight> synapses(stream);
    const std::size_t furthest
        = static_cast<std::size_t>(synapses.delays.longest + 1) * synapses.stride - 1;
    if (furthest <= std::numeric_limits<std::uint16_t>::max()) {
        return std::make_unique<DelayedLists<std::uint16_t, Weight>>(std::move(synapses));
    }
    return std::make_unique<DelayedLists<std::uint32_t, Weight>>(std::move(synapses));
}

} // namespace

std::unique_ptr<Delivery> make_delayed_lists(SynapseStream& synapses, Weights weights)
{
    switch (weights) {
    case Weights::none:
        return make<Unweighted>(synapses);
    case Weights::single_precision:
        return make<float>(synapses);
    case Weights::double_precision:
        break;
    }
    return make<double>(synapses);
}

} // namespace engine::network
