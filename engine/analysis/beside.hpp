#pragma once

#include <functional>

namespace engine::analysis {

/// Does some work on a thread of its own, which lets the window and whoever draws go first, and
/// waits for it. What the work throws is thrown here.
void beside_the_run(const std::function<void()>& work);

} // namespace engine::analysis
