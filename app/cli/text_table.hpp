#pragma once

#include <string>
#include <vector>

namespace app::cli {

using TableRow = std::vector<std::string>;

/// An empty line, the title, and the rows on standard output: left-aligned columns with two blanks
/// between them; the last one is as long as it is. Nothing where there are no rows.
void print_table(const std::string& title, const std::vector<TableRow>& rows);

} // namespace app::cli
