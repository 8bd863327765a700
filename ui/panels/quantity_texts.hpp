#pragma once

#include "engine/config/quantity.hpp"
#include "engine/core/value.hpp"

#include <QString>

#include <string_view>

namespace ui {

/// A quantity as people call it: "First interval" for first_isi.
QString quantityName(engine::config::Quantity quantity);

/// The engine's plain texts as they are printed: "≥ 3" for ">= 3".
QString typeset(std::string_view plain);

/// A span of model time: "200 to 2200 ms", "3.5 to 5.5 s".
QString spanText(double from_ms, double to_ms);
/// "120 of 300 ms", "1.2 of 2.2 s".
QString progressText(double seen_ms, double needed_ms);

} // namespace ui
