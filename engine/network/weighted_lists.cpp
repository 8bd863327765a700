#include "engine/network/delivery_kernels.hpp"
#include "engine/network/source_lists.hpp"

#include <algorithm>

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
                for (const std::uint32_t source : spikes.at(stamp)) {
                    for (std::uint32_t j = begin_[source]; j < begin_[source + 1]; ++j) {
                        sums[target_[j]] += static_cast<double>(weight_[j]);
                    }
                }
            }
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
    std::vector<std::uint16_t> target_;
    std::vector<float> weight_;
};

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
                for (const std::uint32_t source : spikes.at(stamp)) {
                    const float* row = rows_.data() + std::size_t {source} * targets_;
                    for (std::uint32_t j = 0; j < targets_; ++j) {
                        sums[j] += static_cast<double>(row[j]);
                    }
                }
            }
        }
    }
    std::uint64_t synapses() const override { return synapses_; }
    std::size_t bytes() const override { return rows_.size() * sizeof(float); }

private:
    std::uint32_t targets_;
    std::uint64_t synapses_ = 0;
    std::vector<float> rows_;
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
