#include "app/cli/interrupt.hpp"

#include "engine/core/diagnostic.hpp"

#include <array>
#include <csignal>

namespace app::cli {

namespace {

constexpr std::array<int, 3> signals {SIGINT, SIGTERM, SIGHUP};

// SAFETY: atomics, the only thing that the handler touches.
engine::core::Progress interrupt_progress;

void on_signal(int) { interrupt_progress.cancel(); }

} // namespace

InterruptGuard::InterruptGuard()
{
    // Without SA_RESTART, so that a blocked write or open comes back.
    struct sigaction action = {};
    action.sa_handler = on_signal;
    action.sa_flags = static_cast<int>(SA_RESETHAND);
    for (const int number : signals) {
        sigaction(number, &action, nullptr);
    }
    // A reader that goes away makes writing fail, which is told and leaves no half files.
    struct sigaction ignore = {};
    ignore.sa_handler = SIG_IGN;
    sigaction(SIGPIPE, &ignore, nullptr);
}

InterruptGuard::~InterruptGuard()
{
    struct sigaction standard = {};
    standard.sa_handler = SIG_DFL;
    for (const int number : signals) {
        sigaction(number, &standard, nullptr);
    }
    sigaction(SIGPIPE, &standard, nullptr);
}

engine::core::Progress& InterruptGuard::progress() { return interrupt_progress; }

void InterruptGuard::check()
{
    if (interrupt_requested()) {
        throw engine::core::Cancelled();
    }
}

bool interrupt_requested() { return interrupt_progress.cancelled(); }

} // namespace app::cli
