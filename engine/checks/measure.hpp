#pragma once

#include "engine/analysis/population_statistics.hpp"
#include "engine/checks/report.hpp"
#include "engine/checks/train_events.hpp"
#include "engine/config/quantity.hpp"
#include "engine/core/time_grid.hpp"

namespace engine::checks {

/// Stamps from < stamp <= to.
struct Window {
    core::Step from = 0;
    core::Step to = 0;

    bool holds(core::Step stamp) const { return stamp > from && stamp <= to; }
    friend bool operator==(const Window&, const Window&) = default;
};

/// What a quantity is measured with.
enum class Instrument {
    statistics, ///< of a population, a neuron or the network in a window
    events, ///< single spikes, intervals and bursts
    trace, ///< the membrane potential of one neuron
};
Instrument instrument_of(config::Quantity quantity);

/// A quantity whose instrument is `statistics`.
Measured measured(config::Quantity quantity, const analysis::PopulationStatistics& statistics);

/// A quantity whose instrument is `events`; times count from the stamp `begin`.
Measured measured(config::Quantity quantity, const TrainEvents& events, const core::TimeGrid& grid,
    core::Step begin);

} // namespace engine::checks
