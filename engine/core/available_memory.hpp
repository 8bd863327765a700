#pragma once

#include <filesystem>
#include <string>

namespace engine::core {

/// Memory that this process can still get, and what sets the bound.
struct AvailableMemory {
    double bytes = 0.0; ///< without bound: infinity
    std::string bound; ///< "the machine", "the control group", "the limit of the process"
};

/// The least that the system's files under `root` and the limits of the process allow: memory that
/// is free or can be freed, control groups (versions 1 and 2, with all those above), and the limits
/// of address space and data.
AvailableMemory available_memory(const std::filesystem::path& root = "/");

/// "512 bytes", "78 MB", "1.2 GB", "3.4 PB".
std::string memory_text(double bytes);

} // namespace engine::core
