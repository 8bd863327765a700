#pragma once

#include "engine/models/neurons.hpp"

#include <array>
#include <cmath>
#include <limits>

namespace engine::models {

inline constexpr std::array<double, chunk_size> no_input {};

/// Never nullptr.
inline const double* current_of(const StepInput& input)
{
    return input.current == nullptr ? no_input.data() : input.current;
}

/// Never nullptr.
inline const double* arrivals_of(const StepInput& input, std::size_t port)
{
    const double* arrivals = port < input.arrivals.size() ? input.arrivals[port] : nullptr;
    return arrivals == nullptr ? no_input.data() : arrivals;
}

/// What one step of a chunk brings forth: spikes, and the first neuron that cannot go on.
struct SpikeEvents {
    std::vector<std::uint32_t>& fired;
    std::optional<Fault>& fault;
};

inline bool finite(double x) { return std::fabs(x) <= std::numeric_limits<double>::max(); }

} // namespace engine::models
