#pragma once

#include "engine/core/time_grid.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace engine::analysis {

/// Mean Pearson correlation of the spike counts of all pairs of some neurons, from spikes as they
/// come. The counts of some bins are kept; a longer run adds them up for each pair, so that memory
/// does not grow. One thread at a time.
class CountCorrelation {
public:
    /// Counts in bins of `bin` steps after `from`.
    CountCorrelation(std::size_t neurons, core::Step from, core::Step bin);

    /// Spikes at a stamp after `from`; stamps must not descend.
    void add(core::Step stamp, std::span<const std::uint32_t> neurons)
    {
        if (neurons.empty()) {
            return;
        }
        if (stamp > end_) {
            close_before(stamp);
        }
        for (const std::uint32_t neuron : neurons) {
            if (counts_[neuron]++ == 0) {
                active_.push_back(neuron);
            }
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
    struct Entry {
        std::uint32_t neuron;
        std::uint32_t count;
    };
    using Products = std::vector<std::uint64_t>;

    void close_before(core::Step stamp);
    void close();
    /// Adds what is kept to the products of the counts of each pair, the second not before the
    /// first.
    void fold_into(Products& products) const;
    std::size_t pair(std::size_t a, std::size_t b) const { return a * counts_.size() + b; }
    // The sum of all pairs' correlations; `scales` 1 / (bins x standard deviation) of each neuron,
    // 0 where nothing varies, which is so for all but `varying` of them.
    double sum_from_kept(const std::vector<double>& scales, double varying) const;
    double sum_from_products(const std::vector<double>& scales) const;

    core::Step bin_;
    core::Step end_; ///< last stamp of the present bin
    std::uint64_t bins_ = 0; ///< complete ones
    std::vector<std::uint32_t> counts_; ///< in the present bin
    std::vector<std::uint32_t> active_; ///< neurons with counts in it
    std::vector<std::uint64_t> sums_; ///< of the counts of the complete bins, by neuron
    std::vector<std::uint64_t> squares_;
    std::vector<Entry> kept_; ///< neurons that fired, bin by bin
    std::vector<std::size_t> kept_ends_;
    Products products_; ///< of earlier bins; empty where all are kept
};

} // namespace engine::analysis
