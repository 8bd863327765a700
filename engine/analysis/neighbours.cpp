#include "engine/analysis/neighbours.hpp"

#include "engine/network/layout.hpp"
#include "engine/network/synapse_walk.hpp"

#include <algorithm>
#include <map>

namespace engine::analysis {

namespace {

using network::ProjectionSite;
using network::SynapseBatch;
using network::TargetRange;

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
    for (const ProjectionSite& site : network::sites_of(experiment)) {
        const bool in = site.projection->target == population;
        const bool out = site.projection->source == population;
        if (!in && !out) {
            continue;
        }
        Search search(site, neuron);
        const TargetRange targets = out ? TargetRange {0, site.targets} : TargetRange {neuron, 1};
        network::walk_synapses(
            site, targets, progress, [&](const SynapseBatch& batch, std::uint32_t first) {
                search.take(batch, first, in, out);
            });
        search.move_to(neighbours);
    }
    return neighbours;
}

} // namespace engine::analysis
