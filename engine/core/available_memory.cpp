#include "engine/core/available_memory.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <fstream>
#include <limits>
#include <optional>
#include <string_view>

#include <sys/resource.h>

namespace engine::core {

namespace {

namespace fs = std::filesystem;

constexpr double unlimited = std::numeric_limits<double>::infinity();
constexpr double kilobyte = 1024.0;

/// The number that a file consists of; nothing where it is missing or holds a word ("max").
std::optional<double> number_in(const fs::path& file)
{
    std::ifstream in(file);
    double value = 0.0;
    return in >> value ? std::optional(value) : std::nullopt;
}

/// The number behind a word that begins a line ("MemAvailable: 123 kB").
std::optional<double> number_after(const fs::path& file, std::string_view name)
{
    std::ifstream in(file);
    std::string rest;
    for (std::string word; in >> word; std::getline(in, rest)) {
        double value = 0.0;
        if (word == name && in >> value) {
            return value;
        }
    }
    return std::nullopt;
}

struct ControlGroupFiles {
    const char* limit;
    const char* usage;
    const char* cache; ///< in memory.stat: files that can be dropped
};
constexpr ControlGroupFiles version_1 {
    "memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file"};
constexpr ControlGroupFiles version_2 {"memory.max", "memory.current", "inactive_file"};

double left_in_group(const fs::path& folder, const ControlGroupFiles& files)
{
    const auto limit = number_in(folder / files.limit);
    const auto usage = number_in(folder / files.usage);
    if (!limit || !usage) {
        return unlimited;
    }
    const double cache = number_after(folder / "memory.stat", files.cache).value_or(0.0);
    return std::max(0.0, *limit - std::max(0.0, *usage - cache));
}

/// In the group and all above it. A container may see its own group as the topmost one.
double left_in_groups(const fs::path& mount, fs::path group, const ControlGroupFiles& files)
{
    double left = left_in_group(mount, files);
    for (group = group.relative_path(); !group.empty(); group = group.parent_path()) {
        left = std::min(left, left_in_group(mount / group, files));
    }
    return left;
}

double left_in_control_groups(const fs::path& root)
{
    const fs::path mounts = root / "sys/fs/cgroup";
    double left = unlimited;
    std::ifstream in(root / "proc/self/cgroup");
    for (std::string line; std::getline(in, line);) { // hierarchy:controllers:path
        const std::size_t first = line.find(':');
        const std::size_t second = line.find(':', first + 1);
        if (first == std::string::npos || second == std::string::npos) {
            continue;
        }
        const std::string controllers = line.substr(first + 1, second - first - 1);
        const fs::path group = line.substr(second + 1);
        if (controllers.empty()) {
            left = std::min(left, left_in_groups(mounts, group, version_2));
        } else if (controllers == "memory") {
            left = std::min(left, left_in_groups(mounts / "memory", group, version_1));
        }
    }
    return left;
}

double left_of_limit(decltype(RLIMIT_AS) which, const fs::path& root, std::string_view used)
{
    rlimit limit {};
    if (::getrlimit(which, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) {
        return unlimited;
    }
    const double in_use = kilobyte * number_after(root / "proc/self/status", used).value_or(0.0);
    return std::max(0.0, static_cast<double>(limit.rlim_cur) - in_use);
}

} // namespace

AvailableMemory available_memory(const std::filesystem::path& root)
{
    const auto machine = number_after(root / "proc/meminfo", "MemAvailable:");
    AvailableMemory least {machine ? kilobyte * *machine : unlimited, "the machine"};
    const auto consider = [&](double bytes, const char* bound) {
        if (bytes < least.bytes) {
            least = {bytes, bound};
        }
    };
    consider(left_in_control_groups(root), "the control group");
    consider(std::min(left_of_limit(RLIMIT_AS, root, "VmSize:"),
                 left_of_limit(RLIMIT_DATA, root, "VmData:")),
        "the limit of the process");
    return least;
}

std::string memory_text(double bytes)
{
    constexpr std::array<const char*, 7> units {"bytes", "kB", "MB", "GB", "TB", "PB", "EB"};
    constexpr double thousand = 1000.0;
    constexpr double ten = 10.0;
    std::size_t unit = 0;
    for (; bytes >= 0.9995 * thousand && unit + 1 < units.size(); ++unit) {
        bytes /= thousand;
    }
    char text[32];
    std::snprintf(
        text, sizeof text, unit > 0 && bytes < ten ? "%.1f %s" : "%.0f %s", bytes, units[unit]);
    return text;
}

} // namespace engine::core
