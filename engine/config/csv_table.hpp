#pragma once

#include "engine/config/files.hpp"

#include <string>
#include <vector>

namespace engine::config {

/// Reads a CSV file of numbers with a header line. Nothing where the content is wrong; `path` is
/// for the messages.
std::shared_ptr<const Table> read_csv(
    RegularFile& file, const std::string& path, core::Diagnostics& errors);

/// Adds an error where the table's header is none of `headers` ("time_ms,weight").
void check_header(const Table& table, const std::string& path,
    const std::vector<std::string>& headers, core::Diagnostics& errors);

} // namespace engine::config
