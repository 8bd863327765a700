#pragma once

#include "engine/core/time_grid.hpp"
#include "engine/recording/history.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

// How two runs of one network come apart, spike by spike. Pure.

namespace engine::analysis {

/// Spikes (step, population, neuron) that one of two runs has and the other has not.
struct SpikeDifferences {
    std::vector<recording::Spike> missing; ///< of the original alone
    std::vector<recording::Spike> added; ///< of the branch alone
};
/// Both sorted as History::spikes() gives them.
SpikeDifferences differences(
    std::span<const recording::Spike> original, std::span<const recording::Spike> branch);

/// The share of spikes that differ, bin by bin, added up as both runs become known.
class Divergence {
public:
    /// Bins of `bin` steps, the first of which begins at the stamp `from`.
    Divergence(core::Step from, core::Step bin);

    /// The spikes of both with done() < stamp <= to.
    void add(std::span<const recording::Spike> original, std::span<const recording::Spike> branch,
        core::Step to);
    core::Step done() const { return done_; }

    struct Bin {
        core::Step begin = 0;
        std::uint64_t differing = 0; ///< spikes of one run that the other has not, of both runs
        std::uint64_t all = 0; ///< spikes of both runs
        /// Of all spikes; 0 where there are none.
        double share() const
        {
            return all == 0 ? 0.0 : static_cast<double>(differing) / static_cast<double>(all);
        }
    };
    const std::vector<Bin>& bins() const { return bins_; }
    /// Stamp of the first spike that differs.
    std::optional<core::Step> first() const { return first_; }
    /// Beginning of the first bin from which on at least this share of spikes differs, of so many
    /// bins that they hold 50 spikes or more.
    std::optional<core::Step> reaches(double share) const;

private:
    core::Step from_;
    core::Step width_;
    core::Step done_;
    std::vector<Bin> bins_;
    std::optional<core::Step> first_;
};

} // namespace engine::analysis
