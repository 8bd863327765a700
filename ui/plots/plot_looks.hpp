#pragma once

#include "ui/theme.hpp"

class QCPAxis;
class QCPColorGradient;
class QCustomPlot;
class QFont;

namespace ui {

/// Colours and font of one axis with its grid.
void dressAxis(QCPAxis& axis, const PlotColors& colors, const QFont& font);

/// From dark blue over green to yellow, even to the eye and to the colour-blind (Smith & van der
/// Walt, matplotlib); values that are missing are transparent.
QCPColorGradient viridis();

} // namespace ui
