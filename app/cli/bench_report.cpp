#include "app/cli/bench_report.hpp"

#include "app/cli/console.hpp"
#include "app/cli/text_table.hpp"
#include "engine/core/value.hpp"
#include "version.hpp"

#include <nlohmann/json.hpp>

#include <cstdio>
#include <iostream>

namespace app::cli {

using Json = nlohmann::ordered_json;
using engine::core::number_text;

namespace {

/// Three significant digits.
std::string short_text(double value)
{
    constexpr double thousand = 1000.0;
    char text[32];
    std::snprintf(text, sizeof text, value < thousand ? "%.3g" : "%.0f", value);
    return text;
}

std::string goal_text(const std::optional<BenchGoal>& goal, double BenchGoal::*level)
{
    return goal ? number_text(*goal.*level) : std::string();
}

TableRow cells(const BenchResult& result, const BenchRun& run)
{
    const auto goal = result.row.goal(run.threads);
    constexpr double per_ns = 1e9;
    return {result.row.name, std::to_string(run.threads), unit_text(result.row.unit),
        short_text(run.cpu), short_text(run.busiest), short_text(run.wall),
        goal_text(goal, &BenchGoal::must), goal_text(goal, &BenchGoal::good),
        goal_text(goal, &BenchGoal::stretch),
        goal ? reached(*goal, result.row.unit, run.busiest) : std::string(),
        run.events_per_cpu_s > 0.0 ? short_text(per_ns / run.events_per_cpu_s) : std::string()};
}

Json goal_json(const BenchGoal& goal)
{
    return {{"must", goal.must}, {"good", goal.good}, {"stretch", goal.stretch}};
}

Json run_json(const BenchResult& result, const BenchRun& run)
{
    const auto goal = result.row.goal(run.threads);
    const bool build = result.row.unit == BenchUnit::build;
    Json out;
    out["threads"] = run.threads;
    out["cpu"] = run.cpu;
    out["cpu_busiest_thread"] = run.busiest;
    out["wall"] = run.wall;
    out["goal"] = goal ? goal_json(*goal) : Json(nullptr);
    out["reached"] = goal ? Json(reached(*goal, result.row.unit, run.busiest)) : Json(nullptr);
    out["build_s"] = run.build_s;
    out["rate_hz"] = build ? Json(nullptr) : Json(run.rate_Hz);
    out["events_per_cpu_s"]
        = run.events_per_cpu_s > 0.0 ? Json(run.events_per_cpu_s) : Json(nullptr);
    return out;
}

Json result_json(const BenchResult& result)
{
    Json out;
    out["name"] = result.row.name;
    out["title"] = result.row.title;
    out["unit"] = unit_text(result.row.unit);
    out["better"] = result.row.unit == BenchUnit::times_real_time ? "more" : "less";
    out["neurons"] = result.neurons;
    out["synapses"] = result.synapses;
    out["window_ms"] = result.row.unit == BenchUnit::build ? Json(nullptr) : Json(result.window_ms);
    out["left_out"] = result.left_out.empty() ? Json(nullptr) : Json(result.left_out);
    out["runs"] = Json::array();
    for (const BenchRun& run : result.runs) {
        out["runs"].push_back(run_json(result, run));
    }
    return out;
}

} // namespace

void print_bench(const Machine& machine, const std::vector<BenchResult>& results)
{
    std::cout << "Spikescope " << spikescope::version << " on "
              << (machine.processor.empty() ? "an unknown processor" : one_line(machine.processor))
              << ", " << machine.processors
              << (machine.processors == 1 ? " processor, " : " processors, ")
              << machine.instructions << " kernels\n";
    std::vector<TableRow> rows {{"row", "threads", "unit", "CPU", "busiest", "wall", "must", "good",
        "stretch", "reached", "ns/event"}};
    for (const BenchResult& result : results) {
        for (const BenchRun& run : result.runs) {
            rows.push_back(cells(result, run));
        }
    }
    print_table("Time of the whole process, of its busiest thread (held to the goals), and wall "
                "time",
        rows);
    rows.clear();
    for (const BenchResult& result : results) {
        if (!result.left_out.empty()) {
            rows.push_back({result.row.name, one_line(result.left_out)});
        }
    }
    print_table("Left out", rows);
}

std::string bench_json(
    const Machine& machine, const BenchSettings& settings, const std::vector<BenchResult>& results)
{
    Json out;
    out["version"] = spikescope::version;
    out["processor"] = machine.processor.empty() ? Json(nullptr) : Json(machine.processor);
    out["processors"] = machine.processors;
    out["instructions"] = machine.instructions;
    out["quick"] = settings.quick;
    out["repeat"] = settings.quick ? 1 : settings.repeat;
    out["rows"] = Json::array();
    for (const BenchResult& result : results) {
        out["rows"].push_back(result_json(result));
    }
    return out.dump(2, ' ', false, Json::error_handler_t::replace);
}

} // namespace app::cli
