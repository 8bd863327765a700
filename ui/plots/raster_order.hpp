#pragma once

#include "engine/recording/history.hpp"

#include <cstdint>
#include <span>
#include <vector>

// Orders of the neurons of a population in a raster: all of them, each once, those that a person
// wants to see first in front. Pure.

namespace ui {

/// By the number of their spikes among these, most first; equal ones by their number.
std::vector<std::uint32_t> orderByRate(
    std::span<const engine::recording::Spike> spikes, std::uint32_t population, std::uint32_t size);

/// By their first spike among these, ascending in time; equal ones by their number, silent ones
/// last.
std::vector<std::uint32_t> orderByFirstSpike(
    std::span<const engine::recording::Spike> spikes, std::uint32_t population, std::uint32_t size);

/// These in front, in this order, then the others by their number.
std::vector<std::uint32_t> orderWithFirst(std::span<const std::uint32_t> first, std::uint32_t size);

} // namespace ui
