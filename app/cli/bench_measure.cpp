#include "app/cli/bench_measure.hpp"

#include "app/cli/build_simulation.hpp"
#include "app/cli/interrupt.hpp"
#include "app/cli/stopwatch.hpp"
#include "engine/core/diagnostic.hpp"
#include "engine/network/connectivity.hpp"
#include "engine/network/layout.hpp"

#include <algorithm>
#include <functional>
#include <memory>
#include <new>
#include <set>
#include <thread>

namespace app::cli {

namespace config = engine::config;
namespace core = engine::core;
using engine::Simulation;

namespace {

constexpr double ms_per_s = 1000.0;

/// What a piece of work took [s].
struct Spent {
    double cpu = 0.0;
    double busiest = 0.0;
    double wall = 0.0;
};

/// `workers_before` are the clocks of the worker threads when `watch` began; empty where the
/// threads began with the work.
Spent spent(
    const Stopwatch& watch, const Simulation& simulation, const std::vector<double>& workers_before)
{
    const Stopwatch::Reading reading = watch.read();
    Spent out {reading.cpu_s, reading.own_cpu_s, reading.wall_s};
    const std::vector<double> workers = simulation.worker_cpu_seconds();
    for (std::size_t w = 0; w < workers.size(); ++w) {
        const double before = w < workers_before.size() ? workers_before[w] : 0.0;
        out.busiest = std::max(out.busiest, workers[w] - before);
    }
    return out;
}

/// Synaptic events that a spike of each population causes, on average.
std::vector<double> events_per_spike(const config::Experiment& experiment)
{
    std::vector<double> events(experiment.populations.size(), 0.0);
    for (const auto& site : engine::network::sites_of(experiment)) {
        events[site.projection->source]
            += engine::network::expected_synapses(site) / static_cast<double>(site.sources);
    }
    return events;
}

/// Whole exchanges of spikes, so that measuring in pieces costs nothing.
core::Step rounded(core::Step steps, core::Step exchange)
{
    return std::max<core::Step>((steps + exchange - 1) / exchange, 1) * exchange;
}

/// Advances in some pieces, between which Ctrl-C and the progress bar act.
void advance(Simulation& simulation, core::Step steps, const std::function<void(double)>& progress)
{
    constexpr core::Step pieces = 20;
    const core::Step end = simulation.now() + steps;
    const core::Step piece = rounded(steps / pieces, simulation.exchange_interval());
    while (simulation.now() < end) {
        InterruptGuard::check();
        simulation.advance(std::min(piece, end - simulation.now()));
        progress(1.0 - static_cast<double>(end - simulation.now()) / static_cast<double>(steps));
    }
}

/// Seconds for the whole work in the unit of the row, which is `amount` biological seconds or
/// steps.
double in_unit(BenchUnit unit, double seconds, double amount)
{
    constexpr double us_per_s = 1e6;
    switch (unit) {
    case BenchUnit::per_biological_second:
        return seconds / amount;
    case BenchUnit::build:
        return seconds;
    case BenchUnit::per_step:
        return seconds * us_per_s / amount;
    case BenchUnit::times_real_time:
        break;
    }
    return amount / seconds;
}

/// The measurements of one row with one number of threads.
class Measurement {
public:
    Measurement(const BenchRow& row, const BenchSettings& settings, int threads, ProgressBar& bar)
        : row_(row)
        , document_(row.network())
        , shorter_(settings.quick ? 0.2 : 1.0)
        , repeat_(settings.quick ? 1 : settings.repeat)
        , bar_(bar)
        , what_(row.name + ", " + std::to_string(threads) + (threads == 1 ? " thread" : " threads"))
    {
        run_.threads = threads;
    }

    void go(BenchResult& result)
    {
        if (row_.unit == BenchUnit::build) {
            for (int i = 0; i < repeat_; ++i) {
                build();
            }
        } else {
            build();
            simulate(result);
        }
        result.neurons = simulation_->neurons();
        result.synapses = simulation_->synapses();
        result.runs.push_back(run_);
    }

private:
    void build()
    {
        simulation_.reset();
        const Stopwatch watch;
        simulation_ = build_simulation(document_, run_.threads, bar_, what_);
        const Spent took = spent(watch, *simulation_, {});
        run_.build_s = simulation_->build_seconds();
        if (row_.unit == BenchUnit::build) {
            take(took, 0.0);
        }
    }

    void simulate(BenchResult& result)
    {
        const core::TimeGrid& grid = simulation_->grid();
        const core::Step exchange = simulation_->exchange_interval();
        const core::Step settle = rounded(grid.steps(row_.settle_ms * shorter_), exchange);
        const core::Step window = rounded(grid.steps(row_.window_ms * shorter_), exchange);
        result.window_ms = grid.time_ms(window);
        const auto total = static_cast<double>(settle + window * repeat_);
        const auto paint
            = [&](double) { bar_.paint(static_cast<double>(simulation_->now()) / total, what_); };
        advance(*simulation_, settle, paint);
        const std::vector<double> per_spike = events_per_spike(document_.experiment());
        const double amount = row_.unit == BenchUnit::per_step ? static_cast<double>(window)
                                                               : result.window_ms / ms_per_s;
        for (int i = 0; i < repeat_; ++i) {
            const auto spikes_before = simulation_->spike_counts();
            const auto workers_before = simulation_->worker_cpu_seconds();
            const Stopwatch watch;
            advance(*simulation_, window, paint);
            const Spent took = spent(watch, *simulation_, workers_before);
            const auto spikes_after = simulation_->spike_counts();
            double events = 0.0;
            double spikes = 0.0;
            for (std::size_t p = 0; p < per_spike.size(); ++p) {
                const auto fired = static_cast<double>(spikes_after[p] - spikes_before[p]);
                spikes += fired;
                events += fired * per_spike[p];
            }
            run_.rate_Hz = spikes / static_cast<double>(simulation_->neurons())
                / (result.window_ms / ms_per_s);
            run_.events_per_cpu_s = std::max(run_.events_per_cpu_s, events / took.cpu);
            take(took, amount);
        }
    }

    /// Keeps the best of each figure.
    void take(const Spent& took, double amount)
    {
        const auto keep = [&](double& best, double seconds) {
            const double value = in_unit(row_.unit, seconds, amount);
            const bool more = row_.unit == BenchUnit::times_real_time;
            best = first_ ? value : more ? std::max(best, value) : std::min(best, value);
        };
        keep(run_.cpu, took.cpu);
        keep(run_.busiest, took.busiest);
        keep(run_.wall, took.wall);
        first_ = false;
    }

    const BenchRow& row_;
    config::PresetDocument document_;
    double shorter_;
    int repeat_;
    ProgressBar& bar_;
    std::string what_;
    std::unique_ptr<Simulation> simulation_;
    BenchRun run_;
    bool first_ = true;
};

} // namespace

std::vector<int> thread_counts(const BenchRow& row, const BenchSettings& settings)
{
    if (row.one_thread) {
        return {1};
    }
    if (settings.threads > 0) {
        return {settings.threads};
    }
    std::set<int> counts {1, 2};
    counts.insert(std::max(1, static_cast<int>(std::thread::hardware_concurrency())));
    return {counts.begin(), counts.end()};
}

BenchResult measure(const BenchRow& row, const BenchSettings& settings, ProgressBar& bar)
{
    BenchResult result;
    result.row = row;
    try {
        for (const int threads : thread_counts(row, settings)) {
            Measurement(row, settings, threads, bar).go(result);
        }
    } catch (const core::RunError& error) {
        result.left_out = error.what();
    } catch (const std::bad_alloc&) {
        result.left_out = "not enough memory";
    }
    return result;
}

} // namespace app::cli
