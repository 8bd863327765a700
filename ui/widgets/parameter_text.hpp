#pragma once

#include "engine/config/preset_document.hpp"

#include <QString>

namespace ui {

/// Tool tip of a row: symbol, meaning with source, unit, default, range, and whether a change
/// rebuilds. Rich text.
QString parameterHelp(const engine::config::Adjustable& adjustable);

/// What stands under a row at all times: the expression that drives it, or that it is drawn. Empty
/// for most.
QString parameterNote(const engine::config::Adjustable& adjustable);

/// What a person has to write to get this value: the expression where there is one.
engine::core::Value writtenValue(const engine::config::Adjustable& adjustable);

/// Whether both rows say the same in the file.
bool isSameSetting(const engine::config::Adjustable& one, const engine::config::Adjustable& other);

/// What is wrong, in one line; empty where nothing is.
QString refusalText(const engine::core::Diagnostics& diagnostics);

} // namespace ui
