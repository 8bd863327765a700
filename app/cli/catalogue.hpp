#pragma once

#include <string>
#include <vector>

namespace app::cli {

/// The shipped presets by family.
int list_command(bool json);
/// A preset with every default filled in.
int show_command(const std::string& preset);
/// One line per error on standard error; "FILE: ok" on standard output.
int validate_command(const std::vector<std::string>& files, bool quiet);

} // namespace app::cli
