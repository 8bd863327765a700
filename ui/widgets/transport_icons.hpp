#pragma once

#include <QIcon>

namespace ui {

enum class TransportIcon { run, pause, step, toStart, reset, seed, undo, redo, pin, branch };

/// Drawn in the text colour of the present palette whenever it is painted, so that it follows the
/// theme, at any scale.
QIcon transportIcon(TransportIcon what);

} // namespace ui
