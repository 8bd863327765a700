#include "engine/analysis/count_correlation.hpp"

#include <algorithm>
#include <cmath>

namespace engine::analysis {

namespace {

constexpr std::size_t most_kept = 512; // bins

} // namespace

CountCorrelation::CountCorrelation(std::size_t neurons, core::Step from, core::Step bin)
    : bin_(bin)
    , end_(from + bin)
    , counts_(neurons, 0)
    , sums_(neurons, 0)
    , squares_(neurons, 0)
{
}

void CountCorrelation::close_before(core::Step stamp)
{
    if (!active_.empty()) {
        close();
    }
    const core::Step passed = (stamp - 1 - end_) / bin_; // empty bins after it
    bins_ += static_cast<std::uint64_t>(passed) + 1;
    end_ += (passed + 1) * bin_;
}

void CountCorrelation::close()
{
    std::sort(active_.begin(), active_.end());
    for (const std::uint32_t neuron : active_) {
        const std::uint64_t count = counts_[neuron];
        sums_[neuron] += count;
        squares_[neuron] += count * count;
        kept_.push_back({neuron, counts_[neuron]});
        counts_[neuron] = 0;
    }
    active_.clear();
    kept_ends_.push_back(kept_.size());
    if (kept_ends_.size() == most_kept) {
        products_.resize(counts_.size() * counts_.size(), 0);
        fold_into(products_);
        kept_.clear();
        kept_ends_.clear();
    }
}

void CountCorrelation::fold_into(Products& products) const
{
    std::size_t begin = 0;
    for (const std::size_t end : kept_ends_) {
        for (std::size_t i = begin; i < end; ++i) {
            const std::uint64_t count = kept_[i].count;
            for (std::size_t j = i; j < end; ++j) {
                products[pair(kept_[i].neuron, kept_[j].neuron)] += count * kept_[j].count;
            }
        }
        begin = end;
    }
}

double CountCorrelation::sum_from_kept(const std::vector<double>& scales, double varying) const
{
    // With z the counts less their mean, over their standard deviation, the variance of the sum of
    // all z is the number of neurons + twice the sum of all correlations.
    const auto n = static_cast<double>(bins_);
    double mean = 0.0; // of the sum of all scaled counts
    for (std::size_t a = 0; a < scales.size(); ++a) {
        mean += scales[a] * static_cast<double>(sums_[a]) / n;
    }
    double squares = (n - static_cast<double>(kept_ends_.size())) * mean * mean; // empty bins
    std::size_t begin = 0;
    for (const std::size_t end : kept_ends_) {
        double deviation = -mean;
        for (std::size_t i = begin; i < end; ++i) {
            deviation += scales[kept_[i].neuron] * static_cast<double>(kept_[i].count);
        }
        squares += deviation * deviation;
        begin = end;
    }
    return 0.5 * (n * squares - varying);
}

double CountCorrelation::sum_from_products(const std::vector<double>& scales) const
{
    Products products = products_;
    fold_into(products);
    const auto n = static_cast<double>(bins_);
    double sum = 0.0;
    for (std::size_t a = 0; a < scales.size(); ++a) {
        for (std::size_t b = a + 1; b < scales.size(); ++b) {
            const double covariance = n * static_cast<double>(products[pair(a, b)])
                - static_cast<double>(sums_[a]) * static_cast<double>(sums_[b]);
            sum += covariance * scales[a] * scales[b];
        }
    }
    return sum;
}

std::optional<double> CountCorrelation::mean() const
{
    const auto n = static_cast<double>(bins_);
    std::vector<double> scales;
    double varying = 0.0;
    for (std::size_t a = 0; a < sums_.size(); ++a) {
        const auto sum = static_cast<double>(sums_[a]);
        const double variance = n * static_cast<double>(squares_[a]) - sum * sum;
        scales.push_back(variance > 0.0 ? 1.0 / std::sqrt(variance) : 0.0);
        varying += variance > 0.0 ? 1.0 : 0.0;
    }
    if (varying < 2.0) {
        return std::nullopt;
    }
    const double sum
        = products_.empty() ? sum_from_kept(scales, varying) : sum_from_products(scales);
    return sum / (0.5 * varying * (varying - 1.0));
}

} // namespace engine::analysis
