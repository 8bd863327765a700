#pragma once

#include "engine/core/progress.hpp"

namespace app::cli {

/// While it lives, Ctrl-C and the other polite signals to end ask the work to stop instead of
/// killing the program, so that no half file is left. A second one kills.
class InterruptGuard {
public:
    InterruptGuard();
    ~InterruptGuard();
    InterruptGuard(const InterruptGuard&) = delete;
    InterruptGuard& operator=(const InterruptGuard&) = delete;

    /// For a build: cancelled by the signal.
    static engine::core::Progress& progress();
    /// Throws core::Cancelled where a signal has come.
    static void check();
};

bool interrupt_requested();

} // namespace app::cli
