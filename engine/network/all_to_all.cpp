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
    void gather(
        const SpikeRing& spikes, const StampWindows& windows, BatchArrivals& to, Scratch&) override
    {
        for (std::size_t i = 0; i < windows.steps(); ++i) {
            const std::size_t total = count_spikes(spikes, windows[i]);
            if (total > 0) {
                std::uint32_t* counts = to.counts32(i);
                std::fill_n(counts, range_.count, static_cast<std::uint32_t>(total));
                take_own_away(spikes, windows[i], counts);
            }
        }
    }
    std::uint64_t synapses() const override
    {
        return std::uint64_t {range_.count} * (sources_ - (skip_own_ ? 1U : 0U));
    }
    std::size_t bytes() const override { return 0; }

private:
    void take_own_away(const SpikeRing& spikes, const Stamps& stamps, std::uint32_t* counts) const
    {
        for (core::Step stamp = stamps.from + 1; skip_own_ && stamp <= stamps.to; ++stamp) {
            const auto sources = spikes.at(stamp);
            for (auto it = std::lower_bound(sources.begin(), sources.end(), range_.first);
                 it != sources.end() && *it < range_.first + range_.count; ++it) {
                --counts[*it - range_.first];
            }
        }
    }

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
