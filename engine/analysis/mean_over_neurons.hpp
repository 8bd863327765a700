#pragma once

#include <cstddef>
#include <optional>

namespace engine::analysis {

/// Mean of a value over the neurons that have one. Parts with different weights can be joined: a
/// neuron of a population of which every n-th is looked at stands for n.
class MeanOverNeurons {
public:
    void add(double value)
    {
        sum_ += value;
        weight_ += 1.0;
        ++neurons_;
    }
    void join(const MeanOverNeurons& other, double weight)
    {
        sum_ += weight * other.sum_;
        weight_ += weight * other.weight_;
        neurons_ += other.neurons_;
    }
    std::size_t neurons() const { return neurons_; }
    /// Missing where no neuron has a value.
    std::optional<double> mean() const
    {
        return neurons_ > 0 ? std::optional(sum_ / weight_) : std::nullopt;
    }

private:
    double sum_ = 0.0;
    double weight_ = 0.0;
    std::size_t neurons_ = 0;
};

} // namespace engine::analysis
