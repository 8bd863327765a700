#include "engine/analysis/even_choice.hpp"

#include <algorithm>

namespace engine::analysis {

std::vector<std::uint32_t> evenly_chosen(std::size_t size, std::size_t most)
{
    const std::size_t count = std::min(size, most);
    std::vector<std::uint32_t> out;
    for (std::size_t i = 0; i < count; ++i) {
        out.push_back(static_cast<std::uint32_t>(i * size / count));
    }
    return out;
}

Choice::Choice(std::size_t size, const std::vector<std::uint32_t>& chosen, std::size_t first)
    : slots_(size, none)
{
    bool identical = true;
    for (std::size_t slot = 0; slot < chosen.size(); ++slot) {
        if (chosen[slot] >= first && chosen[slot] < first + size) {
            const std::size_t neuron = chosen[slot] - first;
            slots_[neuron] = static_cast<std::uint32_t>(slot);
            identical = identical && neuron == slot;
            ++chosen_;
        }
    }
    if (identical && chosen_ == size) {
        slots_ = {};
    }
}

} // namespace engine::analysis
