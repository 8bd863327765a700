#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace engine::analysis {

/// At most `most` of `size` things, evenly spaced, beginning with the first; all where there are no
/// more. Ascending.
std::vector<std::uint32_t> evenly_chosen(std::size_t size, std::size_t most);

/// Which of a population's neurons are looked at, and under which number.
class Choice {
public:
    static constexpr std::uint32_t none = 0xffffffffU;

    /// `chosen` ascending, numbered from `first` for the population's first neuron; those of other
    /// populations count too.
    Choice(std::size_t size, const std::vector<std::uint32_t>& chosen, std::size_t first = 0);

    std::size_t chosen() const { return chosen_; } ///< in this population
    /// Whether every neuron is looked at, under its own number.
    bool all() const { return slots_.empty(); }
    /// Number in `chosen`, or none.
    std::uint32_t slot(std::uint32_t neuron) const
    {
        return slots_.empty() ? neuron : slots_[neuron];
    }

private:
    std::size_t chosen_ = 0;
    std::vector<std::uint32_t> slots_; ///< empty where neuron and number are the same
};

} // namespace engine::analysis
