#include "engine/network/layout.hpp"

#include "engine/core/diagnostic.hpp"
#include "engine/network/connectivity.hpp"
#include "engine/network/plan.hpp"

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <limits>
#include <string>

namespace engine::network {

namespace {

std::size_t chunks_of(std::size_t neurons)
{
    return (neurons + models::chunk_size - 1) / models::chunk_size;
}

/// Chunks that a block of the population may have: as many as stay in the cache with what arrives
/// in some steps, but more where the target lists of a source would be too short to be worth a
/// jump.
std::size_t most_chunks(const config::Experiment& experiment, std::size_t population)
{
    constexpr std::size_t cached = 16;
    constexpr std::size_t most = 128; // targets within a block have 16-bit numbers
    constexpr double worth_a_jump = 32.0; // targets
    double longest = 0.0; // mean number of targets of a source
    for (const ProjectionSite& site : sites_of(experiment)) {
        if (site.projection->target == population && site.sources > 0) {
            longest = std::max(longest, expected_synapses(site) / site.sources);
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

/// Memory that programs can still get; without limit where the system does not say.
double available_bytes()
{
    std::ifstream file("/proc/meminfo");
    std::string name;
    double kilobytes = 0.0;
    std::string unit;
    while (file >> name >> kilobytes) {
        std::getline(file, unit);
        if (name == "MemAvailable:") {
            return kilobytes * 1024.0;
        }
    }
    return std::numeric_limits<double>::infinity();
}

std::string gigabytes(double bytes)
{
    char text[32];
    std::snprintf(text, sizeof text, "%.1f GB", bytes / 1e9);
    return text;
}

void check_memory(const config::Experiment& experiment, const std::vector<ProjectionSite>& sites)
{
    constexpr double bytes_per_neuron = 100.0; // state, parameters and input, roughly
    double needed = 0.0;
    for (const config::Population& population : experiment.populations) {
        needed += bytes_per_neuron * static_cast<double>(population.size);
    }
    for (const ProjectionSite& site : sites) {
        needed += plan_projection(site).bytes;
    }
    const double available = available_bytes();
    if (needed > available) {
        throw core::RunError("the network needs about " + gigabytes(needed) + " of memory, "
            + gigabytes(available) + " are available");
    }
}

} // namespace

std::vector<Block> make_blocks(const config::Experiment& experiment, int threads)
{
    std::vector<Block> blocks;
    std::size_t chunks_before = 0;
    for (std::size_t p = 0; p < experiment.populations.size(); ++p) {
        const std::size_t size = experiment.populations[p].size;
        const std::size_t per_block
            = chunks_per_block(chunks_of(size), most_chunks(experiment, p), threads);
        const std::size_t block_size = per_block * models::chunk_size;
        for (std::size_t first = 0; first < size; first += block_size) {
            const TargetRange range {static_cast<std::uint32_t>(first),
                static_cast<std::uint32_t>(std::min(block_size, size - first))};
            blocks.emplace_back(p, range, first / block_size, chunks_before);
            chunks_before += chunks_of(range.count);
        }
    }
    return blocks;
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

const config::Experiment& checked(const config::Experiment& experiment)
{
    const std::vector<ProjectionSite> sites = sites_of(experiment);
    core::Diagnostics errors;
    for (const ProjectionSite& site : sites) {
        const core::Diagnostics found = check_rule(site);
        errors.insert(errors.end(), found.begin(), found.end());
    }
    if (core::has_errors(errors)) {
        throw core::InputError(std::move(errors));
    }
    check_memory(experiment, sites);
    return experiment;
}

} // namespace engine::network
