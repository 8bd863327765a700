#pragma once

#include "engine/config/experiment.hpp"
#include "engine/core/time_grid.hpp"

#include <cstdint>
#include <string_view>

namespace engine::network {

/// Neighbouring target neurons whose synapses and state stay together; the unit of parallel work.
/// No result depends on its bounds.
struct TargetRange {
    std::uint32_t first = 0;
    std::uint32_t count = 0;
};

/// What a projection is built from, beside its rule.
struct ProjectionSite {
    const config::Projection* projection = nullptr;
    std::size_t index = 0; ///< place in the file
    std::uint32_t sources = 0; ///< size of the source population
    std::uint32_t targets = 0;
    std::string_view target_name;
    std::uint64_t seed = 1;
    core::TimeGrid grid {0.1};

    /// Whether a source and a target with the same index are the same neuron.
    bool recurrent() const { return projection->source == projection->target; }
    /// Whether a neuron must not get a synapse from itself.
    bool without_autapses() const { return recurrent() && !projection->allow_autapses; }
};

/// Longest delay that can be stored, in steps.
inline constexpr core::Step longest_delay = 65535;

/// A delay in whole steps, at least one.
core::Step delay_steps(double delay_ms, const core::TimeGrid& grid);

} // namespace engine::network
