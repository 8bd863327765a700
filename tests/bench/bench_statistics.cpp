#include "engine/analysis/statistics_observer.hpp"
#include "engine/checks/evaluator.hpp"
#include "engine/core/random.hpp"
#include "engine/models/description.hpp"
#include "engine/recording/history.hpp"

#include <benchmark/benchmark.h>

#include <algorithm>
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

/// The Brunel network's populations, with some of the checks of its presets.
config::Experiment brunel()
{
    config::Experiment experiment;
    for (const std::size_t size : {std::size_t {neurons}, std::size_t {neurons / 4}}) {
        config::Population& population = experiment.populations.emplace_back();
        population.size = size;
        population.model = models::Registry::instance().find("iaf_psc_delta");
        population.params = population.model->defaults();
    }
    for (const config::Quantity quantity :
        {config::Quantity::rate, config::Quantity::cv_isi, config::Quantity::correlation}) {
        config::Check& check = experiment.checks.emplace_back();
        check.quantity = quantity;
        check.population = 0;
        check.to_ms = 1e12;
    }
    return experiment;
}

/// Hands the spikes of both populations on as a network does: step by step.
class Spikes {
public:
    Spikes()
    {
        for (const std::uint32_t size : {neurons, neurons / 4}) {
            for (auto& fired : fired_.emplace_back(poisson_raster(38.0))) {
                fired.erase(std::lower_bound(fired.begin(), fired.end(), size), fired.end());
                count_ += fired.size();
            }
        }
    }

    std::uint64_t count() const { return count_; }

    template <class Take, class Done> void hand_on(core::Step begin, Take&& take, Done&& done) const
    {
        for (std::size_t i = 0; i < static_cast<std::size_t>(steps); ++i) {
            const core::Step stamp = begin + static_cast<core::Step>(i) + 1;
            for (std::size_t p = 0; p < fired_.size(); ++p) {
                take(stamp, p, fired_[p][i]);
            }
            if ((i + 1) % batch == 0) {
                done(stamp);
            }
        }
    }

private:
    static constexpr std::size_t batch = 15; ///< steps, an exchange of spikes
    std::vector<std::vector<std::vector<std::uint32_t>>> fired_; ///< by population and step
    std::uint64_t count_ = 0;
};

void per_spike(benchmark::State& state, const Spikes& spikes)
{
    state.counters["per_spike"] = benchmark::Counter(
        static_cast<double>(state.iterations()) * static_cast<double>(spikes.count()),
        benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

void follow(benchmark::State& state, analysis::Observer& observer)
{
    const Spikes spikes;
    observer.begin(0);
    core::Step now = 0;
    for (auto _ : state) {
        spikes.hand_on(
            now,
            [&](core::Step stamp, std::size_t population, std::span<const std::uint32_t> fired) {
                observer.spikes(stamp, population, fired);
            },
            [&](core::Step stamp) { observer.done(stamp); });
        now += steps;
    }
    per_spike(state, spikes);
}

/// What a live run's statistics cost for each spike: windows that overlap, of each population and
/// of the network as a whole.
void follow_live(benchmark::State& state)
{
    analysis::RecentStatistics recent(brunel());
    follow(state, recent);
}

/// The same of the promises of a preset: one window, all trains.
void follow_checks(benchmark::State& state)
{
    checks::Evaluator evaluator(brunel());
    follow(state, evaluator);
}

/// The same of the recording.
void record_spikes(benchmark::State& state)
{
    const Spikes spikes;
    recording::History history({}, std::size_t {1} << 26);
    core::Step now = 0;
    for (auto _ : state) {
        spikes.hand_on(
            now,
            [&](core::Step stamp, std::size_t population, std::span<const std::uint32_t> fired) {
                history.append_spikes(
                    stamp, static_cast<std::uint32_t>(population), fired.data(), fired.size());
            },
            [&](core::Step stamp) { history.publish(stamp); });
        now += steps;
    }
    per_spike(state, spikes);
}

/// Taking them out again, as for a frame.
void read_spikes(benchmark::State& state)
{
    const Spikes spikes;
    recording::History history({}, std::size_t {1} << 26);
    spikes.hand_on(
        0,
        [&](core::Step stamp, std::size_t population, std::span<const std::uint32_t> fired) {
            history.append_spikes(
                stamp, static_cast<std::uint32_t>(population), fired.data(), fired.size());
        },
        [&](core::Step stamp) { history.publish(stamp); });
    for (auto _ : state) {
        benchmark::DoNotOptimize(history.spikes(0, steps));
    }
    per_spike(state, spikes);
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
BENCHMARK(follow_checks)->Unit(benchmark::kMillisecond);
BENCHMARK(record_spikes)->Unit(benchmark::kMillisecond);
BENCHMARK(read_spikes)->Unit(benchmark::kMillisecond);
BENCHMARK(add_voltages);
BENCHMARK(evaluate);
BENCHMARK(welch_segment);
