#pragma once

#include "engine/analysis/neighbours.hpp"
#include "ui/grid/grid_layout.hpp"
#include "ui/theme.hpp"

class QPainter;

namespace ui {

/// Draws what stands over grids of neurons: a frame around those that are chosen, marks at the left
/// of those that send spikes to the followed one and at the right of those that get its spikes
/// (`neighbours` may be nullptr), and the followed one.
void paintGridMarks(QPainter& painter, const GridLayout& layout, const NeuronSelection& selection,
    const engine::analysis::Neighbours* neighbours, const PlotColors& colors);

} // namespace ui
