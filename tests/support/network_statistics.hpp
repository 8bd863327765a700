#pragma once

#include "engine/recording/history.hpp"

#include <map>
#include <string>
#include <vector>

namespace tests {

/// The quantities of tests/data/brunel (defined in ORIGIN.md there) by name. Written for
/// comparison: shares nothing with the engine's statistics. `spikes` sorted by step; `sizes` of the
/// populations E and I; dt = 0.1 ms.
std::map<std::string, double> network_statistics(
    const std::vector<engine::recording::Spike>& spikes, const std::vector<std::size_t>& sizes);

} // namespace tests
