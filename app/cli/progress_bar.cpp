#include "app/cli/progress_bar.hpp"

#include <algorithm>
#include <condition_variable>
#include <iostream>
#include <mutex>

#include <unistd.h>

namespace app::cli {

namespace {

constexpr std::chrono::milliseconds interval {100};

} // namespace

ProgressBar::ProgressBar(bool quiet)
    : on_(!quiet && ::isatty(STDERR_FILENO) == 1)
{
}

ProgressBar::~ProgressBar() { clear(); }

void ProgressBar::paint(double fraction, const std::string& what)
{
    const auto now = std::chrono::steady_clock::now();
    if (!on_ || now < next_) {
        return;
    }
    next_ = now + interval;
    painted_ = true;
    constexpr double width = 40.0;
    constexpr double percent = 100.0;
    const double part = std::clamp(fraction, 0.0, 1.0);
    const auto full = static_cast<std::size_t>(part * width);
    std::cerr << '\r' << what << " [" << std::string(full, '#')
              << std::string(static_cast<std::size_t>(width) - full, ' ') << "] "
              << static_cast<int>(part * percent) << " %\x1b[K" << std::flush;
}

void ProgressBar::follow(
    const std::stop_token& stop, const std::function<double()>& fraction, const std::string& what)
{
    if (!on_) {
        return;
    }
    std::mutex mutex;
    std::condition_variable_any timer;
    std::unique_lock lock(mutex);
    while (!timer.wait_for(lock, stop, interval, [] { return false; }) && !stop.stop_requested()) {
        paint(fraction(), what);
    }
}

void ProgressBar::clear()
{
    if (painted_) {
        std::cerr << "\r\x1b[K" << std::flush;
        painted_ = false;
    }
}

} // namespace app::cli
