#pragma once

#include "engine/models/description.hpp"
#include "ui/equations/formula_layout.hpp"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace ui {

/// What is to be typeset.
struct EquationsContent {
    const engine::models::ModelDescription* model = nullptr;
    engine::models::ParamValues params;
    engine::models::Equations equations;
    std::set<std::string> drawn; ///< parameters that differ from neuron to neuron
    double dt_ms = 0.1;
};

/// What a neuron is doing now.
struct EquationsNow {
    std::map<std::string, double> recorded; ///< by the recordable's name
    bool held = false; ///< refractory: the slope of what is held is not followed
};

/// Equations typeset for a width: everything placed, seen from the upper left corner.
struct EquationsPage {
    /// What stands in one line, whose standing there some parameters decide.
    struct Line {
        QRectF rect;
        QStringList decidedBy;
    };
    FormulaBox all;
    std::vector<Line> lines;
    double height = 0.0;
};

/// A model with its present values: the equations by sections, each with symbols, with numbers in
/// place of parameters, and with what its left side is worth now; then the parameters that have no
/// effect now and the names of symbols. Pure but for the metrics of the font.
EquationsPage layOut(
    const EquationsContent& content, const EquationsNow& now, const QFont& font, double width);

} // namespace ui
