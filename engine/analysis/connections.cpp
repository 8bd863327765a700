#include "engine/analysis/connections.hpp"

#include "engine/network/layout.hpp"
#include "engine/network/synapse_walk.hpp"

#include <variant>

namespace engine::analysis {

namespace {

/// Without what counting does not see.
config::Projection counted(config::Projection projection)
{
    if (projection.weight) {
        if (auto* draw = std::get_if<config::Draw>(&*projection.weight)) {
            draw->scale = 1.0;
        } else {
            projection.weight = 1.0;
        }
    }
    if (projection.delay_ms && std::holds_alternative<double>(*projection.delay_ms)) {
        projection.delay_ms = 1.0;
    }
    return projection;
}

} // namespace

ProjectionConnections count_connections(
    const config::Experiment& experiment, std::size_t projection, core::Progress* progress)
{
    const network::ProjectionSite site = network::site_of(experiment, projection);
    ProjectionConnections out;
    out.in_degrees.assign(site.targets, 0);
    out.out_degrees.assign(site.sources, 0);
    network::walk_synapses(site, {0, site.targets}, progress,
        [&](const network::SynapseBatch& batch, std::uint32_t first) {
            out.synapses += batch.size();
            for (std::size_t i = 0; i < batch.size(); ++i) {
                ++out.in_degrees[first + batch.target[i]];
                ++out.out_degrees[batch.source[i]];
            }
            for (const double weight : batch.weight) {
                out.weights.add(weight);
            }
            for (const std::uint16_t delay : batch.delay) {
                if (delay >= out.delays.size()) {
                    out.delays.resize(delay + std::size_t {1}, 0);
                }
                ++out.delays[delay];
            }
        });
    return out;
}

double weight_factor(const config::Projection& projection)
{
    return network::weight_factor(projection);
}

std::optional<double> common_delay_ms(
    const config::Projection& projection, const config::SimulationSettings& simulation)
{
    const auto* delay_ms
        = projection.delay_ms ? std::get_if<double>(&*projection.delay_ms) : nullptr;
    if (delay_ms == nullptr) {
        return std::nullopt;
    }
    const core::TimeGrid grid(simulation.dt_ms);
    return grid.time_ms(network::delay_steps(*delay_ms, grid));
}

bool same_connections(
    const config::Experiment& one, const config::Experiment& other, std::size_t projection)
{
    if (one.simulation.seed != other.simulation.seed
        || one.simulation.dt_ms != other.simulation.dt_ms
        || one.projections.size() != other.projections.size()) {
        return false;
    }
    const config::Projection& a = one.projections[projection];
    const config::Projection& b = other.projections[projection];
    return a.source == b.source && a.target == b.target
        && one.populations[a.source].size == other.populations[b.source].size
        && one.populations[a.target].size == other.populations[b.target].size
        && one.populations[a.target].name == other.populations[b.target].name
        && counted(a) == counted(b);
}

bool same_connections(const config::Experiment& one, const config::Experiment& other)
{
    if (one.populations.size() != other.populations.size()
        || one.projections.size() != other.projections.size()) {
        return false;
    }
    for (std::size_t p = 0; p < one.populations.size(); ++p) {
        if (one.populations[p].size != other.populations[p].size) {
            return false;
        }
    }
    for (std::size_t p = 0; p < one.projections.size(); ++p) {
        if (!same_connections(one, other, p)) {
            return false;
        }
    }
    return true;
}

} // namespace engine::analysis
