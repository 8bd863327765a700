#include "engine/core/normals.hpp"
#include "engine/core/poisson.hpp"
#include "engine/core/random.hpp"
#include "engine/core/random_words.hpp"

#include <benchmark/benchmark.h>

#include <array>
#include <cmath>
#include <random>
#include <vector>

// Random draws by blocks of one chunk, and simple references: time of a draw in ns.

using namespace engine::core;

namespace {

constexpr std::size_t block = 512;

void per_draw(benchmark::State& state)
{
    state.counters["ns_per_draw"] = benchmark::Counter(
        block * 1e-9, benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

void words(benchmark::State& state)
{
    std::array<WordGroup, block / 4> groups;
    std::uint64_t key = 1;
    for (auto _ : state) {
        random_words(mix(++key), groups.size(), groups.data());
        benchmark::DoNotOptimize(groups.data());
        benchmark::ClobberMemory();
    }
    per_draw(state);
}

void poisson_block(benchmark::State& state, double mean)
{
    const PoissonTable table(mean);
    std::array<std::uint8_t, block> counts;
    std::uint64_t key = 1;
    for (auto _ : state) {
        table.fill(mix(++key), block, counts.data());
        benchmark::DoNotOptimize(counts.data());
        benchmark::ClobberMemory();
    }
    per_draw(state);
}

/// Walk along the cumulative distribution.
void poisson_walk(benchmark::State& state, double mean)
{
    Random random(1);
    const double p0 = std::exp(-mean);
    std::array<std::uint32_t, block> counts;
    for (auto _ : state) {
        for (std::uint32_t& count : counts) {
            double u = random.uniform();
            double p = p0;
            count = 0;
            while (u >= p && p > 0.0) {
                u -= p;
                p *= mean / ++count;
            }
        }
        benchmark::DoNotOptimize(counts.data());
        benchmark::ClobberMemory();
    }
    per_draw(state);
}

void normal_block(benchmark::State& state)
{
    std::array<double, block> numbers;
    std::uint64_t key = 1;
    for (auto _ : state) {
        normals(mix(++key), {}, block, numbers.data());
        benchmark::DoNotOptimize(numbers.data());
        benchmark::ClobberMemory();
    }
    per_draw(state);
}

void normal_quantile(benchmark::State& state)
{
    Random random(1);
    std::array<double, block> numbers;
    for (auto _ : state) {
        for (double& x : numbers) {
            x = random.normal();
        }
        benchmark::DoNotOptimize(numbers.data());
        benchmark::ClobberMemory();
    }
    per_draw(state);
}

void normal_library(benchmark::State& state)
{
    std::mt19937_64 random(1);
    std::normal_distribution<double> normal;
    std::array<double, block> numbers;
    for (auto _ : state) {
        for (double& x : numbers) {
            x = normal(random);
        }
        benchmark::DoNotOptimize(numbers.data());
        benchmark::ClobberMemory();
    }
    per_draw(state);
}

} // namespace

BENCHMARK(normal_block);
BENCHMARK(normal_quantile);
BENCHMARK(normal_library);
BENCHMARK(words);
BENCHMARK_CAPTURE(poisson_block, 0.0001, 0.0001);
BENCHMARK_CAPTURE(poisson_block, 0.01, 0.01);
BENCHMARK_CAPTURE(poisson_block, 0.1, 0.1);
BENCHMARK_CAPTURE(poisson_block, 0.5, 0.5);
BENCHMARK_CAPTURE(poisson_block, 2, 2.0);
BENCHMARK_CAPTURE(poisson_block, 4, 4.0);
BENCHMARK_CAPTURE(poisson_block, 8, 8.0);
BENCHMARK_CAPTURE(poisson_block, 12, 12.0);
BENCHMARK_CAPTURE(poisson_block, 16, 16.0);
BENCHMARK_CAPTURE(poisson_block, 20, 20.0);
BENCHMARK_CAPTURE(poisson_block, 60, 60.0);
BENCHMARK_CAPTURE(poisson_walk, 0.01, 0.01);
BENCHMARK_CAPTURE(poisson_walk, 2, 2.0);
BENCHMARK_CAPTURE(poisson_walk, 20, 20.0);
