#include "engine/theory/boundaries.hpp"
#include "engine/theory/map.hpp"
#include "engine/theory/siegert.hpp"

#include <benchmark/benchmark.h>

#include <chrono>
#include <thread>

// Costs of the mean-field theory: one network, and a map of 60 x 50 with two threads.

namespace {

using namespace engine::theory;

void theory_rates(benchmark::State& state)
{
    const BrunelParams params;
    for (auto _ : state) {
        benchmark::DoNotOptimize(self_consistent_rates(params));
    }
}

void theory_cv(benchmark::State& state)
{
    const Input input = input_at(0.038, BrunelParams {});
    for (auto _ : state) {
        benchmark::DoNotOptimize(isi_cv(input.mu, input.sigma, LifParams {}));
    }
}

void theory_stability(benchmark::State& state)
{
    const BrunelParams params;
    const double rate = self_consistent_rates(params).back();
    for (auto _ : state) {
        benchmark::DoNotOptimize(stability(params, rate));
    }
}

enum MapStage { first_picture, all_rates, everything };

void theory_map(benchmark::State& state, MapStage stage)
{
    const MapRequest request {{}, {2.5, 8.0, 60}, {0.0, 4.0, 50}};
    for (auto _ : state) {
        const Map map(request, 2);
        for (bool reached = false; !reached;) {
            std::this_thread::sleep_for(std::chrono::microseconds(200));
            const MapPicture picture = map.picture();
            reached = stage == first_picture ? picture.spacing > 0
                : stage == all_rates         ? picture.rates
                                             : picture.complete;
        }
    }
}

BENCHMARK(theory_rates)->Unit(benchmark::kMicrosecond);
BENCHMARK(theory_cv)->Unit(benchmark::kMicrosecond);
BENCHMARK(theory_stability)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(theory_map, first_picture, first_picture)
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime()
    ->UseRealTime();
BENCHMARK_CAPTURE(theory_map, rates_and_cv, all_rates)
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime()
    ->UseRealTime();
BENCHMARK_CAPTURE(theory_map, everything, everything)
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime()
    ->UseRealTime();

} // namespace
