#include "engine/core/random.hpp"
#include "engine/network/connectivity.hpp"
#include "engine/network/delivery.hpp"

#include <benchmark/benchmark.h>

#include <array>
#include <memory>
#include <vector>

// Time for each synaptic event, of each way to store a projection and of the plain loop over lists
// of pairs (target, weight) that gives the same sums.

namespace {

using namespace engine;
using network::Storage;

constexpr core::Step steps = 15; // in a batch: a delay of 1.5 ms
constexpr core::Step stamps = 240; // different ones

/// The part of a network that one block sees.
struct Size {
    std::uint32_t sources;
    std::uint32_t indegree;
    std::uint32_t block;
};
constexpr Size brunel {10000, 1000, 5120};
constexpr Size large {100000, 1000, 8192}; // 125,000 neurons
constexpr Size sparse {800000, 80, 65536}; // 1,000,000 neurons
constexpr Size brunel_delays {10000, 1000, 2560}; // blocks are smaller with individual delays
constexpr Size all_to_all {800, 800, 800};

struct Part {
    Size size;
    config::Projection projection;
    network::ProjectionSite site;

    Part(const Size& wanted, Storage storage)
        : size(wanted)
    {
        projection.rule = config::FixedIndegree {size.indegree};
        if (storage == Storage::dense_rows) {
            projection.rule = config::AllToAll {};
        }
        projection.key = "0";
        projection.weight = 0.1;
        projection.delay_ms = 1.5;
        config::Draw draw;
        draw.a = 1.6; // no shorter than a batch
        draw.b = 4.4;
        if (storage != Storage::counted_lists) {
            projection.weight = draw;
        }
        if (storage == Storage::delayed_lists) {
            projection.delay_ms = draw;
        }
        site.projection = &projection;
        site.sources = size.sources;
        site.targets = size.block;
        site.target_name = "E";
    }
    std::unique_ptr<network::SynapseStream> stream()
    {
        connectivity = network::make_connectivity(site, {{0, size.block}}, pool, progress);
        return connectivity->stream(0);
    }

private:
    network::WorkerPool pool {1};
    network::BuildProgress progress;
    std::unique_ptr<network::Connectivity> connectivity;
};

/// `spikes` sources fire in each step of the ring.
network::SpikeRing random_ring(std::uint32_t sources, std::uint32_t spikes)
{
    core::Random random(1);
    network::SpikeRing ring;
    ring.keep(stamps + 1);
    for (core::Step stamp = 1; stamp <= stamps; ++stamp) {
        auto& fired = ring.begin_step(stamp);
        for (std::uint32_t i = 0; i < spikes; ++i) {
            fired.push_back(i * (sources / spikes)
                + static_cast<std::uint32_t>(random.below(sources / spikes)));
        }
    }
    return ring;
}

void count_events(benchmark::State& state, const Size& size)
{
    // Google Benchmark has no unit for nanoseconds of a counter: events in thousand millions.
    const double events = static_cast<double>(steps) * static_cast<double>(state.range(0))
        * size.block * size.indegree / size.sources;
    state.counters["ns/event"] = benchmark::Counter(
        events * 1e-9, benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

void deliver(benchmark::State& state, Storage storage, const Size& size)
{
    Part part(size, storage);
    const auto delivery
        = network::make_delivery(storage, part.site, {0, size.block}, *part.stream());
    const auto ring = random_ring(size.sources, static_cast<std::uint32_t>(state.range(0)));
    network::Scratch scratch;
    network::BatchArrivals arrivals;
    core::Step k = 0;
    for (auto _ : state) {
        if (k == 0) {
            delivery->set_pending({}, 0); // time begins anew
        }
        // The spikes of steps (k, k + steps] arrive at once, or have their own delays from there.
        delivery->send(ring, k, k + steps);
        arrivals.begin(static_cast<std::size_t>(steps), size.block);
        delivery->gather(ring, {k + steps, k + 2 * steps, k, steps}, arrivals, scratch);
        benchmark::DoNotOptimize(arrivals[0].values);
        k = (k + steps) % stamps;
    }
    count_events(state, size);
}

/// Every event is a load of a target and a weight and an addition.
void plain(benchmark::State& state, const Size& size)
{
    struct Synapse {
        std::uint32_t target;
        float weight;
    };
    std::vector<std::vector<Synapse>> lists(size.sources);
    Part(size, Storage::weighted_lists)
        .stream()
        ->for_each(network::Columns::all, 1.0, [&](const network::SynapseBatch& batch) {
            for (std::size_t i = 0; i < batch.size(); ++i) {
                lists[batch.source[i]].push_back(
                    {batch.target[i], static_cast<float>(batch.weight[i])});
            }
        });
    const auto ring = random_ring(size.sources, static_cast<std::uint32_t>(state.range(0)));
    std::vector<double> sums(size.block);
    core::Step k = 0;
    for (auto _ : state) {
        for (core::Step stamp = k + 1; stamp <= k + steps; ++stamp) {
            std::fill(sums.begin(), sums.end(), 0.0);
            for (const std::uint32_t source : ring.at(stamp)) {
                for (const Synapse& synapse : lists[source]) {
                    sums[synapse.target] += static_cast<double>(synapse.weight);
                }
            }
            benchmark::DoNotOptimize(sums.data());
        }
        k = (k + steps) % stamps;
    }
    count_events(state, size);
}

void build(benchmark::State& state)
{
    for (auto _ : state) {
        Part part(brunel, Storage::counted_lists);
        benchmark::DoNotOptimize(network::make_delivery(
            Storage::counted_lists, part.site, {0, brunel.block}, *part.stream()));
    }
    state.counters["synapses"] = benchmark::Counter(
        double {brunel.block} * brunel.indegree, benchmark::Counter::kIsIterationInvariantRate);
}

} // namespace

// Spikes in a step: AI and SR of the Brunel network.
BENCHMARK_CAPTURE(plain, brunel, brunel)->Arg(48)->Arg(240);
BENCHMARK_CAPTURE(deliver, counted_lists, Storage::counted_lists, brunel)->Arg(48)->Arg(240);
BENCHMARK_CAPTURE(deliver, weighted_lists, Storage::weighted_lists, brunel)->Arg(48)->Arg(240);
BENCHMARK_CAPTURE(deliver, delayed_lists, Storage::delayed_lists, brunel_delays)->Arg(48)->Arg(240);
BENCHMARK_CAPTURE(plain, all_to_all, all_to_all)->Arg(8);
BENCHMARK_CAPTURE(deliver, dense_rows, Storage::dense_rows, all_to_all)->Arg(8);
BENCHMARK_CAPTURE(plain, large, large)->Arg(370);
BENCHMARK_CAPTURE(deliver, counted_lists_large, Storage::counted_lists, large)->Arg(370);
BENCHMARK_CAPTURE(deliver, delayed_lists_large, Storage::delayed_lists, large)->Arg(370);
BENCHMARK_CAPTURE(plain, sparse, sparse)->Arg(800);
BENCHMARK_CAPTURE(deliver, counted_lists_sparse, Storage::counted_lists, sparse)->Arg(800);
BENCHMARK(build)->Unit(benchmark::kMillisecond);
BENCHMARK_MAIN();
