#include "ui/plots/raster_order.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

namespace ui {

using engine::core::Step;
using engine::recording::Spike;

namespace {

/// Neurons by their keys, the smallest first.
template <class Key> std::vector<std::uint32_t> sortedBy(const std::vector<Key>& keys)
{
    std::vector<std::uint32_t> order(keys.size());
    std::iota(order.begin(), order.end(), 0U);
    std::stable_sort(order.begin(), order.end(),
        [&keys](std::uint32_t a, std::uint32_t b) { return keys[a] < keys[b]; });
    return order;
}

} // namespace

std::vector<std::uint32_t> orderByRate(
    std::span<const Spike> spikes, std::uint32_t population, std::uint32_t size)
{
    std::vector<std::int64_t> fewer(size, 0);
    for (const Spike& spike : spikes) {
        if (spike.population == population) {
            --fewer[spike.neuron];
        }
    }
    return sortedBy(fewer);
}

std::vector<std::uint32_t> orderByFirstSpike(
    std::span<const Spike> spikes, std::uint32_t population, std::uint32_t size)
{
    std::vector<Step> first(size, std::numeric_limits<Step>::max());
    for (const Spike& spike : spikes) {
        if (spike.population == population) {
            first[spike.neuron] = std::min(first[spike.neuron], spike.step);
        }
    }
    return sortedBy(first);
}

std::vector<std::uint32_t> orderWithFirst(std::span<const std::uint32_t> first, std::uint32_t size)
{
    std::vector<std::size_t> keys(size, first.size());
    for (std::size_t place = first.size(); place-- > 0;) {
        keys[first[place]] = place; // of several places the first
    }
    return sortedBy(keys);
}

} // namespace ui
