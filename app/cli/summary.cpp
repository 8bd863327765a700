#include "app/cli/summary.hpp"

#include "app/cli/check_json.hpp"
#include "app/cli/plan_command.hpp"
#include "app/cli/stopwatch.hpp"
#include "engine/checks/network_regime.hpp"
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

Json statistics_json(const engine::analysis::PopulationStatistics& statistics)
{
    Json out;
    out["size"] = statistics.neurons;
    out["spikes"] = statistics.spikes;
    out["rate_hz"] = or_null(statistics.rate_Hz);
    out["cv_isi_mean"] = or_null(statistics.cv_isi);
    out["cv_isi_neurons"] = statistics.cv_isi_neurons;
    out["cv2"] = or_null(statistics.cv2);
    out["lv"] = or_null(statistics.lv);
    out["fano_1ms"] = or_null(statistics.fano_1ms);
    out["fano_100ms"] = or_null(statistics.fano_100ms);
    out["population_fluctuation"] = or_null(statistics.fluctuation_1ms);
    out["population_fluctuation_5ms"] = or_null(statistics.fluctuation_5ms);
    out["correlation"] = or_null(statistics.correlation_5ms);
    out["synchrony"] = or_null(statistics.synchrony);
    out["peak_frequency_hz"] = or_null(statistics.peak_frequency_Hz);
    out["peak_over_floor"] = or_null(statistics.peak_over_floor);
    return out;
}

Json populations_json(
    const engine::Simulation& simulation, const engine::analysis::NetworkStatistics& statistics)
{
    Json out = Json::object();
    const auto& list = simulation.document().experiment().populations;
    for (std::size_t p = 0; p < list.size(); ++p) {
        out[list[p].name] = statistics_json(statistics.populations[p]);
    }
    return out;
}

} // namespace

std::string summary_text(const engine::Simulation& simulation, const RunResult& result,
    const engine::analysis::NetworkStatistics& statistics, const engine::checks::Report& report)
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
    out["plan"] = plan_json(document.experiment(),
        engine::network::plan_network(document.experiment(), simulation.threads()));
    out["populations"] = populations_json(simulation, statistics);
    out["network"] = statistics_json(statistics.network);
    if (engine::checks::has_excitation_and_inhibition(document.experiment())) {
        const engine::analysis::Regime regime = engine::checks::regime_of(statistics.network);
        out["regime"] = regime.name();
        out["regime_reason"] = regime.reason;
    }
    out["checks"] = Json::array();
    for (const engine::checks::Result& check : report.results) {
        out["checks"].push_back(as_json(check));
    }
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
