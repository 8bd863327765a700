#include "engine/analysis/neighbours.hpp"

#include "engine/network/build_progress.hpp"
#include "engine/network/connectivity.hpp"
#include "engine/network/layout.hpp"

#include <algorithm>
#include <map>

namespace engine::analysis {

namespace {

using network::ProjectionSite;
using network::SynapseBatch;
using network::TargetRange;

/// Targets that are gone over together: as few as their generators take at once, because of the
/// synapses onto one neuron the others of its range are made for nothing.
constexpr std::uint32_t range_size = models::chunk_size;

using Joined = std::map<std::uint32_t, Neighbour>; // by neuron

class Search {
public:
    Search(const ProjectionSite& site, std::uint32_t neuron)
        : site_(site)
        , neuron_(neuron)
        , factor_(network::weight_factor(*site.projection))
    {
    }

    /// The synapses onto the targets from `first` on; onto the neuron, from the neuron.
    void take(const SynapseBatch& batch, std::uint32_t first, bool in, bool out)
    {
        for (std::size_t i = 0; i < batch.size(); ++i) {
            const std::uint32_t target = first + batch.target[i];
            if (in && target == neuron_) {
                add(in_, site_.projection->source, batch.source[i], batch, i);
            }
            if (out && batch.source[i] == neuron_) {
                add(out_, site_.projection->target, target, batch, i);
            }
        }
    }
    void move_to(Neighbours& to) const
    {
        for (const auto& [neuron, neighbour] : in_) {
            to.in.push_back(neighbour);
        }
        for (const auto& [neuron, neighbour] : out_) {
            to.out.push_back(neighbour);
        }
    }

private:
    void add(Joined& to, std::size_t population, std::uint32_t neuron, const SynapseBatch& batch,
        std::size_t i) const
    {
        Neighbour& neighbour = to[neuron];
        neighbour.projection = site_.index;
        neighbour.population = population;
        neighbour.neuron = neuron;
        ++neighbour.synapses;
        neighbour.weight += factor_ * (batch.weight.empty() ? 1.0 : batch.weight[i]);
    }

    const ProjectionSite& site_;
    std::uint32_t neuron_;
    double factor_;
    Joined in_;
    Joined out_;
};

} // namespace

Neighbours neighbours_of(const config::Experiment& experiment, std::size_t population,
    std::uint32_t neuron, core::Progress* progress)
{
    Neighbours neighbours;
    network::WorkerPool pool(1);
    for (const ProjectionSite& site : network::sites_of(experiment)) {
        const bool in = site.projection->target == population;
        const bool out = site.projection->source == population;
        if (!in && !out) {
            continue;
        }
        std::vector<TargetRange> ranges;
        for (std::uint32_t first = 0; first < site.targets; first += range_size) {
            ranges.push_back({first, std::min(range_size, site.targets - first)});
        }
        network::BuildProgress built(progress, network::expected_synapses(site));
        const auto connectivity = network::make_connectivity(site, ranges, pool, built);
        Search search(site, neuron);
        for (std::size_t r = 0; r < ranges.size(); ++r) {
            const bool holds = in && r == neuron / range_size;
            if (holds || out) {
                connectivity->stream(r)->for_each(
                    network::Columns::all, 1.0, [&](const SynapseBatch& batch) {
                        search.take(batch, ranges[r].first, holds, out);
                    });
            }
        }
        search.move_to(neighbours);
    }
    return neighbours;
}

} // namespace engine::analysis
