#pragma once

#include <string>
#include <vector>

namespace app::cli {

/// Runs presets (ids or files; none: all that are shipped) and holds each to its checks: a table on
/// standard output, or JSON. Exit::done where everything passed, else Exit::wrong_input. `threads`
/// 0: chosen by the engine. Throws core::Cancelled.
int verify_command(const std::vector<std::string>& presets, bool json, int threads);

} // namespace app::cli
