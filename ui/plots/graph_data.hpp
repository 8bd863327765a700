#pragma once

#include "ui/plots/decimate.hpp"

#include <qcustomplot.h>

#include <vector>

namespace ui {

/// Points as a line of a plot takes them.
inline QVector<QCPGraphData> graphData(const std::vector<PlotPoint>& points)
{
    QVector<QCPGraphData> data;
    data.reserve(static_cast<qsizetype>(points.size()));
    for (const PlotPoint& point : points) {
        data.append({point.t, point.value});
    }
    return data;
}

} // namespace ui
