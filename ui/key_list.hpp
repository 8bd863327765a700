#pragma once

class QWidget;

namespace ui {

/// Shows all keys of the window: those of its actions and those of the mouse in plots. Not modal.
void showKeyList(QWidget& window);

} // namespace ui
