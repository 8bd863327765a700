#include "engine/models/neurons.hpp"
#include "engine/network/connectivity.hpp"
#include "engine/network/delivery.hpp"
#include "engine/stimuli/spike_source.hpp"

#include <benchmark/benchmark.h>

#include <memory>
#include <vector>

// Costs of the parts of a network step, for sizes of the Brunel network.

namespace {

using namespace engine;

constexpr std::uint32_t sources = 10000;
constexpr std::uint32_t block = 2048;

struct Part {
    config::Projection projection;
    network::ProjectionSite site;

    explicit Part(bool individual)
    {
        projection.rule = config::FixedIndegree {1000};
        projection.key = "0";
        projection.weight = 0.1;
        projection.delay_ms = 1.5;
        if (individual) {
            config::Draw draw;
            draw.a = 1.0;
            draw.b = 2.0;
            projection.weight = draw;
            projection.delay_ms = draw;
        }
        site.projection = &projection;
        site.sources = sources;
        site.targets = block;
        site.target_name = "E";
    }
    std::unique_ptr<network::Delivery> make(network::Storage storage) const
    {
        const auto connectivity = network::make_connectivity(site, {{0, block}});
        return network::make_delivery(storage, site, {0, block}, *connectivity->stream(0));
    }
};

/// `spikes` sources fire in each step of the ring.
network::SpikeRing random_ring(std::uint32_t spikes)
{
    core::Random random(1);
    network::SpikeRing ring;
    ring.keep(64);
    for (core::Step stamp = 0; stamp < 64; ++stamp) {
        auto& fired = ring.begin_step(stamp);
        for (std::uint32_t i = 0; i < spikes; ++i) {
            fired.push_back((i * (sources / spikes)
                + static_cast<std::uint32_t>(random.below(sources / spikes))));
        }
    }
    return ring;
}

void deliver(benchmark::State& state, network::Storage storage, bool individual)
{
    const auto delivery = Part(individual).make(storage);
    auto ring = random_ring(static_cast<std::uint32_t>(state.range(0)));
    network::Scratch scratch;
    network::BatchArrivals arrivals;
    core::Step k = 0;
    for (auto _ : state) {
        delivery->send(ring, k % 63, k % 63 + 1);
        arrivals.begin(1, block);
        delivery->gather(ring, {k % 63, k % 63 + 1, k % 63, 0}, arrivals, scratch);
        benchmark::DoNotOptimize(arrivals[0].values);
        delivery->consumed(k % 63, k % 63 + 1);
        ++k;
    }
    const double events = static_cast<double>(state.range(0)) * block * 1000.0 / sources;
    state.counters["events"]
        = benchmark::Counter(events, benchmark::Counter::kIsIterationInvariantRate);
}

void build(benchmark::State& state)
{
    for (auto _ : state) {
        benchmark::DoNotOptimize(Part(false).make(network::Storage::counted_lists));
    }
    state.counters["synapses"]
        = benchmark::Counter(block * 1000.0, benchmark::Counter::kIsIterationInvariantRate);
}

void poisson(benchmark::State& state)
{
    config::Stimulus stimulus;
    stimulus.key = "0";
    stimulus.source = config::Poisson {20000.0, 0.1, false};
    const auto source = stimuli::make_spike_source(stimulus, core::TimeGrid(0.1), 1);
    std::vector<double> weights(models::chunk_size);
    core::Step k = 0;
    for (auto _ : state) {
        source->fill(k++, "E", 0, models::chunk_size, weights.data());
        benchmark::DoNotOptimize(weights.data());
    }
    state.counters["draws"] = benchmark::Counter(
        static_cast<double>(models::chunk_size), benchmark::Counter::kIsIterationInvariantRate);
}

void lif_step(benchmark::State& state)
{
    const auto* model = models::Registry::instance().find("iaf_psc_delta");
    const auto neurons = model->make(models::chunk_size, 0.1, {model->defaults(), {}}, {});
    const std::vector<double> arrivals(models::chunk_size, 0.01);
    const double* ports[] = {arrivals.data()};
    models::StepInput input;
    input.arrivals = ports;
    std::vector<std::uint32_t> fired;
    for (auto _ : state) {
        fired.clear();
        benchmark::DoNotOptimize(neurons->advance(0, models::chunk_size, input, fired));
    }
    state.counters["neuron_steps"] = benchmark::Counter(
        static_cast<double>(models::chunk_size), benchmark::Counter::kIsIterationInvariantRate);
}

} // namespace

BENCHMARK_CAPTURE(deliver, counted_lists, network::Storage::counted_lists, false)
    ->Arg(48)
    ->Arg(240);
BENCHMARK_CAPTURE(deliver, delayed_lists, network::Storage::delayed_lists, true)->Arg(48);
BENCHMARK(build)->Unit(benchmark::kMillisecond);
BENCHMARK(poisson);
BENCHMARK(lif_step);
BENCHMARK_MAIN();
