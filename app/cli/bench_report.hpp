#pragma once

#include "app/cli/bench_measure.hpp"
#include "app/cli/machine.hpp"

#include <string>
#include <vector>

namespace app::cli {

/// For people, on standard output: the machine, the table with goals, rows that were left out.
void print_bench(const Machine& machine, const std::vector<BenchResult>& results);

/// The same and the settings, as JSON.
std::string bench_json(
    const Machine& machine, const BenchSettings& settings, const std::vector<BenchResult>& results);

} // namespace app::cli
