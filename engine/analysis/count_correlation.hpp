#pragma once

#include "engine/core/time_grid.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace engine::analysis {

/// Mean Pearson correlation of the spike counts of all pairs of some neurons, from spikes as they
/// come. Memory of one sum for each pair; work for pairs that fire in the same bin only. One thread
/// at a time.
class CountCorrelation {
public:
    /// Counts in bins of `bin` steps after `from`.
    CountCorrelation(std::size_t neurons, core::Step from, core::Step bin);

    /// Stamps after `from`; must not descend.
    void add(core::Step stamp, std::size_t neuron)
    {
        if (stamp > end_) {
            close_before(stamp);
        }
        if (counts_[neuron]++ == 0) {
            active_.push_back(neuron);
        }
    }
    /// Everything up to `stamp` has been added.
    void advance(core::Step stamp)
    {
        if (stamp >= end_) {
            close_before(stamp + 1);
        }
    }

    /// Of the complete bins; pairs of which one has the same count in every bin have none. Missing
    /// where no pair has one.
    std::optional<double> mean() const;

private:
    void close_before(core::Step stamp);
    void close();
    /// Sum of the products of the counts of a and b >= a.
    std::size_t pair(std::size_t a, std::size_t b) const { return a * counts_.size() + b; }

    core::Step bin_;
    core::Step end_; ///< last stamp of the present bin
    std::uint64_t bins_ = 0; ///< complete ones
    std::vector<std::uint32_t> counts_; ///< in the present bin
    std::vector<std::size_t> active_; ///< neurons with counts in it
    std::vector<std::uint64_t> sums_;
    std::vector<std::uint64_t> products_;
};

} // namespace engine::analysis
