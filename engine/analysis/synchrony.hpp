#pragma once

#include "engine/analysis/running_moments.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace engine::analysis {

/// chi of Golomb & Rinzel (1994, doi:10.1016/0167-2789(94)90214-3) from potentials as they come:
/// chi^2 = Var_t[mean_i V_i] / mean_i Var_t[V_i]. One thread at a time.
class SynchronyAccumulator {
public:
    explicit SynchronyAccumulator(std::size_t neurons);

    /// One sample of every neuron [mV]. Returns their mean.
    double add(std::span<const double> V_m);

    /// Mean over the neurons of their variances in time; missing with fewer than two samples.
    std::optional<double> mean_variance() const;
    /// Missing with fewer than two neurons or samples, and where nothing varies.
    std::optional<double> chi() const;

private:
    // Running moments of every neuron, by column.
    std::vector<double> means_;
    std::vector<double> squares_;
    RunningMoments mean_;
};

/// chi of a mean with this variance in time over neurons with this mean variance.
std::optional<double> golomb_chi(
    std::optional<double> variance_of_mean, std::optional<double> mean_variance);

} // namespace engine::analysis
