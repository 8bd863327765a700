#pragma once

#include "ui/pictures.hpp"

#include <QPoint>

#include <functional>

class QPainter;

namespace ui {

class TimePlot;

/// Draws a panel with the white palette for pictures, whatever the theme of the window.
void paintForExport(TimePlot& plot, QPainter& painter, QSize size);

/// The menu of a panel: copy and save its picture, save what is in view, fit and lock the value
/// axis. `tag` gives what pictures carry; `report` tells the result to the person without a dialog.
void showPlotMenu(TimePlot& plot, const QPoint& globalPosition,
    const std::function<PictureTag()>& tag,
    const std::function<void(const QString& message, bool error)>& report);

} // namespace ui
