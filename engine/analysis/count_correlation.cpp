#include "engine/analysis/count_correlation.hpp"

#include <algorithm>
#include <cmath>

namespace engine::analysis {

CountCorrelation::CountCorrelation(std::size_t neurons, core::Step from, core::Step bin)
    : bin_(bin)
    , end_(from + bin)
    , counts_(neurons, 0)
    , sums_(neurons, 0)
    , products_(neurons * neurons, 0)
{
}

void CountCorrelation::close_before(core::Step stamp)
{
    close();
    const core::Step passed = (stamp - 1 - end_) / bin_; // empty bins after it
    bins_ += static_cast<std::uint64_t>(passed) + 1;
    end_ += (passed + 1) * bin_;
}

void CountCorrelation::close()
{
    std::sort(active_.begin(), active_.end());
    for (std::size_t i = 0; i < active_.size(); ++i) {
        const std::size_t a = active_[i];
        const std::uint64_t count = counts_[a];
        sums_[a] += count;
        for (std::size_t j = i; j < active_.size(); ++j) {
            products_[pair(a, active_[j])] += count * counts_[active_[j]];
        }
    }
    for (const std::size_t neuron : active_) {
        counts_[neuron] = 0;
    }
    active_.clear();
}

std::optional<double> CountCorrelation::mean() const
{
    const auto n = static_cast<double>(bins_);
    const auto covariance = [&](std::size_t a, std::size_t b) { // times n^2, which cancels
        return n * static_cast<double>(products_[pair(a, b)])
            - static_cast<double>(sums_[a]) * static_cast<double>(sums_[b]);
    };
    std::vector<std::size_t> varying;
    std::vector<double> scale; // 1 / (n standard deviation)
    for (std::size_t a = 0; a < sums_.size(); ++a) {
        const double variance = covariance(a, a);
        if (variance > 0.0) {
            varying.push_back(a);
            scale.push_back(1.0 / std::sqrt(variance));
        }
    }
    if (varying.size() < 2) {
        return std::nullopt;
    }
    double sum = 0.0;
    for (std::size_t i = 0; i < varying.size(); ++i) {
        for (std::size_t j = i + 1; j < varying.size(); ++j) {
            sum += covariance(varying[i], varying[j]) * scale[i] * scale[j];
        }
    }
    const auto neurons = static_cast<double>(varying.size());
    return sum / (0.5 * neurons * (neurons - 1.0));
}

} // namespace engine::analysis
