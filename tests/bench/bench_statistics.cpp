#include "engine/analysis/statistics_observer.hpp"
#include "engine/core/random.hpp"
#include "engine/models/description.hpp"

#include <benchmark/benchmark.h>

#include <memory>
#include <vector>

// Costs of the statistics of a population of the Brunel network's size at 38 Hz.

namespace {

using namespace engine;

constexpr std::uint32_t neurons = 10000;
constexpr core::Step steps = 5000; ///< of 0.1 ms

/// Neurons that spike in each of the steps.
std::vector<std::vector<std::uint32_t>> poisson_raster(double rate_Hz)
{
    core::Random random(1);
    const double p = rate_Hz * 1e-4;
    std::vector<std::vector<std::uint32_t>> out(static_cast<std::size_t>(steps));
    for (auto& fired : out) {
        for (double n = random.exponential() / p; n < neurons;
             n += random.exponential() / p + 1.0) {
            fired.push_back(static_cast<std::uint32_t>(n));
        }
    }
    return out;
}

/// `looked_at` trains; 0: all.
void add_spikes(benchmark::State& state)
{
    const auto raster = poisson_raster(38.0);
    analysis::StatisticsLimits limits;
    if (state.range(0) > 0) {
        limits.trains = static_cast<std::size_t>(state.range(0));
    }
    const auto choice = std::make_shared<const analysis::PopulationChoice>(neurons, limits);
    std::uint64_t spikes = 0;
    for (auto _ : state) {
        analysis::PopulationAccumulator accumulator(choice, 0.1, 0, steps);
        for (std::size_t i = 0; i < raster.size(); ++i) {
            accumulator.add_spikes(static_cast<core::Step>(i) + 1, raster[i]);
        }
        accumulator.advance(steps);
        spikes += accumulator.statistics().spikes;
    }
    state.counters["per_spike"] = benchmark::Counter(
        static_cast<double>(spikes), benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

/// Everything that a live run's statistics cost for each spike of one population: windows that
/// overlap and the network as a whole; one sample of 200 potentials every 1 ms beside it.
void follow_live(benchmark::State& state)
{
    const auto raster = poisson_raster(38.0);
    config::Experiment experiment;
    for (const std::size_t size : {std::size_t {neurons}, std::size_t {neurons / 4}}) {
        config::Population& population = experiment.populations.emplace_back();
        population.size = size;
        population.model = models::Registry::instance().find("iaf_psc_delta");
        population.params = population.model->defaults();
    }
    const std::vector<double> V_m(200, -60.0);
    analysis::RecentStatistics recent(experiment);
    recent.begin(0);
    core::Step now = 0;
    std::uint64_t spikes = 0;
    for (auto _ : state) {
        for (const auto& fired : raster) {
            recent.spikes(++now, 0, fired);
            spikes += fired.size();
            if (now % 10 == 0) {
                recent.sample(0, now, V_m);
                recent.done(now);
            }
        }
    }
    state.counters["per_spike"] = benchmark::Counter(
        static_cast<double>(spikes), benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

void add_voltages(benchmark::State& state)
{
    core::Random random(1);
    std::vector<double> V_m(200);
    for (double& v : V_m) {
        v = random.normal();
    }
    analysis::SynchronyAccumulator chi(V_m.size());
    for (auto _ : state) {
        benchmark::DoNotOptimize(chi.add(V_m));
    }
}

/// One evaluation, as the window is shown it.
void evaluate(benchmark::State& state)
{
    const auto raster = poisson_raster(38.0);
    analysis::StatisticsLimits limits;
    limits.trains = 1000;
    analysis::PopulationAccumulator accumulator(neurons, 0.1, 0, steps, limits);
    for (std::size_t i = 0; i < raster.size(); ++i) {
        accumulator.add_spikes(static_cast<core::Step>(i) + 1, raster[i]);
    }
    accumulator.advance(steps);
    for (auto _ : state) {
        benchmark::DoNotOptimize(accumulator.statistics());
    }
}

void welch_segment(benchmark::State& state)
{
    analysis::WelchAccumulator welch(1024, 0.5);
    double sample = 0.0;
    for (auto _ : state) {
        for (int i = 0; i < 512; ++i) {
            welch.add(sample += 0.1);
        }
    }
}

} // namespace

BENCHMARK(add_spikes)->Arg(0)->Arg(1000)->Unit(benchmark::kMillisecond);
BENCHMARK(follow_live)->Unit(benchmark::kMillisecond);
BENCHMARK(add_voltages);
BENCHMARK(evaluate);
BENCHMARK(welch_segment);
