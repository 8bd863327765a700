#pragma once

#include <QtGlobal>

namespace ui {

/// A number that no gesture has had: the changes of one drag carry it and become one step of undo.
/// In the window's thread.
quint64 nextGesture();

} // namespace ui
