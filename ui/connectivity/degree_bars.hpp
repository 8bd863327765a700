#pragma once

#include "engine/analysis/connections.hpp"
#include "engine/theory/degrees.hpp"
#include "ui/connectivity/bar_plot.hpp"
#include "ui/connectivity/connection_data.hpp"

#include <cstdint>
#include <optional>
#include <vector>

// What the histograms of a projection show, as pure functions.

namespace ui {

/// Neurons by their degree. `law`: of each of them; nothing where it is not known.
BarPlot::Shown degreeBars(
    const std::vector<std::uint32_t>& degrees, const std::optional<engine::theory::DegreeLaw>& law);

/// Synapses of these projections by their weight; nothing where their units differ. Counts of all
/// projections of the network; those of these are known.
BarPlot::Shown weightBars(const engine::config::Experiment& experiment,
    const std::vector<std::size_t>& projections, const std::vector<ConnectionData::Counts>& counts);
/// The same by their delay, as it is on the grid [ms].
BarPlot::Shown delayBars(const engine::config::Experiment& experiment,
    const std::vector<std::size_t>& projections, const std::vector<ConnectionData::Counts>& counts);

} // namespace ui
