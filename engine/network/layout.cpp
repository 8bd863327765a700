#include "engine/network/layout.hpp"

#include "engine/core/diagnostic.hpp"
#include "engine/network/connectivity.hpp"
#include "engine/network/network_plan.hpp"

#include <algorithm>
#include <string>
#include <thread>

namespace engine::network {

namespace {

std::size_t chunks_of(std::size_t neurons)
{
    return (neurons + models::chunk_size - 1) / models::chunk_size;
}

/// Whether spikes over the projection take different times.
bool individual_delays(const config::Projection& projection)
{
    return std::holds_alternative<config::Explicit>(projection.rule)
        || (projection.delay_ms && std::holds_alternative<config::Draw>(*projection.delay_ms));
}

/// Chunks that a block of the population may have: as many as stay in the cache with what arrives
/// in some steps, but more where the target lists of a source would be too short to be worth a
/// jump.
std::size_t most_chunks(const config::Experiment& experiment, std::size_t population)
{
    constexpr std::size_t most = 128; // targets within a block have 16-bit numbers
    constexpr double worth_a_jump = 32.0; // targets
    double longest = 0.0; // mean number of targets of a source
    std::size_t cached = 16;
    constexpr std::size_t cached_sums = 6; // with rows of sums for all these steps
    for (const ProjectionSite& site : sites_of(experiment)) {
        if (site.projection->target == population && site.sources > 0) {
            longest = std::max(longest, expected_synapses(site) / site.sources);
            cached = individual_delays(*site.projection) ? cached_sums : cached;
        }
    }
    const double size = static_cast<double>(experiment.populations[population].size);
    const double wanted = longest > 0.0 ? worth_a_jump / longest * size / models::chunk_size : 0.0;
    return std::clamp(static_cast<std::size_t>(std::min(wanted, double {most})), cached, most);
}

/// Chunks of each block: the threads get the same number of blocks of about the same size.
std::size_t chunks_per_block(std::size_t chunks, std::size_t most, int threads)
{
    const auto shares = static_cast<std::size_t>(threads);
    const std::size_t rounds
        = std::max<std::size_t>((chunks + most * shares - 1) / (most * shares), 1);
    return std::max<std::size_t>((chunks + rounds * shares - 1) / (rounds * shares), 1);
}

/// Neurons of each block of the population.
std::size_t block_size(const config::Experiment& experiment, std::size_t population, int threads)
{
    const std::size_t chunks = chunks_of(experiment.populations[population].size);
    return models::chunk_size
        * chunks_per_block(chunks, most_chunks(experiment, population), threads);
}

} // namespace

int thread_count(int wanted)
{
    constexpr int most = 8; // more have not been seen to pay for networks of this program
    return wanted > 0 ? wanted
                      : std::clamp(static_cast<int>(std::thread::hardware_concurrency()), 1, most);
}

std::vector<Block> make_blocks(const config::Experiment& experiment, int threads)
{
    std::vector<Block> blocks;
    std::size_t chunks_before = 0;
    for (std::size_t p = 0; p < experiment.populations.size(); ++p) {
        const std::size_t size = experiment.populations[p].size;
        const std::size_t of_block = block_size(experiment, p, threads);
        for (std::size_t first = 0; first < size; first += of_block) {
            const TargetRange range {static_cast<std::uint32_t>(first),
                static_cast<std::uint32_t>(std::min(of_block, size - first))};
            blocks.emplace_back(p, range, first / of_block, chunks_before);
            chunks_before += chunks_of(range.count);
        }
    }
    return blocks;
}

std::size_t blocks_of(const config::Experiment& experiment, std::size_t population, int threads)
{
    const std::size_t of_block = block_size(experiment, population, threads);
    return (experiment.populations[population].size + of_block - 1) / of_block;
}

std::vector<recording::Recorder::Span> spans_of(const std::vector<Block>& blocks)
{
    std::vector<recording::Recorder::Span> spans;
    for (const Block& block : blocks) {
        for (const Chunk& chunk : block.chunks()) {
            spans.push_back({block.population(), chunk.range().first, chunk.range().count});
        }
    }
    return spans;
}

ProjectionSite site_of(const config::Experiment& experiment, std::size_t projection)
{
    const config::Projection& description = experiment.projections[projection];
    ProjectionSite site;
    site.projection = &description;
    site.index = projection;
    site.sources = static_cast<std::uint32_t>(experiment.populations[description.source].size);
    site.targets = static_cast<std::uint32_t>(experiment.populations[description.target].size);
    site.target_name = experiment.populations[description.target].name;
    site.seed = experiment.simulation.seed;
    site.grid = core::TimeGrid(experiment.simulation.dt_ms);
    return site;
}

std::vector<ProjectionSite> sites_of(const config::Experiment& experiment)
{
    std::vector<ProjectionSite> sites;
    for (std::size_t p = 0; p < experiment.projections.size(); ++p) {
        sites.push_back(site_of(experiment, p));
    }
    return sites;
}

double weight_factor(const config::Projection& projection)
{
    if (!projection.weight || std::holds_alternative<config::Explicit>(projection.rule)) {
        return 1.0;
    }
    if (const auto* draw = std::get_if<config::Draw>(&*projection.weight)) {
        return draw->scale;
    }
    const auto* weight = std::get_if<double>(&*projection.weight);
    return weight == nullptr ? 1.0 : *weight;
}

void check_rules(const config::Experiment& experiment)
{
    core::Diagnostics errors;
    for (const ProjectionSite& site : sites_of(experiment)) {
        const core::Diagnostics found = check_rule(site);
        errors.insert(errors.end(), found.begin(), found.end());
    }
    if (core::has_errors(errors)) {
        throw core::InputError(std::move(errors));
    }
}

const config::Experiment& checked(const config::Experiment& experiment, int threads, bool plain)
{
    check_rules(experiment);
    const std::string lack = what_lacks(plan_network(experiment, threads, plain));
    if (!lack.empty()) {
        throw core::RunError(lack);
    }
    return experiment;
}

} // namespace engine::network
