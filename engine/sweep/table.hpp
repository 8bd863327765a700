#pragma once

#include "engine/sweep/cell.hpp"

#include <cstddef>
#include <string>
#include <vector>

// A sweep as rows of texts: the one form in which the command line and the window write it.

namespace engine::sweep {

/// Values of the axes and quantities, with their units ("I_pA", "rate_Hz"); where several
/// populations are measured with the population's name ("E.rate_Hz"). A train adds its steady rate.
std::vector<std::string> headline(const Request& request);

/// One line of it; what does not exist is empty.
std::vector<std::string> row(const Request& request, std::size_t index, const Cell& cell);

/// Headline and all cells as CSV, in the order of the axes' values.
std::string csv_text(const Request& request, const std::vector<Cell>& cells);

} // namespace engine::sweep
