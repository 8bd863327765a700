#pragma once

#include "ui/theme.hpp"

#include <QSharedPointer>

class QCPAxis;
class QCPAxisTicker;
class QCPColorGradient;
class QCustomPlot;
class QFont;

namespace ui {

/// Colours and font of one axis with its grid.
void dressAxis(QCPAxis& axis, const PlotColors& colors, const QFont& font);

/// From dark blue over green to yellow, even to the eye and to the colour-blind (Smith & van der
/// Walt, matplotlib); values that are missing are transparent.
QCPColorGradient viridis();

/// Ticks at 1, 2 and 5 of every decade; in less than two decades those of QCPAxisTickerLog are too
/// few.
QSharedPointer<QCPAxisTicker> logTicker(double lower, double upper);

} // namespace ui
