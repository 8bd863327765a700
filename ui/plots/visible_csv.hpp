#pragma once

#include "engine/core/time_grid.hpp"
#include "engine/recording/history.hpp"

#include <QString>

#include <string>
#include <utility>
#include <vector>

namespace ui {

/// Some columns of the traces with from < stamp <= to, in the form of the program's CSV files:
/// time_ms, then a column each; a cell is empty where its variable has no sample. `columns`:
/// (group, column within it).
std::string tracesCsv(const engine::recording::History& history,
    const std::vector<std::pair<std::size_t, std::size_t>>& columns,
    const engine::core::TimeGrid& grid, engine::core::Step from, engine::core::Step to);

/// The file appears complete or not at all. Returns what went wrong, empty = done.
QString saveText(const QString& path, const std::string& text);

} // namespace ui
