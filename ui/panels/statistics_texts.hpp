#pragma once

#include "engine/analysis/network_statistics.hpp"
#include "engine/analysis/regime.hpp"
#include "engine/checks/report.hpp"
#include "engine/theory/brunel_experiment.hpp"
#include "engine/theory/stability.hpp"

#include <QString>

#include <vector>

// What the panel of statistics says, apart from how it looks.

namespace ui {

/// A statistic in one column for each population and one for all together.
struct StatisticLine {
    QString name; ///< "CV of intervals"
    QString shortName; ///< "CV"
    QString tip;
    std::vector<QString> values; ///< "–" where there is none
};

/// Lines of the table. `columns`: the populations in file order, then the whole network where there
/// are several.
std::vector<StatisticLine> statisticLines(const engine::analysis::NetworkStatistics& statistics);

/// "AI: chi 0.24 < 0.335", as rich text.
QString regimeText(const engine::analysis::Regime& regime);
/// Name, further names and the numbers that decided, as rich text.
QString patternText(const engine::checks::Measured& pattern);

/// What mean-field theory says of a network.
struct TheoryAnswer {
    engine::theory::BrunelShape shape;
    std::vector<engine::theory::Solution> solutions; ///< ascending in rate
};
/// "Theory: AI, 37.9 Hz, CV 0.68, ringing at 124 Hz dies away"; why not where it does not apply.
QString theoryText(const TheoryAnswer& answer);

} // namespace ui
