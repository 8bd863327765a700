#pragma once

#include "ui/plots/picture_menu.hpp"

#include <QPoint>

class QCustomPlot;
class QPainter;

namespace ui {

class TimePlot;

/// Draws a plot as it is, as vectors.
void paintPlot(QCustomPlot& plot, QPainter& painter, QSize size);

/// Draws a panel with the white palette for pictures, whatever the theme of the window.
void paintForExport(TimePlot& plot, QPainter& painter, QSize size);

/// The menu of a panel: copy and save its picture, save what is in view, fit and lock the value
/// axis. `tag` gives what pictures carry.
void showPlotMenu(TimePlot& plot, const QPoint& globalPosition,
    const std::function<PictureTag()>& tag, const ReportTo& report);

} // namespace ui
