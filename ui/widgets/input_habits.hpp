#pragma once

class QAbstractButton;
class QWidget;

namespace ui {

/// The wheel acts on the widget only while it has the focus; otherwise it scrolls what is behind.
void guardWheel(QWidget* widget);

/// Return and Enter press the button: the space bar is for run and pause.
void pressWithReturn(QAbstractButton* button);

} // namespace ui
