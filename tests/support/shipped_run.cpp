#include "tests/support/shipped_run.hpp"

#include "engine/simulation.hpp"

namespace test_support {

using engine::config::PresetDocument;

std::vector<double> ShippedRun::times_ms(std::size_t population, double from_ms, double to_ms) const
{
    const engine::core::TimeGrid grid(dt_ms);
    std::vector<double> times;
    for (const engine::recording::Spike& spike : spikes) {
        const double t = grid.time_ms(spike.step);
        if (spike.population == population && t > from_ms && t <= to_ms) {
            times.push_back(t);
        }
    }
    return times;
}

double ShippedRun::rate_Hz(std::size_t population, double from_ms) const
{
    return static_cast<double>(times_ms(population, from_ms).size()) * 1000.0
        / (static_cast<double>(sizes[population]) * (end_ms - from_ms));
}

ShippedRun run(const PresetDocument& document, std::optional<double> duration_ms)
{
    engine::Simulation simulation(document, {});
    const engine::core::Step steps
        = duration_ms ? simulation.grid().steps(*duration_ms) : simulation.end();
    simulation.advance(steps);
    ShippedRun out;
    out.spikes = simulation.history()->spikes(0, steps);
    out.dt_ms = simulation.grid().dt_ms();
    out.end_ms = simulation.grid().time_ms(simulation.now());
    for (const engine::config::Population& population : document.experiment().populations) {
        out.sizes.push_back(population.size);
    }
    return out;
}

} // namespace test_support
