#pragma once

#include "engine/config/experiment.hpp"
#include "engine/core/random.hpp"
#include "engine/core/time_grid.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace engine::network {

/// Neighbouring target neurons whose synapses and state stay together; the unit of parallel work.
/// Its bounds depend on the network alone.
struct TargetRange {
    std::uint32_t first = 0;
    std::uint32_t count = 0;
};

/// Synapses onto one range of targets, in an order that the rule alone determines: sorted stably by
/// source it gives the place of a synapse in the list of its source.
struct Synapses {
    std::vector<std::uint32_t> source;
    std::vector<std::uint32_t> target; ///< counted from the range's first neuron
    std::vector<double> weight; ///< relative; empty where the projection has one weight
    std::vector<std::uint16_t> delay; ///< in steps; empty where the projection has one delay

    std::size_t size() const { return source.size(); }
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

/// Drawn weights and delays. They belong to the row (a target or a source, as the rule goes) and
/// the place in it.
class SynapseDraws {
public:
    explicit SynapseDraws(const ProjectionSite& site);

    /// Appends weights and delays of `count` synapses of the row, as far as they are drawn.
    void append_row(std::uint64_t row, std::size_t count, Synapses& to) const;
    bool any() const { return weight_.has_value() || delay_.has_value(); }

private:
    std::optional<config::Draw> weight_; ///< without its scale, which may change in the run
    std::optional<config::Draw> delay_;
    core::StreamKey weight_key_;
    core::StreamKey delay_key_;
    core::TimeGrid grid_;
};

/// Longest delay that can be stored, in steps.
inline constexpr core::Step longest_delay = 65535;

/// A delay in whole steps, at least one.
core::Step delay_steps(double delay_ms, const core::TimeGrid& grid);

} // namespace engine::network
