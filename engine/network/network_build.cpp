#include "engine/network/network.hpp"

#include "engine/config/draw.hpp"
#include "engine/network/build_progress.hpp"
#include "engine/network/connectivity.hpp"
#include "engine/network/layout.hpp"
#include "engine/network/plan.hpp"

#include <algorithm>
#include <utility>

namespace engine::network {

Network::Network(
    const config::Experiment& experiment, const NetworkOptions& options, core::Progress* progress)
    : grid_(checked(experiment, thread_count(options.threads), options.plain) // allocates nothing
                .simulation.dt_ms)
    , plain_(options.plain)
    , pool_(std::make_unique<WorkerPool>(thread_count(options.threads)))
    , blocks_(make_blocks(experiment, pool_->threads()))
    , stimuli_(experiment, grid_)
    , recorder_(experiment, experiment.record.traces, grid_, spans_of(blocks_))
    , recorded_(experiment.populations.size(), false)
{
    for (const std::size_t population : experiment.record.spikes) {
        recorded_[population] = true;
    }
    first_block_.assign(experiment.populations.size() + 1, blocks_.size());
    for (std::size_t b = blocks_.size(); b-- > 0;) {
        first_block_[blocks_[b].population()] = b;
        for (Chunk& chunk : blocks_[b].chunks()) {
            chunk.bind_stimuli(experiment);
        }
    }
    make_populations(experiment);
    make_projections(sites_of(experiment), progress);
    update_exchange_interval();

    if (options.threads <= 0 && !worth_sharing(exchange_interval_)) {
        pool_ = std::make_unique<WorkerPool>(1);
    }
    scratch_ = std::vector<BlockScratch>(static_cast<std::size_t>(pool_->threads()));
}

std::vector<std::unique_ptr<models::Neurons>> Network::make_neurons(
    const config::Experiment& experiment) const
{
    core::Diagnostics errors;
    std::vector<std::unique_ptr<models::Neurons>> neurons;
    const std::uint64_t seed = experiment.simulation.seed;
    for (const config::Population& population : experiment.populations) {
        const models::ParamTable params = config::neuron_params(population, seed, errors);
        const models::InitTable init = config::neuron_init(population, seed, errors);
        if (!core::has_errors(errors)) {
            neurons.push_back(population.model->make(population.size, grid_.dt_ms(), params, init));
        }
    }
    if (core::has_errors(errors)) {
        throw core::InputError(std::move(errors));
    }
    return neurons;
}

void Network::make_populations(const config::Experiment& experiment)
{
    auto neurons = make_neurons(experiment);
    for (std::size_t p = 0; p < neurons.size(); ++p) {
        const config::Population& population = experiment.populations[p];
        RunningPopulation running;
        running.name = population.name;
        running.neurons = std::move(neurons[p]);
        for (const models::PortSpec& port : population.model->ports(population.params)) {
            running.ports = std::max(running.ports, static_cast<std::size_t>(port.number) + 1);
        }
        neurons_ += population.size;
        populations_.push_back(std::move(running));
    }
}

std::vector<TargetRange> Network::ranges_of(std::size_t population) const
{
    std::vector<TargetRange> ranges;
    for (std::size_t b = first_block_[population]; b < first_block_[population + 1]; ++b) {
        ranges.push_back(blocks_[b].range());
    }
    return ranges;
}

void Network::make_projections(const std::vector<ProjectionSite>& sites, core::Progress* progress)
{
    double expected = 0.0;
    for (const ProjectionSite& site : sites) {
        expected += expected_synapses(site);
    }

    BuildProgress built(progress, expected);
    for (const ProjectionSite& site : sites) {
        const config::Projection& description = *site.projection;
        RunningProjection running;
        running.source = description.source;
        running.target = description.target;
        running.port = static_cast<std::size_t>(description.port);
        running.storage = plan_projection(site, plain_).storage;
        running.weight = weight_factor(description);
        if (running.storage != Storage::delayed_lists) {
            running.delay = delay_steps(std::get<double>(*description.delay_ms), grid_);
        }
        build_deliveries(site, running, built);
        populations_[running.source].has_targets = true;
        for (std::size_t b = first_block_[running.target]; b < first_block_[running.target + 1];
             ++b) {
            blocks_[b].add_projection(projections_.size());
        }
        projections_.push_back(std::move(running));
    }
}

void Network::build_deliveries(
    const ProjectionSite& site, RunningProjection& projection, BuildProgress& progress) const
{
    const std::vector<TargetRange> ranges = ranges_of(projection.target);
    projection.deliveries.clear();
    projection.deliveries.resize(ranges.size());
    if (projection.storage == Storage::none) {
        for (std::size_t r = 0; r < ranges.size(); ++r) {
            projection.deliveries[r] = make_all_to_all(site, ranges[r]);
        }
        return;
    }
    const auto connectivity = make_connectivity(site, ranges, *pool_, progress);
    pool_->run(ranges.size(), [&](std::size_t r, int) {
        progress.add(0.0); // where the work has been cancelled, no new part of it is begun
        const auto synapses = connectivity->stream(r);
        projection.deliveries[r] = make_delivery(projection.storage, site, ranges[r], *synapses);
    });
}

core::Diagnostics Network::apply(
    const config::Experiment& before, const config::Experiment& after, core::Step now)
{
    // Everything that can fail comes first.
    core::Diagnostics errors;
    std::vector<std::pair<std::size_t, models::ParamTable>> changed;
    for (std::size_t p = 0; p < populations_.size(); ++p) {
        const config::Population& old = before.populations[p];
        const config::Population& population = after.populations[p];
        if (old.params != population.params || old.drawn != population.drawn
            || old.random != population.random) {
            changed.emplace_back(
                p, config::neuron_params(population, after.simulation.seed, errors));
        }
    }
    if (core::has_errors(errors)) {
        return errors;
    }
    for (const auto& [population, params] : changed) {
        populations_[population].neurons->set_params(params);
    }
    for (std::size_t p = 0; p < projections_.size(); ++p) {
        const config::Projection& description = after.projections[p];
        projections_[p].weight = weight_factor(description);
        if (before.projections[p].delay_ms != description.delay_ms) {
            change_delays(after, p, now);
        }
    }
    update_exchange_interval();
    stimuli_.apply(before, after);
    if (!same_stimulus_uses(before, after)) {
        for (Block& block : blocks_) {
            for (Chunk& chunk : block.chunks()) {
                chunk.bind_stimuli(after);
            }
        }
    }
    forget_currents();
    return {};
}

void Network::change_delays(
    const config::Experiment& experiment, std::size_t projection, core::Step now)
{
    RunningProjection& running = projections_[projection];
    const config::Projection& description = experiment.projections[projection];
    if (running.storage != Storage::delayed_lists) {
        running.delay = delay_steps(std::get<double>(*description.delay_ms), grid_);
        return;
    }
    if (std::holds_alternative<config::Explicit>(description.rule)) {
        return;
    }
    // What has been sent keeps its time of arrival.
    std::vector<Delivery::Pending> pending;
    for (const auto& delivery : running.deliveries) {
        delivery->send(populations_[running.source].spikes, running.cursor, now);
        pending.push_back(delivery->pending());
    }
    running.cursor = now;
    BuildProgress progress;
    build_deliveries(site_of(experiment, projection), running, progress);
    for (std::size_t b = 0; b < pending.size(); ++b) {
        running.deliveries[b]->set_pending(pending[b], now);
    }
}

void Network::update_exchange_interval()
{
    exchange_interval_ = recorder_.longest_batch();
    if (const recording::Recorder* recorder = observers_.recorder()) {
        exchange_interval_ = std::min(exchange_interval_, recorder->longest_batch());
    }
    std::vector<core::Step> longest(populations_.size(), 0);
    for (const RunningProjection& projection : projections_) {
        core::Step& most = longest[projection.source];
        if (projection.delay > 0) {
            exchange_interval_ = std::min(exchange_interval_, projection.delay);
            most = std::max(most, projection.delay);
            continue;
        }
        for (const auto& delivery : projection.deliveries) {
            const Delivery::Delays delays = delivery->delays();
            if (delivery->synapses() > 0) {
                exchange_interval_ = std::min(exchange_interval_, delays.shortest);
                most = std::max(most, delays.longest);
            }
        }
    }
    for (std::size_t p = 0; p < populations_.size(); ++p) {
        if (populations_[p].has_targets) {
            // Spikes wait up to the longest delay, and a batch adds its own.
            populations_[p].spikes.keep(longest[p] + exchange_interval_ + 1);
        }
    }
}

} // namespace engine::network
