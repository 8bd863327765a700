#pragma once

#include "engine/config/preset_document.hpp"
#include "engine/gallery/frame.hpp"

#include <QString>

// What the tiles of a gallery say, apart from how they look.

namespace ui {

/// "tonic spiking"; an ellipsis before the first sweep is over; why there is no run.
QString tileVerdict(const engine::gallery::TileFrame& frame);

/// Unit of the currents that the first neuron is given; empty where dimensionless.
QString tileCurrentUnit(const engine::config::Experiment& experiment);

/// Tool tip: title, what to expect, model and the parameters that differ from its defaults or are
/// always shown. Rich text.
QString tileHelp(const engine::config::PresetDocument& document);

/// One line: what to expect, and why the pattern has its name. Rich text.
QString tileDetails(
    const engine::config::PresetDocument& document, const engine::gallery::TileFrame& frame);

} // namespace ui
