#include "engine/network/delivery_kernels.hpp"
#include "engine/network/source_lists.hpp"

#include <algorithm>

namespace engine::network {

namespace {

/// One delay, individual weights: summed in the order (emission step, source, place).
class WeightedLists final : public Delivery {
public:
    WeightedLists(std::uint32_t sources, std::uint32_t targets, const Synapses& synapses)
        : targets_(targets)
        , begin_(list_begins(synapses.source, sources))
        , target_(synapses.size())
        , weight_(synapses.size())
    {
        for_each_place(synapses.source, begin_, [&](std::size_t i, std::uint32_t place) {
            target_[place] = static_cast<std::uint16_t>(synapses.target[i]);
            weight_[place] = static_cast<float>(synapses.weight[i]);
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
    std::vector<std::uint32_t> begin_;
    std::vector<std::uint16_t> target_;
    std::vector<float> weight_;
};

/// The same where (almost) every pair is connected: a row of weights for each source, 0 where there
/// is no synapse.
class DenseRows final : public Delivery {
public:
    DenseRows(std::uint32_t sources, std::uint32_t targets, const Synapses& synapses)
        : targets_(targets)
        , synapses_(synapses.size())
        , rows_(std::size_t {sources} * targets, 0.0F)
    {
        for (std::size_t i = 0; i < synapses.size(); ++i) {
            rows_[std::size_t {synapses.source[i]} * targets + synapses.target[i]]
                = static_cast<float>(synapses.weight[i]);
        }
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
    std::uint64_t synapses_;
    std::vector<float> rows_;
};

} // namespace

std::unique_ptr<Delivery> make_weighted_lists(
    std::uint32_t sources, std::uint32_t targets, const Synapses& synapses)
{
    return std::make_unique<WeightedLists>(sources, targets, synapses);
}

std::unique_ptr<Delivery> make_dense_rows(
    std::uint32_t sources, std::uint32_t targets, const Synapses& synapses)
{
    return std::make_unique<DenseRows>(sources, targets, synapses);
}

} // namespace engine::network
