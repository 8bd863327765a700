#pragma once

#include "engine/config/experiment.hpp"
#include "engine/live_report.hpp"

#include <QString>

#include <vector>

// What the panel of promises says, apart from how it looks.

namespace ui {

enum class PromiseMark { met, notMet, notYet };

/// With a sign and a word: colour never decides alone.
QString markText(PromiseMark mark);

struct PromiseRow {
    QString quantity; ///< "Rate of E"
    QString window; ///< "200 to 2200 ms"
    QString expected;
    QString measured;
    PromiseMark mark = PromiseMark::notYet;
    QString tip;
};

/// One for each check of the preset.
std::vector<PromiseRow> promiseRows(
    const engine::LiveReport& report, const engine::config::Experiment& experiment);

/// "All promises met (4 of 4)", "7 of 8 promises met", "Measuring: 3 of 4 met, 1 to come".
QString promiseHeadline(const engine::LiveReport& report);
/// What part of the run this is about, and how far the present measurement has come.
QString promiseSpan(const engine::LiveReport& report, bool repeats);
/// "Changed: g 5 → 6. The source's values need not hold."; empty where nothing is changed.
QString promiseChanges(const engine::LiveReport& report);

} // namespace ui
