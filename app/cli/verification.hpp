#pragma once

#include "engine/checks/report.hpp"
#include "engine/config/preset_document.hpp"
#include "engine/core/diagnostic.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace app::cli {

/// A preset that is to be held to its checks.
struct Candidate {
    std::string name; ///< id or path, as asked for
    std::optional<engine::config::PresetDocument> document; ///< missing where it cannot be read
    engine::core::Diagnostics diagnostics; ///< errors and warnings of reading it
};

/// What came of it.
struct Verification {
    std::string name;
    std::string title;
    std::vector<std::string> problems; ///< why there is nothing to judge; empty where there is
    engine::checks::Report report;

    bool passed() const { return problems.empty() && report.passed(); }
};

/// Expected cost of running it, in any unit: neurons and steps.
double expected_cost(const Candidate& candidate);

/// Runs the preset to its end. `progress` is told the fraction that is done. What is wrong with the
/// preset or its run becomes a problem; throws core::Cancelled after an interrupt.
Verification verify(
    const Candidate& candidate, int threads, const std::function<void(double fraction)>& progress);

/// "42 presets, 310 checks, all passed", or which did not.
std::string closing_line(const std::vector<Verification>& all);

/// For people: title, then one line for each check, in columns.
std::string table(const Verification& one);

/// Everything in the tables as a JSON array.
std::string json_text(const std::vector<Verification>& all);

} // namespace app::cli
