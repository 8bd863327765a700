#include "engine/network/delayed_counts.hpp"
#include "engine/network/delayed_synapses.hpp"
#include "engine/network/delivery_kernels.hpp"
#include "engine/network/list_walk.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <type_traits>
#include <utility>
#include <vector>

namespace engine::network {

namespace {

/// Individual delays. A spike is remembered with the place in its source's list up to which it has
/// arrived: because the lists are sorted by delay, what arrives in the next steps is the next few
/// synapses. What is written stays within the rows of those steps; a ring with the sums of all
/// steps to come would leave the second cache between one batch and the next. Sums are in the order
/// (emission step, source, place).
template <class Offset, class Weight> class DelayedLists final : public Delivery {
public:
    explicit DelayedLists(DelayedSynapses<Weight> synapses)
        : targets_(synapses.targets)
        , stride_(synapses.stride)
        , begin_(std::move(synapses.begin))
        , offset_(offsets_as<Offset>(std::move(synapses.offset)))
        , weight_(std::move(synapses.weight))
        , delays_(synapses.delays)
    {
    }

    void send(const SpikeRing& spikes, core::Step from, core::Step to) override
    {
        for (core::Step stamp = from + 1; stamp <= to; ++stamp) {
            for (const std::uint32_t source : spikes.at(stamp)) {
                if (begin_[source] < begin_[source + 1]) {
                    travelling_.push_back(
                        {begin_[source], begin_[source + 1], stamp + delays_.shortest});
                }
            }
        }
    }
    void gather(const SpikeRing&, const StampWindows& windows, BatchArrivals& to, Scratch&) override
    {
        if (travelling_.empty() && earlier_.stamps.empty()) {
            return;
        }
        const core::Step first = windows.begin() + 1; // stamp of arrival of the first row
        for (std::size_t i = 0; i < windows.steps(); ++i) {
            begin_row(row(to, i), first + static_cast<core::Step>(i));
        }
        Sum* const rows = row(to, 0);
        const std::uint32_t expected = expected_of_list(windows.steps());
        std::size_t kept = 0;
        for (std::size_t i = 0; i < travelling_.size(); ++i) {
            if (i + lists_ahead < travelling_.size()) {
                prefetch(travelling_[i + lists_ahead], expected);
            }
            Travelling spike = travelling_[i];
            arrive(spike, first, windows.steps(), rows);
            if (spike.place < spike.end) {
                travelling_[kept++] = spike;
            }
        }
        travelling_.resize(kept);
        if (!earlier_.stamps.empty() && earlier_.stamps.back() <= windows.end()) {
            earlier_ = {};
        }
    }

    std::uint64_t synapses() const override { return offset_.size(); }
    std::size_t bytes() const override
    {
        return begin_.size() * sizeof(std::uint32_t) + offset_.size() * sizeof(Offset)
            + weight_.size() * sizeof(Weight);
    }
    Delays delays() const override { return delays_; }

    Pending pending() const override
    {
        core::Step first = std::numeric_limits<core::Step>::max();
        core::Step last = std::numeric_limits<core::Step>::min();
        for (const Travelling& spike : travelling_) {
            first = std::min(first, spike.first + delay_after_shortest(spike.place));
            last = std::max(last, spike.first + delay_after_shortest(spike.end - 1));
        }
        if (!earlier_.stamps.empty()) {
            first = std::min(first, earlier_.stamps.front());
            last = std::max(last, earlier_.stamps.back());
        }
        Pending out;
        for (core::Step stamp = first; stamp <= last; ++stamp) {
            out.stamps.push_back(stamp);
            out.sums.resize(out.sums.size() + targets_);
            begin_row(out.sums.data() + out.sums.size() - targets_, stamp);
        }
        for (const Travelling& spike : travelling_) {
            for (std::size_t place = spike.place; place < spike.end; ++place) {
                const core::Step stamp = spike.first + delay_after_shortest(place);
                out.sums[static_cast<std::size_t>(stamp - first) * targets_
                    + offset_[place] % stride_]
                    += static_cast<double>(addend(place));
            }
        }
        return out;
    }
    void set_pending(const Pending& pending, core::Step) override
    {
        travelling_.clear();
        earlier_ = pending;
    }

private:
    static constexpr bool weighted = DelayedSynapses<Weight>::weighted;
    static constexpr std::size_t lists_ahead = 12;
    using Sum = std::conditional_t<weighted, double, std::uint32_t>;
    /// A spike whose synapses [place, end) it has yet to reach.
    struct Travelling {
        std::uint32_t place;
        std::uint32_t end;
        core::Step first; ///< stamp of arrival over the shortest delay
    };

    static Sum* row(BatchArrivals& to, std::size_t i)
    {
        if constexpr (weighted) {
            return to.sums(i);
        } else {
            return to.counts32(i);
        }
    }
    /// What arrives then of spikes that were sent before the state was put in.
    template <class T> void begin_row(T* values, core::Step stamp) const
    {
        const auto found = std::lower_bound(earlier_.stamps.begin(), earlier_.stamps.end(), stamp);
        if (found == earlier_.stamps.end() || *found != stamp) {
            std::fill_n(values, targets_, T {0});
            return;
        }
        const auto i = static_cast<std::size_t>(found - earlier_.stamps.begin());
        std::transform(earlier_.sums.data() + i * targets_,
            earlier_.sums.data() + (i + 1) * targets_, values,
            [](double sum) { return static_cast<T>(sum); });
    }
    core::Step delay_after_shortest(std::size_t place) const
    {
        return static_cast<core::Step>(offset_[place] / stride_);
    }
    /// Synapses of a list that arrive in so many steps, on average.
    std::uint32_t expected_of_list(std::size_t steps) const
    {
        const auto kinds = static_cast<std::size_t>(delays_.longest - delays_.shortest) + 1;
        const std::size_t of_list = offset_.size() / std::max<std::size_t>(begin_.size() - 1, 1);
        return static_cast<std::uint32_t>(of_list * std::min(steps, kinds) / kinds + 1);
    }
    /// The same number for every list, even if it ends before: loops of different lengths are
    /// guessed badly, and a line too much costs less than that.
    void prefetch(const Travelling& spike, std::uint32_t expected) const
    {
        prefetch_list(&offset_[spike.place], expected);
        if constexpr (weighted) {
            prefetch_list(&weight_[spike.place], expected);
        }
    }
    /// What a synapse adds.
    Sum addend([[maybe_unused]] std::size_t place) const
    {
        if constexpr (weighted) {
            return static_cast<Sum>(weight_[place]);
        } else {
            return 1;
        }
    }
    /// Adds what arrives in the steps whose stamps are [first, first + steps).
    void arrive(Travelling& spike, core::Step first, std::size_t steps, Sum* rows) const
    {
        const core::Step until = first + static_cast<core::Step>(steps) - spike.first; // delay
        if (until <= 0) {
            return;
        }
        // Offsets below this one arrive in time; those of earlier steps are done.
        const std::uint64_t limit = static_cast<std::uint64_t>(until) * stride_;
        const std::int64_t base = (spike.first - first) * std::int64_t {stride_};
        std::size_t place = spike.place;
        // What is read comes before what is written: the compiler cannot know that they differ.
        constexpr std::size_t together = 4;
        while (place + together <= spike.end && offset_[place + together - 1] < limit) {
            std::array<std::int64_t, together> at {};
            std::array<Sum, together> added {};
            for (std::size_t j = 0; j < together; ++j) {
                at[j] = base + offset_[place + j];
                added[j] = addend(place + j);
            }
            for (std::size_t j = 0; j < together; ++j) {
                rows[at[j]] += added[j];
            }
            place += together;
        }
        if (place + together <= offset_.size()) {
            place += add_up_to_three(place, spike.end, limit, base, rows);
        } else {
            for (; place < spike.end && offset_[place] < limit; ++place) {
                rows[base + offset_[place]] += addend(place);
            }
        }
        spike.place = static_cast<std::uint32_t>(place);
    }

    /// Adds those of the next three synapses that are in the list and below the limit; returns how
    /// many. Without jumps, which would be guessed badly: in place of the others 0 is added to sums
    /// of nobody.
    std::size_t add_up_to_three(
        std::size_t place, std::size_t end, std::uint64_t limit, std::int64_t base, Sum* rows) const
    {
        constexpr std::size_t most = 3;
        static_assert(most <= BatchArrivals::spare);
        std::array<std::int64_t, most> at {};
        std::array<Sum, most> added {};
        std::size_t arriving = 0;
        for (std::size_t j = 0; j < most; ++j) {
            const bool arrives
                = static_cast<int>(place + j < end) & static_cast<int>(offset_[place + j] < limit);
            at[j] = arrives ? base + offset_[place + j] : static_cast<std::int64_t>(targets_ + j);
            added[j] = arrives ? addend(place + j) : Sum {0};
            arriving += arrives ? 1 : 0;
        }
        for (std::size_t j = 0; j < most; ++j) {
            rows[at[j]] += added[j];
        }
        return arriving;
    }

    std::uint32_t targets_;
    std::uint32_t stride_;
    core::LargeArray<std::uint32_t> begin_;
    core::LargeArray<Offset> offset_;
    core::LargeArray<Weight> weight_;
    Delays delays_;
    std::vector<Travelling> travelling_; ///< by emission step, then source
    Pending earlier_; ///< by stamp
};

template <class Weight> std::unique_ptr<Delivery> make(DelayedSynapses<Weight> synapses)
{
    if (short_offsets(synapses)) {
        return std::make_unique<DelayedLists<std::uint16_t, Weight>>(std::move(synapses));
    }
    return std::make_unique<DelayedLists<std::uint32_t, Weight>>(std::move(synapses));
}

} // namespace

std::unique_ptr<Delivery> make_delayed_lists(SynapseStream& synapses, Weights weights)
{
    switch (weights) {
    case Weights::none: {
        DelayedSynapses<Unweighted> unweighted(synapses);
        return delayed_counts_fit(unweighted) ? make_delayed_counts(std::move(unweighted))
                                              : make(std::move(unweighted));
    }
    case Weights::single_precision:
        return make(DelayedSynapses<float>(synapses));
    case Weights::double_precision:
        break;
    }
    return make(DelayedSynapses<double>(synapses));
}

} // namespace engine::network
