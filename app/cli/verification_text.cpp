#include "app/cli/check_json.hpp"
#include "app/cli/console.hpp"
#include "app/cli/verification.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <string_view>

namespace app::cli {

namespace checks = engine::checks;
using Json = nlohmann::ordered_json;

namespace {

bool met(const checks::Result& result) { return result.complete && result.pass; }

constexpr const char* too_short = "the run ends before the window does";

/// One line of a table.
struct Row {
    std::array<std::string, 4> cells; ///< quantity, window, expected, measured
    std::string verdict;
};

Row row(const checks::Result& result)
{
    Row out {{result.what(), result.window_text(), checks::expected_text(result.check),
                 result.measured_text()},
        met(result) ? "pass" : "FAIL"};
    for (std::string& cell : out.cells) {
        cell = one_line(cell);
    }
    const std::string& reason = result.complete ? result.measured.reason : too_short;
    if (!reason.empty()) {
        out.verdict += "  (" + one_line(reason) + ")";
    }
    return out;
}

/// Characters on the screen, as far as the texts of presets go: bytes that begin a character.
std::size_t width_of(std::string_view text)
{
    constexpr unsigned char continuation = 0x80;
    constexpr unsigned char mask = 0xc0;
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(),
        [](char c) { return (static_cast<unsigned char>(c) & mask) != continuation; }));
}

std::string count(std::size_t number, const char* thing)
{
    return std::to_string(number) + " " + thing + (number == 1 ? "" : "s");
}

/// "brunel-ai (rate of E, regime)".
std::string failure(const Verification& one)
{
    std::string what;
    for (const checks::Result& result : one.report.results) {
        if (!met(result)) {
            what += (what.empty() ? "" : ", ") + result.what();
        }
    }
    return one_line(one.name + " (" + (one.problems.empty() ? what : "cannot be judged") + ")");
}

} // namespace

std::string table(const Verification& one)
{
    std::string out = one_line(one.name + (one.title.empty() ? "" : "  " + one.title)) + "\n";
    for (const std::string& problem : one.problems) {
        out += "  FAIL  " + one_line(problem) + "\n";
    }
    std::array<std::size_t, 4> widths {24, 17, 16, 12}; // at least: tables then look alike
    std::vector<Row> rows;
    for (const checks::Result& result : one.report.results) {
        rows.push_back(row(result));
        for (std::size_t c = 0; c < widths.size(); ++c) {
            widths[c] = std::max(widths[c], width_of(rows.back().cells[c]));
        }
    }
    for (const Row& line : rows) {
        for (std::size_t c = 0; c < widths.size(); ++c) {
            out += "  " + line.cells[c] + std::string(widths[c] - width_of(line.cells[c]), ' ');
        }
        out += "  " + line.verdict + "\n";
    }
    return out;
}

std::string closing_line(const std::vector<Verification>& all)
{
    std::size_t number = 0;
    std::size_t failed = 0;
    std::string which;
    for (const Verification& one : all) {
        number += one.report.results.size();
        if (!one.passed()) {
            ++failed;
            which += (which.empty() ? ": " : "; ") + failure(one);
        }
    }
    return count(all.size(), "preset") + ", " + count(number, "check") + ", "
        + (failed == 0 ? "all passed" : count(failed, "preset") + " failed" + which);
}

std::string json_text(const std::vector<Verification>& all)
{
    Json out = Json::array();
    for (const Verification& one : all) {
        Json entry;
        entry["preset"] = one.name;
        entry["title"] = one.title;
        entry["pass"] = one.passed();
        entry["problems"] = one.problems;
        entry["checks"] = Json::array();
        for (const checks::Result& result : one.report.results) {
            entry["checks"].push_back(as_json(result));
        }
        out.push_back(std::move(entry));
    }
    return out.dump(2, ' ', false, Json::error_handler_t::replace);
}

} // namespace app::cli
