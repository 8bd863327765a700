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

/// The one of four that belongs to the quantity; it refers to what was given.
template <class T>
const T& valueOf(
    RegimeQuantity quantity, const T& rate_Hz, const T& cv, const T& frequency_Hz, const T& state)
{
    switch (quantity) {
    case RegimeQuantity::rate:
        return rate_Hz;
    case RegimeQuantity::cv:
        return cv;
    case RegimeQuantity::frequency:
        return frequency_Hz;
    case RegimeQuantity::state:
        break;
    }
    return state;
}

/// Names of all states, in the order of their numbers.
const std::vector<QString>& regimeStates();

/// Number of a state by its name; what follows a comma ("AI, near the oscillatory boundary") does
/// not count. Nothing for other names ("undecided", "saddle").
std::optional<int> regimeStateNumber(std::string_view name);

QColor regimeStateColor(int number);

/// "Rate [Hz]".
QString regimeQuantityTitle(RegimeQuantity quantity);

} // namespace ui
