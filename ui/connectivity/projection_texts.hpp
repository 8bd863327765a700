#pragma once

#include "engine/analysis/connections.hpp"
#include "engine/config/preset_document.hpp"

#include <QString>

#include <cstddef>
#include <optional>
#include <string>

// Projections in words.

namespace ui {

/// "E → I", with its label where that says more.
QString projectionName(const engine::config::Experiment& experiment, std::size_t projection);

/// "1000 per target", "p = 0.1", "all to all".
QString ruleText(const engine::config::Projection& projection);

/// "mV"; empty where dimensionless.
QString weightUnit(const engine::config::Experiment& experiment, std::size_t projection);

/// "-0.5 mV", "0 to 0.5 mV" of drawn ones. `counts` may be nullptr.
QString weightText(const engine::config::Experiment& experiment, std::size_t projection,
    const engine::analysis::ProjectionConnections* counts);
/// "1.5 ms", "0.5 to 3 ms".
QString delayText(const engine::config::Experiment& experiment, std::size_t projection,
    const engine::analysis::ProjectionConnections* counts);

/// Mean weight of a synapse; as well as it is known.
double meanWeight(const engine::config::Projection& projection,
    const engine::analysis::ProjectionConnections* counts);
/// Sum of the weights onto a neuron, on average; missing while it is not known.
std::optional<double> weightOntoNeuron(const engine::config::Projection& projection,
    const engine::analysis::ProjectionConnections* counts);

/// Of few digits.
QString shortNumber(double value);

} // namespace ui
