#pragma once

#include "engine/recording/history.hpp"
#include "tests/support/shipped.hpp"

#include <optional>

namespace test_support {

struct ShippedRun {
    std::vector<engine::recording::Spike> spikes; ///< sorted by step, population, neuron
    double dt_ms = 0.0;
    double end_ms = 0.0;
    std::vector<std::size_t> sizes; ///< of the populations

    /// Times of one population, all its neurons together [ms], from < t <= to.
    std::vector<double> times_ms(
        std::size_t population, double from_ms = 0.0, double to_ms = 1e300) const;
    /// Mean rate of a population after `from_ms` [spikes/s].
    double rate_Hz(std::size_t population, double from_ms) const;
};

/// Runs `duration_ms`, or the preset's whole duration.
ShippedRun run(const engine::config::PresetDocument& document,
    std::optional<double> duration_ms = std::nullopt);

} // namespace test_support
