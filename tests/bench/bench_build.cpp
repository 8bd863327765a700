#include "engine/config/draw.hpp"
#include "engine/core/random.hpp"
#include "engine/network/connectivity.hpp"
#include "engine/network/delivery.hpp"

#include <benchmark/benchmark.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

// Cost of building a block of the Brunel network: making synapses by each rule, storing them in
// each way, and for comparison arrays of all synapses made and sorted in the plain way.

namespace {

using namespace engine;
using network::Storage;

constexpr std::uint32_t sources = 10000;
constexpr std::uint32_t targets = 5000;
constexpr std::uint64_t indegree = 1000;

struct Part {
    config::Projection projection;
    network::ProjectionSite site;
    network::WorkerPool pool {1};
    network::BuildProgress progress;

    explicit Part(config::Rule rule)
    {
        projection.rule = std::move(rule);
        projection.target = 1;
        projection.key = "0";
        projection.weight = 0.1;
        projection.delay_ms = 1.5;
        site.projection = &projection;
        site.sources = sources;
        site.targets = targets;
        site.target_name = "E";
    }
    std::unique_ptr<network::Connectivity> connectivity()
    {
        return network::make_connectivity(site, {{0, targets}}, pool, progress);
    }
};

config::Draw draw_of(config::Draw::Law law)
{
    config::Draw draw;
    draw.law = law;
    draw.a = 1.0;
    draw.b = 0.5;
    return draw;
}

void count_synapses(benchmark::State& state, double synapses)
{
    state.counters["per_synapse"] = benchmark::Counter(
        synapses, benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

/// Makes the synapses and forgets them.
void make(benchmark::State& state, Part& part)
{
    std::size_t made = 0;
    for (auto _ : state) {
        made = 0;
        part.connectivity()->stream(0)->for_each(
            network::Columns::all, 1.0, [&](const network::SynapseBatch& batch) {
                made += batch.size();
                benchmark::DoNotOptimize(batch.source.data());
            });
    }
    count_synapses(state, static_cast<double>(made));
}

void rule(benchmark::State& state, const config::Rule& rule, bool multapses)
{
    Part part(rule);
    part.projection.allow_multapses = multapses;
    make(state, part);
}

void weights(benchmark::State& state, config::Draw::Law law, bool bounded)
{
    Part part(config::FixedIndegree {indegree});
    config::Draw draw = draw_of(law);
    if (bounded) {
        draw.min = 0.0;
    }
    part.projection.weight = draw;
    make(state, part);
}

void delays(benchmark::State& state)
{
    Part part(config::FixedIndegree {indegree});
    part.projection.delay_ms = draw_of(config::Draw::Law::uniform);
    make(state, part);
}

void store(benchmark::State& state, Storage storage)
{
    Part part(config::FixedIndegree {indegree});
    if (storage == Storage::dense_rows) {
        part.projection.rule = config::AllToAll {};
        part.site.sources = static_cast<std::uint32_t>(indegree);
    }
    if (storage != Storage::counted_lists && storage != Storage::bit_matrix) {
        part.projection.weight = draw_of(config::Draw::Law::uniform);
    }
    if (storage == Storage::delayed_lists) {
        part.projection.delay_ms = draw_of(config::Draw::Law::uniform);
    }
    std::uint64_t stored = 0;
    for (auto _ : state) {
        const auto connectivity = part.connectivity();
        const auto delivery
            = network::make_delivery(storage, part.site, {0, targets}, *connectivity->stream(0));
        stored = delivery->synapses();
        benchmark::DoNotOptimize(delivery.get());
    }
    count_synapses(state, static_cast<double>(stored));
}

/// One number after the other into arrays of the whole block, these sorted by source.
void plain_lists(benchmark::State& state)
{
    const core::StreamKey key(1, core::Purpose::connectivity, "E", "0");
    for (auto _ : state) {
        std::vector<std::uint32_t> source;
        std::vector<std::uint32_t> target;
        for (std::uint32_t t = 0; t < targets; ++t) {
            core::Random random(key.member(t));
            for (std::uint64_t i = 0; i < indegree; ++i) {
                source.push_back(static_cast<std::uint32_t>(random.below(sources)));
                target.push_back(t);
            }
        }
        std::vector<std::uint32_t> next(sources + 1, 0);
        for (const std::uint32_t s : source) {
            ++next[s + 1];
        }
        for (std::size_t s = 1; s <= sources; ++s) {
            next[s] += next[s - 1];
        }
        std::vector<std::uint16_t> sorted(source.size());
        for (std::size_t i = 0; i < source.size(); ++i) {
            sorted[next[source[i]]++] = static_cast<std::uint16_t>(target[i]);
        }
        benchmark::DoNotOptimize(sorted.data());
    }
    count_synapses(state, static_cast<double>(targets) * indegree);
}

void plain_weights(benchmark::State& state)
{
    const config::Draw draw = draw_of(config::Draw::Law::normal);
    std::vector<double> weight(indegree);
    core::Random random(1);
    for (auto _ : state) {
        for (double& w : weight) {
            w = config::draw_one(draw, random);
        }
        benchmark::DoNotOptimize(weight.data());
    }
    count_synapses(state, static_cast<double>(indegree));
}

} // namespace

#define SPIKESCOPE_BUILD(...) BENCHMARK_CAPTURE(__VA_ARGS__)->Unit(benchmark::kMillisecond)
SPIKESCOPE_BUILD(rule, fixed_indegree, config::FixedIndegree {indegree}, true);
SPIKESCOPE_BUILD(rule, fixed_indegree_distinct, config::FixedIndegree {indegree}, false);
SPIKESCOPE_BUILD(rule, fixed_outdegree, config::FixedOutdegree {indegree / 2}, true);
SPIKESCOPE_BUILD(rule, fixed_outdegree_distinct, config::FixedOutdegree {indegree / 2}, false);
SPIKESCOPE_BUILD(rule, fixed_total_number, config::FixedTotalNumber {targets * indegree}, true);
SPIKESCOPE_BUILD(
    rule, fixed_total_number_distinct, config::FixedTotalNumber {targets * indegree}, false);
SPIKESCOPE_BUILD(rule, pairwise_bernoulli, config::PairwiseBernoulli {0.1}, true);
SPIKESCOPE_BUILD(rule, pairwise_bernoulli_sparse, config::PairwiseBernoulli {0.01}, true);
SPIKESCOPE_BUILD(rule, all_to_all, config::AllToAll {}, true);
SPIKESCOPE_BUILD(weights, uniform, config::Draw::Law::uniform, false);
SPIKESCOPE_BUILD(weights, normal, config::Draw::Law::normal, false);
SPIKESCOPE_BUILD(weights, normal_bounded, config::Draw::Law::normal, true);
SPIKESCOPE_BUILD(weights, lognormal, config::Draw::Law::lognormal, false);
SPIKESCOPE_BUILD(weights, exponential, config::Draw::Law::exponential, false);
BENCHMARK(delays)->Unit(benchmark::kMillisecond);
SPIKESCOPE_BUILD(store, bit_matrix, Storage::bit_matrix);
SPIKESCOPE_BUILD(store, counted_lists, Storage::counted_lists);
SPIKESCOPE_BUILD(store, weighted_lists, Storage::weighted_lists);
SPIKESCOPE_BUILD(store, delayed_lists, Storage::delayed_lists);
SPIKESCOPE_BUILD(store, dense_rows, Storage::dense_rows);
BENCHMARK(plain_lists)->Unit(benchmark::kMillisecond);
BENCHMARK(plain_weights);
