#include "app/cli/summary.hpp"

#include "app/cli/stopwatch.hpp"
#include "version.hpp"

#include <nlohmann/json.hpp>

#include <iomanip>
#include <iostream>
#include <numeric>

namespace app::cli {

using Json = nlohmann::ordered_json;

namespace {

constexpr double ms_per_s = 1000.0;

template <class T> Json or_null(const std::optional<T>& value)
{
    return value ? Json(*value) : Json(nullptr);
}

double simulated_ms(const engine::Simulation& simulation)
{
    return simulation.grid().time_ms(simulation.now());
}

std::optional<double> real_time_factor(
    const engine::Simulation& simulation, const RunResult& result)
{
    return result.simulate_s > 0.0
        ? std::optional(simulated_ms(simulation) / ms_per_s / result.simulate_s)
        : std::nullopt;
}

std::uint64_t total(const std::vector<std::uint64_t>& counts)
{
    return std::accumulate(counts.begin(), counts.end(), std::uint64_t {0});
}

Json populations(const engine::Simulation& simulation, const RunResult& result,
    const RunOutputs::Statistics& statistics)
{
    Json out = Json::object();
    const std::vector<std::uint64_t> counts = simulation.spike_counts();
    const auto& list = simulation.document().experiment().populations;
    for (std::size_t p = 0; p < list.size(); ++p) {
        const std::uint64_t before
            = result.spikes_in_warmup.empty() ? counts[p] : result.spikes_in_warmup[p];
        const std::uint64_t spikes = counts[p] - before;
        Json& entry = out[list[p].name];
        entry["size"] = list[p].size;
        entry["spikes"] = spikes;
        entry["rate_hz"] = or_null(engine::analysis::mean_rate_Hz(
            spikes, list[p].size, simulated_ms(simulation) - result.warmup_ms));
        if (statistics[p]) {
            const engine::analysis::MeanCv cv = statistics[p]->mean_cv();
            entry["cv_isi_mean"] = or_null(cv.mean);
            entry["cv_isi_neurons"] = cv.neurons;
        } else {
            entry["cv_isi_mean"] = nullptr;
            entry["cv_isi_neurons"] = nullptr;
        }
    }
    return out;
}

} // namespace

std::string summary_text(const engine::Simulation& simulation, const RunResult& result,
    const RunOutputs::Statistics& statistics)
{
    const auto& document = simulation.document();
    Json out;
    out["preset"] = document.info().id.empty() ? document.info().title : document.info().id;
    out["version"] = spikescope::version;
    out["seed"] = document.experiment().simulation.seed;
    out["dt_ms"] = simulation.grid().dt_ms();
    out["duration_ms"] = simulated_ms(simulation);
    out["warmup_ms"] = result.warmup_ms;
    out["threads"] = simulation.threads();
    out["build_s"] = simulation.build_seconds();
    out["simulate_s"] = result.simulate_s;
    out["simulate_cpu_s"] = result.simulate_cpu_s;
    out["real_time_factor"] = or_null(real_time_factor(simulation, result));
    out["spikes_total"] = total(simulation.spike_counts());
    out["synapses"] = simulation.synapses();
    out["peak_rss_mb"] = peak_rss_mb();
    out["populations"] = populations(simulation, result, statistics);
    return out.dump(2);
}

void say_what_was_done(const engine::Simulation& simulation, const RunResult& result)
{
    std::cerr << std::setprecision(3) << simulation.document().info().title << ": "
              << engine::core::number_text(simulated_ms(simulation)) << " ms in "
              << result.simulate_s << " s";
    if (const auto factor = real_time_factor(simulation, result)) {
        std::cerr << " (" << *factor << " x real time)";
    }
    std::cerr << ", " << total(simulation.spike_counts()) << " spikes\n";
}

} // namespace app::cli
