#include "engine/analysis/recorded_response.hpp"

#include "engine/simulation.hpp"

#include <algorithm>

namespace engine::analysis {

using core::Step;

namespace {

constexpr Step batch = 50000; ///< steps between two looks at the stop token

/// Column of a variable of the neuron in the group; missing where it is not there.
std::optional<std::size_t> column_of(const recording::TraceGroup& group, std::uint32_t population,
    std::uint32_t neuron, const char* variable)
{
    const auto found = std::find_if(
        group.columns.begin(), group.columns.end(), [&](const recording::TraceColumn& c) {
            return c.population == population && c.neuron == neuron && c.variable == variable;
        });
    return found == group.columns.end()
        ? std::nullopt
        : std::optional(static_cast<std::size_t>(found - group.columns.begin()));
}

} // namespace

std::optional<RecordedResponse> recorded_response(
    const recording::History& history, double dt_ms, std::uint32_t population, std::uint32_t neuron)
{
    const Step end = history.published();
    for (std::size_t g = 0; g < history.groups().size() && history.first_kept() == 0; ++g) {
        const recording::TraceGroup& group = history.groups()[g];
        const auto V_m = column_of(group, population, neuron, "V_m");
        const auto I = column_of(group, population, neuron, "I");
        if (group.interval != 1 || !V_m || !I) {
            continue;
        }
        RecordedResponse out;
        out.dt_ms = dt_ms;
        const recording::TraceRows rows = history.rows(g, 0, end);
        for (std::size_t row = 0; row < rows.steps.size(); ++row) {
            const double* const values = rows.values.data() + row * group.columns.size();
            out.V_m.push_back(values[*V_m]);
            out.I.push_back(values[*I]);
        }
        for (const recording::Spike& spike : history.spikes(0, end)) {
            if (spike.population == population && spike.neuron == neuron) {
                out.spikes.push_back(spike.step);
            }
        }
        return out;
    }
    return std::nullopt;
}

RecordedResponse simulate_response(
    const config::PresetDocument& document, double duration_ms, const std::stop_token& stop)
{
    SimulationOptions options;
    options.threads = 1;
    const config::SetResult timed
        = document.with_default_record().set("simulation/duration", duration_ms);
    if (!timed.document) {
        throw core::InputError(timed.diagnostics);
    }
    Simulation simulation(*timed.document, options);
    std::string fault;
    while (simulation.now() < simulation.end() && fault.empty()) {
        if (stop.stop_requested()) {
            throw core::Cancelled();
        }
        try {
            simulation.advance(batch);
        } catch (const core::RunError& error) {
            fault = error.what();
        }
    }
    auto out = recorded_response(*simulation.history(), simulation.grid().dt_ms(), 0, 0);
    if (!out) {
        throw core::RunError("the run is too long to be kept in memory");
    }
    out->fault = fault;
    return *out;
}

} // namespace engine::analysis
