#pragma once

#include "engine/config/experiment.hpp"
#include "engine/core/time_grid.hpp"
#include "engine/recording/history.hpp"

#include <iosfwd>

// The one writer of CSV: window and command line give the same bytes (preset-format.md 9).

namespace engine::recording {

void write_traces_header(std::ostream& out, const History& history);
/// Rows with from < stamp <= to; a cell is empty where its variable has no sample at that time.
void write_traces(std::ostream& out, const History& history, const core::TimeGrid& grid,
    core::Step from, core::Step to);

void write_spikes_header(std::ostream& out);
void write_spikes(std::ostream& out, const History& history, const config::Experiment& experiment,
    const core::TimeGrid& grid, core::Step from, core::Step to);

} // namespace engine::recording
