#pragma once

#include "engine/config/experiment.hpp"

#include <QPainterPath>
#include <QPointF>
#include <QSizeF>

#include <cstddef>
#include <vector>

namespace ui {

/// Where the nodes and arrows of a network's graph stand on a plane of a given size.
struct GraphLayout {
    struct Stimulus {
        QPointF center;
        std::vector<QPainterPath> paths; ///< one to each target population
    };
    struct Arrow {
        QPainterPath path; ///< from edge to edge
        QPointF label; ///< middle of its text
        QPointF tip;
        QPointF direction; ///< of the tip, length 1
        bool loop = false;
    };
    std::vector<QPointF> populations; ///< centres
    double radius = 0.0; ///< of a population
    std::vector<Stimulus> stimuli;
    std::vector<Arrow> projections;
};

/// Whether there is too little height for the texts of all arrows.
bool isCompact(const QSizeF& size, double line);

/// `line`: height of a line of text, of which labels have two.
GraphLayout graphLayout(
    const engine::config::Experiment& experiment, const QSizeF& size, double line);

} // namespace ui
