#include "engine/core/dispatch.hpp"
#include "engine/core/large_array.hpp"
#include "engine/network/delivery_kernels.hpp"
#include "engine/network/list_walk.hpp"
#include "engine/network/source_lists.hpp"

#include <algorithm>
#include <array>

namespace engine::network {

namespace {

/// One delay, individual weights: summed in the order (emission step, source, place).
class WeightedLists final : public Delivery {
public:
    explicit WeightedLists(SynapseStream& synapses)
        : targets_(synapses.targets())
        , begin_(list_begins(synapses, 0.3))
        , target_(begin_.back())
        , weight_(begin_.back())
    {
        for_each_place(synapses, begin_, 0.7,
            [&](const SynapseBatch& batch, std::size_t i, std::uint32_t place) {
                target_[place] = batch.target[i];
                weight_[place] = static_cast<float>(batch.weight[i]);
            });
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
            double* sums = to.sums(i);
            std::fill_n(sums, targets_, 0.0);
            walk.next(
                count,
                [&](const SourceList& list) {
                    prefetch_list(&target_[list.begin], list.size);
                    prefetch_list(&weight_[list.begin], list.size);
                },
                [&](const SourceList& list) {
                    for (std::size_t j = list.begin; j < list.begin + list.size; ++j) {
                        sums[target_[j]] += static_cast<double>(weight_[j]);
                    }
                });
        }
    }
    std::uint64_t synapses() const override { return target_.size(); }
    std::size_t bytes() const override
    {
        return begin_.size() * sizeof(std::uint32_t)
            + target_.size() * (sizeof(std::uint16_t) + sizeof(float));
    }

private:
    std::uint32_t targets_;
    core::LargeArray<std::uint32_t> begin_;
    core::LargeArray<std::uint16_t> target_;
    core::LargeArray<float> weight_;
};

/// Rows that are added in one pass over the sums, which then are loaded and stored once.
template <std::size_t Rows>
SPIKESCOPE_INLINE void add_some_rows(
    const float* matrix, std::size_t length, const std::uint32_t* sources, double* __restrict sums)
{
    std::array<const float*, Rows> rows {};
    for (std::size_t r = 0; r < Rows; ++r) {
        rows[r] = matrix + sources[r] * length;
    }
    for (std::size_t j = 0; j < length; ++j) {
        double sum = sums[j];
        for (std::size_t r = 0; r < Rows; ++r) {
            sum += static_cast<double>(rows[r][j]);
        }
        sums[j] = sum;
    }
}

/// Adds the rows of some sources of a matrix of rows with `length` numbers, in their order.
SPIKESCOPE_INLINE void add_rows_body(const float* matrix, std::size_t length,
    const std::uint32_t* sources, std::size_t count, double* sums)
{
    constexpr std::size_t together = 4;
    std::size_t i = 0;
    for (; count - i >= together; i += together) {
        add_some_rows<together>(matrix, length, sources + i, sums);
    }
    for (; i < count; ++i) {
        add_some_rows<1>(matrix, length, sources + i, sums);
    }
}
SPIKESCOPE_TWINS(void, add_rows,
    (const float* matrix, std::size_t length, const std::uint32_t* sources, std::size_t count,
        double* sums),
    (matrix, length, sources, count, sums))

/// The same where (almost) every pair is connected: a row of weights for each source, 0 where there
/// is no synapse.
class DenseRows final : public Delivery {
public:
    explicit DenseRows(SynapseStream& synapses)
        : targets_(synapses.targets())
        , rows_(std::size_t {synapses.sources()} * targets_, 0.0F)
    {
        synapses.for_each(Columns::all, 1.0, [&](const SynapseBatch& batch) {
            for (std::size_t i = 0; i < batch.size(); ++i) {
                rows_[std::size_t {batch.source[i]} * targets_ + batch.target[i]]
                    = static_cast<float>(batch.weight[i]);
            }
            synapses_ += batch.size();
        });
    }
    void gather(
        const SpikeRing& spikes, const StampWindows& windows, BatchArrivals& to, Scratch&) override
    {
        for (std::size_t i = 0; i < windows.steps(); ++i) {
            if (count_spikes(spikes, windows[i]) == 0) {
                continue;
            }
            double* sums = to.sums(i);
            std::fill_n(sums, targets_, 0.0);
            for (core::Step stamp = windows[i].from + 1; stamp <= windows[i].to; ++stamp) {
                const auto sources = spikes.at(stamp);
                add_rows(rows_.data(), targets_, sources.data(), sources.size(), sums);
            }
        }
    }
    std::uint64_t synapses() const override { return synapses_; }
    std::size_t bytes() const override { return rows_.size() * sizeof(float); }

private:
    std::uint32_t targets_;
    std::uint64_t synapses_ = 0;
    core::LargeArray<float> rows_;
};

} // namespace

std::unique_ptr<Delivery> make_weighted_lists(SynapseStream& synapses)
{
    return std::make_unique<WeightedLists>(synapses);
}

std::unique_ptr<Delivery> make_dense_rows(SynapseStream& synapses)
{
    return std::make_unique<DenseRows>(synapses);
}

} // namespace engine::network
