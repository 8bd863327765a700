#pragma once

#include "engine/config/experiment.hpp"
#include "engine/stimuli/current_source.hpp"
#include "engine/stimuli/spike_source.hpp"

#include <memory>

namespace engine::stimuli {

std::unique_ptr<const SpikeSource> make_spike_train(
    Window window, const config::SpikeTrain& train, const core::TimeGrid& grid);

} // namespace engine::stimuli
