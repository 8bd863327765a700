#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace tests {

using CsvRow = std::vector<std::string>;

/// Rows of a CSV file, the header first. Throws where it cannot be read.
std::vector<CsvRow> read_csv(const std::filesystem::path& file);

} // namespace tests
