#pragma once

#include "engine/analysis/network_statistics.hpp"
#include "engine/analysis/regime.hpp"
#include "engine/checks/report.hpp"
#include "engine/live_report.hpp"
#include "ui/network_theory.hpp"

#include <QString>

#include <optional>
#include <vector>

// What the panel of statistics says, apart from how it looks.

namespace ui {

/// A statistic in one column for each population and one for all together.
struct StatisticLine {
    QString name; ///< "CV of intervals"
    QString shortName; ///< "CV"
    QString tip;
    std::optional<engine::config::Quantity> quantity; ///< what a preset calls it
    std::vector<QString> values; ///< "–" where there is none
    QString theory {}; ///< likewise
    QString theoryTip {};
    QString promised {}; ///< by the source: "36.4–38.7"; "–" where it promises nothing
};

/// Lines of the table. `columns`: the populations in file order, then the whole network where there
/// are several.
std::vector<StatisticLine> statisticLines(const engine::analysis::NetworkStatistics& statistics);

/// Writes what theory says beside the lines that it knows something of.
void addTheory(std::vector<StatisticLine>& lines, const TheoryAnswer& answer);
/// Writes what the source promises beside the lines that it promises something of.
void addPromises(std::vector<StatisticLine>& lines, const engine::checks::Report& report);
/// Whether any line has a value of theory, or a promise.
bool hasTheory(const std::vector<StatisticLine>& lines);
bool hasPromises(const std::vector<StatisticLine>& lines);
/// "the source promises AI", and of which values where the run has others; empty where it promises
/// no state by name.
QString promisedStateText(const engine::LiveReport& run);

/// "AI: chi 0.24 < 0.335", as rich text.
QString regimeText(const engine::analysis::Regime& regime);
/// Name, further names and, in a line each, the numbers that decided, as rich text.
QString patternText(const engine::checks::Measured& pattern);

/// "Theory: AI, 37.9 Hz, CV 0.68, ringing of 124 Hz dies away (to 1/e in 7.4 ms)"; why not where it
/// does not apply.
QString theoryText(const TheoryAnswer& answer);
/// "theory: a rhythm of 190 Hz grows (by e in 19 ms)", or why there is none; empty where nothing is
/// known yet.
QString modeText(const TheoryAnswer& answer);

} // namespace ui
