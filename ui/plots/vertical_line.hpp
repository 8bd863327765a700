#pragma once

#include <qcustomplot.h>

#include <optional>

namespace ui {

/// A line over the whole height of a plot, which owns it; hidden until it is placed.
QCPItemStraightLine* verticalLine(QCustomPlot* plot, QCPAxis* x, QCPAxis* y);

/// Puts it at a value of the horizontal axis, or hides it.
void placeLine(QCPItemStraightLine& line, std::optional<double> x);

} // namespace ui
