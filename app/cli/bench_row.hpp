#pragma once

#include "engine/config/preset_document.hpp"

#include <array>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace app::cli {

/// What a row of the benchmark tells, and in which unit.
enum class BenchUnit {
    per_biological_second, ///< seconds for a second of model time
    build, ///< seconds until the network stands
    per_step, ///< microseconds for a step of the network
    times_real_time, ///< model time / time: more is better
};
const char* unit_text(BenchUnit unit);

/// What a row should reach on a desktop processor, in its unit.
struct BenchGoal {
    double must = 0.0;
    double good = 0.0;
    double stretch = 0.0;
};
/// "stretch", "good", "must" or "none", by the first that `value` reaches.
const char* reached(const BenchGoal& goal, BenchUnit unit, double value);

struct BenchRow {
    std::string name; ///< for --only
    std::string title;
    BenchUnit unit = BenchUnit::per_biological_second;
    std::function<engine::config::PresetDocument()> network;
    std::array<std::optional<BenchGoal>, 2> goals; ///< with one and with two threads
    double settle_ms = 0.0; ///< model time before the measurement
    double window_ms = 0.0; ///< model time of one measurement
    bool one_thread = false; ///< a single neuron has nothing to share

    std::optional<BenchGoal> goal(int threads) const;
};

/// The whole table.
std::vector<BenchRow> bench_rows();

/// Those of `all` with these names, in the order of the table; all without names. Throws
/// core::InputError with every name that does not exist.
std::vector<BenchRow> chosen_rows(std::vector<BenchRow> all, const std::vector<std::string>& names);

} // namespace app::cli
