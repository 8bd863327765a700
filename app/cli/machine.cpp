#include "app/cli/machine.hpp"

#include "engine/core/dispatch.hpp"

#include <algorithm>
#include <fstream>
#include <thread>

namespace app::cli {

namespace {

std::string processor_name()
{
    std::ifstream file("/proc/cpuinfo");
    for (std::string line; std::getline(file, line);) {
        const std::size_t colon = line.find(':');
        if (line.starts_with("model name") && colon + 2 < line.size()) {
            return line.substr(colon + 2);
        }
    }
    return {};
}

} // namespace

Machine this_machine()
{
    using namespace engine::core;
    return {processor_name(), std::max(1, static_cast<int>(std::thread::hardware_concurrency())),
        instructions_name(instructions())};
}

} // namespace app::cli
