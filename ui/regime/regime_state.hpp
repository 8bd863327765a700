#pragma once

#include <QColor>
#include <QString>

#include <optional>
#include <string_view>
#include <vector>

// States of a network as the map counts and colours them: by theory and as measured alike.

namespace ui {

/// What the colours of the map tell.
enum class RegimeQuantity { rate, cv, frequency, state };

/// Names of all states, in the order of their numbers.
const std::vector<QString>& regimeStates();

/// Number of a state by its name; what follows a comma ("AI, near the oscillatory boundary") does
/// not count. Nothing for other names ("undecided", "saddle").
std::optional<int> regimeStateNumber(std::string_view name);

QColor regimeStateColor(int number);

/// "Rate [Hz]".
QString regimeQuantityTitle(RegimeQuantity quantity);

} // namespace ui
