#pragma once

#include <string>

namespace app::cli {

/// What figures of speed belong to.
struct Machine {
    std::string processor; ///< as the system names it; empty where it does not
    int processors = 1; ///< that this program may use
    std::string instructions; ///< that its kernels use
};
Machine this_machine();

} // namespace app::cli
