#include "engine/network/delayed_counts.hpp"

#include "engine/network/list_walk.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace engine::network {

namespace {

std::size_t steps_of(const Delivery::Delays& delays)
{
    return static_cast<std::size_t>(std::max<core::Step>(delays.longest, 1));
}

/// A ring of rows of counts, one for each step that a spike can be under way. Each synapse brings
/// at most one spike to a step, so that a count is never larger than the number of synapses of its
/// target.
template <class Offset, class Count> class DelayedCounts final : public Delivery {
public:
    explicit DelayedCounts(DelayedSynapses<Unweighted> synapses)
        : targets_(synapses.targets)
        , stride_(synapses.stride)
        , begin_(std::move(synapses.begin))
        , offset_(offsets_as<Offset>(std::move(synapses.offset)))
        , delays_(synapses.delays)
        , steps_(steps_of(delays_))
        , ring_(steps_ * stride_, 0)
    {
    }

    void send(const SpikeRing& spikes, core::Step from, core::Step to) override
    {
        // Where the lists are is looked up in one go, because the look-ups miss the cache and only
        // independent ones can wait at the same time.
        lists_.clear();
        for (core::Step stamp = from + 1; stamp <= to; ++stamp) {
            for (const std::uint32_t source : spikes.at(stamp)) {
                lists_.push_back({begin_[source], begin_[source + 1] - begin_[source]});
            }
        }
        std::size_t fetched = 0;
        std::size_t next = 0;
        for (core::Step stamp = from + 1; stamp <= to; ++stamp) {
            const std::size_t base = row_of(stamp + delays_.shortest);
            const std::size_t end = next + spikes.at(stamp).size();
            if (next < end) {
                last_ = stamp + delays_.longest;
            }
            for (; next < end; ++next) {
                const std::size_t until = std::min(lists_.size(), next + lists_ahead + 1);
                for (; fetched < until; ++fetched) {
                    prefetch_list(offset_.data() + lists_[fetched].begin, lists_[fetched].size);
                }
                add(base, lists_[next].begin, lists_[next].begin + lists_[next].size);
            }
        }
    }

    void gather(const SpikeRing&, const StampWindows& windows, BatchArrivals& to, Scratch&) override
    {
        for (std::size_t i = 0; i < windows.steps(); ++i) {
            const core::Step stamp = windows.begin() + static_cast<core::Step>(i) + 1;
            const double* earlier = earlier_at(stamp);
            if (stamp > last_ && earlier == nullptr) {
                continue;
            }
            Count* const row = ring_.data() + row_of(stamp);
            if (earlier == nullptr) {
                std::copy_n(row, targets_, row_in(to, i));
            } else {
                std::transform(
                    row, row + targets_, earlier, to.counts32(i), [](Count count, double sum) {
                        return count + static_cast<std::uint32_t>(sum);
                    });
            }
            std::fill_n(row, targets_, Count {0});
        }
        if (!earlier_.stamps.empty() && earlier_.stamps.back() <= windows.end()) {
            earlier_ = {};
        }
    }

    std::uint64_t synapses() const override { return offset_.size(); }
    std::size_t bytes() const override
    {
        return begin_.size() * sizeof(std::uint32_t) + offset_.size() * sizeof(Offset)
            + ring_.size() * sizeof(Count);
    }
    Delays delays() const override { return delays_; }

    Pending pending() const override
    {
        // The rows of the ring are those of the stamps up to the last arrival; rows that have been
        // gathered are zero, and say nothing wrong under the stamp of a later step.
        Pending out;
        const auto steps = static_cast<core::Step>(steps_);
        core::Step first = last_ - steps + 1;
        core::Step end = last_;
        if (!earlier_.stamps.empty()) {
            first = std::min(first, earlier_.stamps.front());
            end = std::max(end, earlier_.stamps.back());
        }
        for (core::Step stamp = std::max<core::Step>(first, 1); stamp <= end; ++stamp) {
            const double* earlier = earlier_at(stamp);
            const Count* row
                = stamp > last_ - steps && stamp <= last_ ? ring_.data() + row_of(stamp) : nullptr;
            out.stamps.push_back(stamp);
            for (std::uint32_t t = 0; t < targets_; ++t) {
                out.sums.push_back((row == nullptr ? 0.0 : static_cast<double>(row[t]))
                    + (earlier == nullptr ? 0.0 : earlier[t]));
            }
        }
        return out;
    }
    void set_pending(const Pending& pending, core::Step) override
    {
        std::fill(ring_.begin(), ring_.end(), Count {0});
        last_ = 0;
        earlier_ = pending;
    }

private:
    static constexpr std::size_t lists_ahead = 16;

    static Count* row_in(BatchArrivals& to, std::size_t i)
    {
        if constexpr (sizeof(Count) == 1) {
            return to.counts8(i);
        } else {
            return to.counts16(i);
        }
    }
    std::size_t row_of(core::Step stamp) const
    {
        return static_cast<std::size_t>(stamp) % steps_ * stride_;
    }
    /// What arrives then of spikes that were sent before the state was put in; nullptr = nothing.
    const double* earlier_at(core::Step stamp) const
    {
        const auto found = std::lower_bound(earlier_.stamps.begin(), earlier_.stamps.end(), stamp);
        return found == earlier_.stamps.end() || *found != stamp ? nullptr
                                                                 : earlier_.sums.data()
                + static_cast<std::size_t>(found - earlier_.stamps.begin()) * targets_;
    }
    void add(std::size_t base, std::size_t place, std::size_t end)
    {
        Count* const ring = ring_.data();
        const std::size_t size = ring_.size();
        for (; place < end; ++place) {
            const std::size_t at = base + offset_[place];
            ++ring[at < size ? at : at - size];
        }
    }

    std::uint32_t targets_;
    std::uint32_t stride_;
    core::LargeArray<std::uint32_t> begin_;
    core::LargeArray<Offset> offset_; ///< from the row that the shortest delay leads to
    Delays delays_;
    std::size_t steps_; ///< rows of the ring
    core::LargeArray<Count> ring_;
    core::Step last_ = 0; ///< nothing in the ring arrives later
    Pending earlier_; ///< by stamp
    std::vector<SourceList> lists_; ///< working memory
};

std::uint32_t largest_indegree(const DelayedSynapses<Unweighted>& synapses)
{
    std::vector<std::uint32_t> indegree(std::size_t {synapses.targets} + 1, 0);
    for (const std::uint32_t offset : synapses.offset) {
        ++indegree[offset % synapses.stride];
    }
    return *std::max_element(indegree.begin(), indegree.end());
}

template <class Offset>
std::unique_ptr<Delivery> make_with_offsets(DelayedSynapses<Unweighted> synapses)
{
    if (largest_indegree(synapses) <= std::numeric_limits<std::uint8_t>::max()) {
        return std::make_unique<DelayedCounts<Offset, std::uint8_t>>(std::move(synapses));
    }
    return std::make_unique<DelayedCounts<Offset, std::uint16_t>>(std::move(synapses));
}

} // namespace

bool delayed_counts_fit(const DelayedSynapses<Unweighted>& synapses)
{
    constexpr std::size_t most_counts = std::size_t {1} << 20U;
    return steps_of(synapses.delays) * synapses.stride <= most_counts
        && largest_indegree(synapses) <= std::numeric_limits<std::uint16_t>::max();
}

std::unique_ptr<Delivery> make_delayed_counts(DelayedSynapses<Unweighted> synapses)
{
    return short_offsets(synapses) ? make_with_offsets<std::uint16_t>(std::move(synapses))
                                   : make_with_offsets<std::uint32_t>(std::move(synapses));
}

} // namespace engine::network
