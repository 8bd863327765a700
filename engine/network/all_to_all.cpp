#include "engine/network/delivery.hpp"
#include "engine/network/delivery_kernels.hpp"

#include <algorithm>

namespace engine::network {

namespace {

/// Everybody from everybody with one weight and delay: the number of spikes is all there is to
/// know, less a neuron's own where autapses are not allowed.
class AllToAll final : public Delivery {
public:
    AllToAll(const ProjectionSite& site, const TargetRange& range)
        : range_(range)
        , sources_(site.sources)
        , skip_own_(site.without_autapses())
    {
    }
    bool arrives(const SpikeRing& spikes, core::Step, core::Step from, core::Step to) const override
    {
        return has_spikes(spikes, from, to);
    }
    void arrive(const SpikeRing& spikes, core::Step, core::Step from, core::Step to, double weight,
        double* sum, Scratch& scratch) override
    {
        std::uint32_t total = 0;
        for (core::Step stamp = from + 1; stamp <= to; ++stamp) {
            total += static_cast<std::uint32_t>(spikes.at(stamp).size());
        }
        std::uint32_t* counts = scratch.counts32.data();
        std::fill_n(counts, range_.count, total);
        for (core::Step stamp = from + 1; skip_own_ && stamp <= to; ++stamp) {
            const auto sources = spikes.at(stamp);
            for (auto it = std::lower_bound(sources.begin(), sources.end(), range_.first);
                 it != sources.end() && *it < range_.first + range_.count; ++it) {
                --counts[*it - range_.first];
            }
        }
        for (std::uint32_t i = 0; i < range_.count; ++i) {
            sum[i] += weight * static_cast<double>(counts[i]);
        }
    }
    std::uint64_t synapses() const override
    {
        return std::uint64_t {range_.count} * (sources_ - (skip_own_ ? 1U : 0U));
    }
    std::size_t bytes() const override { return 0; }

private:
    TargetRange range_;
    std::uint32_t sources_;
    bool skip_own_;
};

} // namespace

std::unique_ptr<Delivery> make_all_to_all(const ProjectionSite& site, const TargetRange& range)
{
    return std::make_unique<AllToAll>(site, range);
}

} // namespace engine::network
