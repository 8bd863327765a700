#pragma once

#include "engine/config/experiment.hpp"
#include "engine/stimuli/current_source.hpp"
#include "engine/stimuli/spike_source.hpp"

#include <cstdint>
#include <memory>
#include <string>

namespace engine::stimuli {

std::unique_ptr<const SpikeSource> make_poisson_source(Window window,
    const config::Poisson& poisson, const core::TimeGrid& grid, std::uint64_t seed,
    const std::string& key);

} // namespace engine::stimuli
