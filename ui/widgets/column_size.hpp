#pragma once

#include <QWidget>

namespace ui {

/// The least size of a panel that stands in a narrow column as well as in a wide dock. Where its
/// parts stand beside each other they need more, but a dock that was wide has to be able to become
/// narrow.
inline QSize leastOfColumn(const QWidget& panel)
{
    constexpr int characters = 40;
    constexpr int lines = 8;
    const QFontMetrics metrics = panel.fontMetrics();
    return {characters * metrics.averageCharWidth(), lines * metrics.height()};
}

} // namespace ui
