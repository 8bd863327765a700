#pragma once

#include "ui/gallery/sweep_trace.hpp"
#include "ui/plots/value_range.hpp"
#include "ui/theme.hpp"

#include <QRect>
#include <QString>

class QFont;
class QPainter;

namespace ui {

/// Everything that a small panel shows.
struct TilePicture {
    QString title;
    QString verdict; ///< name of the firing pattern, or why there is no run
    bool fault = false; ///< the verdict is a fault
    QString currentUnit;
    SweepTrace present;
    SweepTrace previous;
    ValueRange voltages {-90.0, 40.0}; ///< of the axis [mV]

    /// What the voltage axis has to hold, strokes of spikes apart.
    Extent voltageExtent() const;
    Extent currentExtent() const;
    /// "7 spikes".
    QString countText() const;
};

/// The range of an axis that holds `extent` with room for the strokes of spikes above.
ValueRange voltageAxis(const Extent& extent);

/// The largest of 1, 2, 5, 10 ... that is at most `most`.
double scaleBar(double most);

/// Paints a panel as in the published figures: title, V_m with strokes for spikes, threshold, the
/// stimulus as a line below, scale bars instead of axes, and the name of the pattern.
void paintTile(QPainter& painter, const QRect& area, const TilePicture& picture,
    const PlotColors& colors, const QFont& font);

/// Pixel columns of the traces in a panel of this width.
int traceColumns(int width, const QFont& font);

} // namespace ui
