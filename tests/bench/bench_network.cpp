#include "engine/models/neurons.hpp"
#include "engine/stimuli/spike_source.hpp"

#include <benchmark/benchmark.h>

#include <vector>

// Costs of what neurons do in a step: drawing their input and advancing.

namespace {

using namespace engine;

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

BENCHMARK(poisson);
BENCHMARK(lif_step);
