#include "engine/network/delivery_kernels.hpp"
#include "engine/network/source_lists.hpp"

#include <algorithm>
#include <bit>

namespace engine::network {

namespace {

/// Individual delays: every spike is added to the sums of the steps in which it arrives as soon as
/// it is known, in the order (emission step, source, place).
template <class Weight> class DelayedLists final : public Delivery {
public:
    explicit DelayedLists(SynapseStream& synapses)
        : targets_(synapses.targets())
        , begin_(list_begins(synapses, 0.3))
        , synapses_(begin_.back())
    {
        for_each_place(synapses, begin_, 0.7,
            [&](const SynapseBatch& batch, std::size_t i, std::uint32_t place) {
                const double weight = batch.weight.empty() ? 1.0 : batch.weight[i];
                synapses_[place] = {batch.target[i], batch.delay[i], static_cast<Weight>(weight)};
            });
        if (!synapses_.empty()) {
            const auto [low, high] = std::minmax_element(synapses_.begin(), synapses_.end(),
                [](const Synapse& x, const Synapse& y) { return x.delay < y.delay; });
            delays_ = {low->delay, high->delay};
        }
        resize_ring(static_cast<std::size_t>(delays_.longest) + 1);
    }

    void send(const SpikeRing& spikes, core::Step from, core::Step to) override
    {
        for (core::Step stamp = from + 1; stamp <= to; ++stamp) {
            for (const std::uint32_t source : spikes.at(stamp)) {
                for (std::uint32_t i = begin_[source]; i < begin_[source + 1]; ++i) {
                    const Synapse& synapse = synapses_[i];
                    const std::size_t slot = slot_of(stamp + synapse.delay);
                    stamps_[slot] = stamp + synapse.delay;
                    ring_[slot * targets_ + synapse.target] += static_cast<double>(synapse.weight);
                }
            }
        }
    }
    void gather(const SpikeRing&, const StampWindows& windows, BatchArrivals& to, Scratch&) override
    {
        for (std::size_t i = 0; i < windows.steps(); ++i) {
            const core::Step stamp = windows.begin() + static_cast<core::Step>(i) + 1;
            const std::size_t slot = slot_of(stamp);
            if (stamps_[slot] == stamp) {
                to.borrow_sums(i, ring_.data() + slot * targets_);
            }
        }
    }
    void consumed(core::Step begin, core::Step end) override
    {
        for (core::Step stamp = begin + 1; stamp <= end; ++stamp) {
            const std::size_t slot = slot_of(stamp);
            if (stamps_[slot] == stamp) {
                std::fill_n(
                    ring_.begin() + static_cast<std::ptrdiff_t>(slot * targets_), targets_, 0.0);
                stamps_[slot] = nothing;
            }
        }
    }

    std::uint64_t synapses() const override { return synapses_.size(); }
    std::size_t bytes() const override
    {
        return begin_.size() * sizeof(std::uint32_t) + synapses_.size() * sizeof(Synapse)
            + ring_.size() * sizeof(double);
    }
    Delays delays() const override { return delays_; }

    Pending pending() const override
    {
        Pending out;
        for (std::size_t slot = 0; slot < stamps_.size(); ++slot) {
            if (stamps_[slot] != nothing) {
                out.stamps.push_back(stamps_[slot]);
                const double* sums = ring_.data() + slot * targets_;
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
            std::copy_n(
                pending.sums.data() + i * targets_, targets_, ring_.data() + slot * targets_);
        }
    }

private:
    static constexpr core::Step nothing = -1;
    struct Synapse {
        std::uint16_t target;
        std::uint16_t delay;
        Weight weight;
    };

    std::size_t slot_of(core::Step stamp) const
    {
        return static_cast<std::size_t>(stamp) & (stamps_.size() - 1);
    }
    void resize_ring(std::size_t steps)
    {
        const std::size_t slots = std::bit_ceil(steps);
        ring_.assign(slots * targets_, 0.0);
        stamps_.assign(slots, nothing);
    }

    std::uint32_t targets_;
    core::LargeArray<std::uint32_t> begin_;
    std::vector<Synapse> synapses_;
    Delays delays_;
    std::vector<double> ring_; ///< sums by slot of the step of arrival, then target
    std::vector<core::Step> stamps_; ///< when the sums of a slot arrive
};

} // namespace

std::unique_ptr<Delivery> make_delayed_lists(SynapseStream& synapses)
{
    return std::make_unique<DelayedLists<float>>(synapses);
}

std::unique_ptr<Delivery> make_delayed_lists_exact(SynapseStream& synapses)
{
    return std::make_unique<DelayedLists<double>>(synapses);
}

} // namespace engine::network
