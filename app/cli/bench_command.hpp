#pragma once

#include "app/cli/bench_measure.hpp"

#include <string>
#include <vector>

namespace app::cli {

/// Measures the rows called `only`, all without any, and prints them beside the goals. Throws
/// core::InputError (a name that does not exist) and core::Cancelled.
int bench_command(const std::vector<std::string>& only, const BenchSettings& settings, bool json);

} // namespace app::cli
