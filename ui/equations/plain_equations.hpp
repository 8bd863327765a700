#pragma once

#include "ui/equations/equations_page.hpp"

namespace ui {

/// "1.5 mV"; what is no number as the preset writes it.
QString valueText(const engine::core::Value& value, const std::string& unit);

/// What a page shows as plain text, for the clipboard and for readers of the screen.
QString plainEquations(const EquationsContent& content);

} // namespace ui
