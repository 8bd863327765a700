#include "engine/network/network_plan.hpp"

#include "engine/core/available_memory.hpp"
#include "engine/core/value.hpp"
#include "engine/network/connectivity.hpp"
#include "engine/network/layout.hpp"
#include "engine/recording/recorder.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <variant>

namespace engine::network {

namespace {

constexpr double number_bytes = 8.0;

/// A neuron of the population made for the purpose tells how much it keeps: its state, and what the
/// model makes of parameters in which neurons differ.
double neuron_bytes(const config::Population& population, double dt_ms)
{
    models::ParamTable params {population.params, {}};
    for (const auto& drawn : population.drawn) {
        const core::Value& common = population.params.at(drawn.first);
        params.per_neuron[drawn.first]
            = {std::holds_alternative<double>(common) ? std::get<double>(common) : 0.0};
    }
    const auto probe = population.model->make(1, dt_ms, params, {});
    auto bytes = static_cast<double>(probe->constant_bytes());
    const models::Neurons::State state = probe->copy_state();
    for (const auto& column : state.reals) {
        bytes += number_bytes * static_cast<double>(column.size());
    }
    for (const auto& column : state.counts) {
        bytes += sizeof(std::int32_t) * static_cast<double>(column.size());
    }
    return bytes;
}

/// Drawn values wait in a table until the neurons are made of them.
double drawn_bytes(const config::Population& population)
{
    return number_bytes
        * static_cast<double>(
            population.drawn.size() + population.init.size() + population.random.size());
}

/// Longest delay of a projection that draws its delays [ms]: of unbounded laws one that is rare
/// even among millions.
double longest_delay_ms(const config::Projection& projection)
{
    double longest = 0.0;
    if (const auto* rule = std::get_if<config::Explicit>(&projection.rule)) {
        if (rule->list) {
            for (const double delay : rule->list->delay_ms) {
                longest = std::max(longest, delay);
            }
        }
        return longest;
    }
    const auto* draw
        = projection.delay_ms ? std::get_if<config::Draw>(&*projection.delay_ms) : nullptr;
    if (draw == nullptr) {
        return projection.delay_ms && std::holds_alternative<double>(*projection.delay_ms)
            ? std::get<double>(*projection.delay_ms)
            : 0.0;
    }
    constexpr double rare_sd = 5.0;
    constexpr double rare_means = 16.0; // exp(-16) is one in nine millions
    switch (draw->law) {
    case config::Draw::Law::uniform:
        longest = draw->b;
        break;
    case config::Draw::Law::normal:
        longest = draw->a + rare_sd * draw->b;
        break;
    case config::Draw::Law::lognormal:
        longest = std::exp(draw->a + rare_sd * draw->b);
        break;
    case config::Draw::Law::exponential:
        longest = rare_means * draw->a;
        break;
    case config::Draw::Law::values:
        break;
    }
    return draw->scale * std::min(longest, draw->max.value_or(longest));
}

double longest_delay_steps(const config::Projection& projection, const core::TimeGrid& grid)
{
    return std::clamp(
        longest_delay_ms(projection) / grid.dt_ms(), 1.0, static_cast<double>(longest_delay));
}

/// Whether the rows of a block and the delays are so few that a place among them has 16 bits.
bool short_places(const ProjectionSite& site, double blocks)
{
    const auto* draw = site.projection->delay_ms
        ? std::get_if<config::Draw>(&*site.projection->delay_ms)
        : nullptr;
    const double shortest = draw != nullptr && draw->law == config::Draw::Law::uniform
        ? draw->scale * draw->a / site.grid.dt_ms()
        : 1.0;
    const double delays = longest_delay_steps(*site.projection, site.grid) - shortest + 1.0;
    return delays * static_cast<double>(site.targets) / blocks
        <= std::numeric_limits<std::uint16_t>::max();
}

/// What a projection takes beyond its synapses: where the list of each source begins in each block.
double table_bytes(const ProjectionSite& site, const ProjectionPlan& plan, double blocks)
{
    const double begins
        = sizeof(std::uint32_t) * (static_cast<double>(site.sources) + 1.0) * blocks;
    switch (plan.storage) {
    case Storage::none:
    case Storage::dense_rows:
        return 0.0;
    case Storage::delayed_lists: {
        // Counts of the steps to come, where they are kept: a few hundred kilobytes a block.
        const double counts = longest_delay_steps(*site.projection, site.grid) * site.targets;
        constexpr double most_counts = 1 << 20;
        return begins - (short_places(site, blocks) ? 2.0 * plan.synapses : 0.0)
            + std::min(counts, most_counts * blocks);
    }
    case Storage::bit_matrix: {
        constexpr double line = 64.0; // rows are filled up to a line, and one more holds extras
        return begins + 1.5 * line * static_cast<double>(site.sources) * blocks;
    }
    case Storage::counted_lists:
    case Storage::weighted_lists:
        break;
    }
    return begins;
}

/// Individual delays are sorted block by block, which takes them and a longer place; so are further
/// synapses of a pair.
double sorting_bytes(
    const ProjectionSite& site, const ProjectionPlan& plan, double blocks, int threads)
{
    const double at_once = std::min(1.0, threads / blocks);
    if (plan.storage == Storage::bit_matrix) {
        constexpr double extra_bytes = 12.0; // source and target, in an array that grows
        const double pairs = static_cast<double>(site.sources) * static_cast<double>(site.targets);
        const double extras = plan.synapses + pairs * std::expm1(-plan.synapses / pairs);
        return extra_bytes * extras * at_once;
    }
    if (plan.storage != Storage::delayed_lists) {
        return 0.0;
    }
    const double each = sizeof(std::uint16_t)
        + (short_places(site, blocks) ? static_cast<double>(sizeof(std::uint32_t)) : 0.0);
    return each * plan.synapses * at_once;
}

/// Rules that do not go by targets make all synapses before they are sorted; the others keep none.
double build_bytes(const ProjectionSite& site, const ProjectionPlan& plan)
{
    const config::Projection& projection = *site.projection;
    if (!std::holds_alternative<config::FixedOutdegree>(projection.rule)
        && !std::holds_alternative<config::FixedTotalNumber>(projection.rule)) {
        return 0.0;
    }
    const auto drawn = [](const std::optional<config::Distributed>& value) {
        return value && std::holds_alternative<config::Draw>(*value);
    };
    const double each = sizeof(std::uint32_t) + sizeof(std::uint16_t)
        + (drawn(projection.weight) ? sizeof(float) : 0.0)
        + (drawn(projection.delay_ms) ? sizeof(std::uint16_t) : 0.0);
    constexpr double spare = 1.2;
    return spare * each * plan.synapses;
}

/// Where the lists of a block are longer than the 32 bits in which their beginnings are kept.
std::string too_dense(
    const config::Experiment& experiment, const ProjectionSite& site, double synapses_of_a_block)
{
    constexpr double most = 0.99 * std::numeric_limits<std::uint32_t>::max(); // draws scatter
    if (synapses_of_a_block <= most) {
        return {};
    }
    const config::Projection& projection = *site.projection;
    return "the projection " + experiment.populations[projection.source].name + " to "
        + experiment.populations[projection.target].name + " has about "
        + core::number_text(std::round(synapses_of_a_block))
        + " synapses onto one block of its neurons, at most " + core::number_text(std::floor(most))
        + " can be stored: take more threads, smaller populations or fewer synapses";
}

/// What is kept of a run while it goes on: a moment's recordings, since a run hands them on or
/// bounds them by a budget of its own, and the statistics of every neuron.
double recording_bytes(const config::Experiment& experiment)
{
    constexpr double statistics_bytes = 150.0;
    constexpr double column_bytes = 200.0; // its names
    constexpr double moment_ms = 100.0;
    constexpr double recent_spike_bytes = 8.0; // one of each neuron in the moment
    double bytes = 0.0;
    for (const config::TraceRequest& request : experiment.record.traces) {
        const double columns = static_cast<double>(request.neurons.size())
            * static_cast<double>(request.variables.size());
        bytes += columns * (column_bytes + number_bytes * moment_ms / request.interval_ms);
    }
    for (const config::Population& population : experiment.populations) {
        bytes += static_cast<double>(population.size) * (statistics_bytes + recent_spike_bytes);
    }
    return bytes;
}

} // namespace

double MemoryNeed::total() const { return neurons + synapses + std::max(build, recording); }

NetworkPlan plan_network(const config::Experiment& experiment, int threads, bool plain)
{
    NetworkPlan plan;
    double drawn = 0.0;
    for (const config::Population& population : experiment.populations) {
        constexpr double working_bytes = number_bytes; // input
        const auto size = static_cast<double>(population.size);
        plan.memory.neurons
            += size * (neuron_bytes(population, experiment.simulation.dt_ms) + working_bytes);
        drawn += size * drawn_bytes(population);
    }
    double most = 0.0; // of all synapses while they are made
    for (const ProjectionSite& site : sites_of(experiment)) {
        ProjectionPlan one = plan_projection(site, plain);
        const auto blocks
            = static_cast<double>(blocks_of(experiment, site.projection->target, threads));
        one.bytes += table_bytes(site, one, blocks);
        plan.synapses += one.synapses;
        if (plan.too_dense.empty() && one.storage != Storage::dense_rows) {
            plan.too_dense = too_dense(experiment, site, one.synapses / blocks);
        }
        // What a rule keeps goes as the synapses are stored.
        most = std::max(most,
            plan.memory.synapses
                + std::max(
                    build_bytes(site, one), one.bytes + sorting_bytes(site, one, blocks, threads)));
        plan.memory.synapses += one.bytes;
        plan.projections.push_back(std::move(one));
    }
    plan.memory.build = std::max(most - plan.memory.synapses, drawn);
    plan.memory.recording = recording_bytes(experiment);
    return plan;
}

std::string what_lacks(const NetworkPlan& plan)
{
    const core::AvailableMemory available = core::available_memory();
    const double needed = plan.memory.total();
    if (needed <= available.bytes) {
        return plan.too_dense;
    }
    return "the network needs about " + core::memory_text(needed) + " of memory, "
        + core::memory_text(available.bytes) + " are available (" + available.bound + ")";
}

} // namespace engine::network
