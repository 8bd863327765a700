#pragma once

#include "app/cli/changes.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace app::cli {

struct SweepArguments {
    std::string preset;
    std::vector<std::string> over; ///< NAME=FROM:TO:STEP
    std::vector<std::string> measures; ///< names of quantities
    std::vector<std::string> populations; ///< empty: the first
    std::optional<std::uint32_t> neuron;
    Changes changes;
    std::optional<double> warmup_ms;
    int threads = 0; ///< 0: one for each core
    std::string csv; ///< empty: a table on standard output
    bool constant_current = false;
    bool quiet = false;
};

/// Runs a preset for every value of one axis or every pair of two, and writes what was measured.
/// Runs that fail leave their fields empty and are told on standard error; where none works, the
/// command fails. Throws UsageError, core::InputError, core::RunError and core::Cancelled.
int sweep_command(const SweepArguments& arguments);

} // namespace app::cli
