#include "engine/gallery/tile.hpp"

#include "engine/analysis/recorded_response.hpp"

#include <algorithm>
#include <cmath>
#include <exception>
#include <utility>

namespace engine::gallery {

using core::Step;

namespace {

constexpr Step batch = 2000; ///< steps between two looks at what interrupts: a millisecond or two
constexpr double window_without_duration_ms = 1000.0;

/// The check by which the preset itself names its pattern tells which part of the sweep the name is
/// of; else it is of the whole.
std::pair<Step, Step> named_part(
    const config::Experiment& experiment, const core::TimeGrid& grid, Step end)
{
    for (const config::Check& check : experiment.checks) {
        if (check.quantity == config::Quantity::pattern && check.population == 0U
            && check.neuron.value_or(0) == 0) {
            const Step to = check.to_ms ? std::min(grid.steps(*check.to_ms), end) : end;
            return {std::min(grid.steps(check.from_ms), to), to};
        }
    }
    return {0, end};
}

} // namespace

double sweep_ms(const config::Experiment& experiment)
{
    const config::SimulationSettings& settings = experiment.simulation;
    double wanted = settings.duration_ms.value_or(window_without_duration_ms);
    if (settings.at_end == config::AtEnd::go_on && experiment.view.window_ms) {
        wanted = std::min(wanted, *experiment.view.window_ms);
    }
    return std::min(wanted, longest_sweep_ms);
}

Tile::Tile(config::PresetDocument document)
    : document_(std::move(document))
{
    try {
        SimulationOptions options;
        options.threads = 1;
        simulation_ = std::make_unique<Simulation>(document_.with_default_record(), options);
        end_ = std::min(
            simulation_->end(), simulation_->grid().steps(sweep_ms(document_.experiment())));
    } catch (const std::exception& failure) {
        fault_ = failure.what();
    }
}

bool Tile::advance_to(double fraction, const std::function<bool()>& interrupted)
{
    const auto target = static_cast<Step>(
        std::llround(std::clamp(fraction, 0.0, 1.0) * static_cast<double>(end_)));
    while (simulation_ && fault_.empty() && simulation_->now() < target) {
        if (interrupted()) {
            return false;
        }
        try {
            simulation_->advance(std::min(batch, target - simulation_->now()));
        } catch (const std::exception& failure) {
            fault_ = failure.what();
        }
    }
    if (simulation_ && fault_.empty() && simulation_->now() >= end_ && !pattern_) {
        classify();
    }
    return true;
}

void Tile::restart()
{
    if (!simulation_) {
        return;
    }
    if (present().complete()) {
        previous_ = present();
    }
    fault_.clear();
    simulation_->restart();
}

void Tile::follow(const Tile& before)
{
    previous_
        = before.simulation_ && before.present().complete() ? before.present() : before.previous_;
}

Sweep Tile::present() const { return {simulation_->history(), simulation_->now(), end_}; }

TileFrame Tile::frame() const
{
    TileFrame out;
    out.previous = previous_;
    out.pattern = pattern_;
    out.fault = fault_;
    if (simulation_) {
        out.grid = simulation_->grid();
        out.present = present();
    }
    return out;
}

void Tile::classify()
{
    const core::TimeGrid& grid = simulation_->grid();
    const auto response = analysis::recorded_response(*simulation_->history(), grid.dt_ms(), 0, 0);
    if (!response) {
        return; // a model without V_m or I
    }
    const auto [from, to] = named_part(document_.experiment(), grid, end_);
    std::vector<Step> spikes;
    for (const Step stamp : response->spikes) {
        if (stamp > from && stamp <= to) {
            spikes.push_back(stamp - from);
        }
    }
    const auto first = static_cast<std::size_t>(from);
    const auto count = std::min(static_cast<std::size_t>(to - from), response->V_m.size() - first);
    pattern_ = analysis::classify_pattern(
        {grid.dt_ms(), spikes, std::span(response->V_m).subspan(first, count),
            std::span(response->I).subspan(first, count)});
}

} // namespace engine::gallery
