#pragma once

#include "engine/config/experiment.hpp"
#include "engine/core/time_grid.hpp"
#include "engine/network/lane_random.hpp"
#include "engine/network/synapses.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>

namespace engine::network {

/// Drawn weights and delays. They belong to the row (a target or a source, as the rule goes) and
/// the place in it. A value; any thread.
class SynapseDraws {
public:
    explicit SynapseDraws(const ProjectionSite& site);

    bool weights() const { return weight_.has_value(); }
    bool delays() const { return delay_.has_value(); }

    /// One row, from its beginning on. Refers to the draws.
    class Row {
    public:
        Row(const SynapseDraws& draws, std::uint64_t row);
        /// The next `n` weights; only where they are drawn.
        void weights(std::size_t n, double* to);
        void delays(std::size_t n, std::uint16_t* to);

    private:
        const SynapseDraws& draws_;
        core::Random weight_;
        core::Random delay_;
    };

    /// Eight rows from `first` on side by side: column j of row first + l is at j * lanes + l.
    class Rows {
    public:
        Rows(const SynapseDraws& draws, std::uint64_t first);
        /// The next `columns`, at most tile_columns, of each row; only where they are drawn.
        void weights(std::size_t columns, double* to);
        void delays(std::size_t columns, std::uint16_t* to);

    private:
        const SynapseDraws& draws_;
        std::optional<LaneRandom> weight_;
        std::optional<LaneRandom> delay_;
    };

private:
    std::optional<config::Draw> weight_; ///< without its scale, which may change in the run
    std::optional<config::Draw> delay_;
    core::StreamKey weight_key_;
    core::StreamKey delay_key_;
    core::TimeGrid grid_;
};

} // namespace engine::network
