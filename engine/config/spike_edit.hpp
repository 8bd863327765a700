#pragma once

#include "engine/config/preset_document.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

// One spike more or less in a run: what to set before the step that ends at the spike's stamp
// (PresetDocument::state_change), so that it is an event like any other.

namespace engine::config {

using StateSetting = std::pair<std::string, core::Value>; ///< path and value

/// The neuron is put where a spike would have put it, and sends none. Nothing where the model has
/// no such place.
std::optional<StateSetting> without_spike(
    const Experiment& experiment, std::size_t population, std::uint32_t neuron);

/// The neuron is put above its threshold: it fires in the next step, unless it is refractory.
std::optional<StateSetting> with_spike(
    const Experiment& experiment, std::size_t population, std::uint32_t neuron);

} // namespace engine::config
