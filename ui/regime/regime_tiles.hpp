#pragma once

#include "engine/sweep/cell.hpp"
#include "ui/panels/sweep_question.hpp"
#include "ui/regime/regime_state.hpp"

#include <QString>

#include <string>
#include <utility>
#include <vector>

// The measured tiles of a regime map: which runs they are, and what the runs say. No widgets.

namespace ui {

/// The network of the tiles: the present one, or one of fewer neurons with all that each of them
/// gets.
struct NetworkSize {
    double part = 1.0; ///< of the present sizes
    std::size_t neurons = 0;
    std::vector<std::pair<std::string, double>> changes; ///< of the preset, that make it
};
/// The present size first. Smaller ones where every neuron keeps its number of inputs and their
/// weights: projections of fixed in-degree only, sizes of a variable or numbers.
std::vector<NetworkSize> networkSizes(const engine::config::PresetDocument& document);

struct TileQuestion {
    NetworkSize size;
    int points = 9; ///< along each axis
    double duration_ms = 1200.0; ///< of each run
};

/// Runs over both axes, from one end of their ranges to the other: what the command line does with
/// tileCommand(). Rate, CV and spectral peak of the first population, state of the network.
engine::sweep::Request tileRequest(const engine::config::PresetDocument& document,
    const SweepChoice& x, const SweepChoice& y, const TileQuestion& question);

/// The same on the command line. `opened`: the preset as it was opened, which the command names.
QString tileCommand(
    const engine::sweep::Request& request, const engine::config::PresetDocument& opened);

/// A number for each tile, x slowest; NaN where there is none.
std::vector<double> tileValues(const engine::sweep::Request& request,
    const std::vector<engine::sweep::Cell>& cells, RegimeQuantity quantity);

} // namespace ui
