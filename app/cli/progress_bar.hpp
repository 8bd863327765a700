#pragma once

#include <chrono>
#include <functional>
#include <string>

#include <stop_token>

namespace app::cli {

/// A line on standard error that shows how far the work is; only on a terminal. One thread at a
/// time.
class ProgressBar {
public:
    explicit ProgressBar(bool quiet);
    ~ProgressBar(); ///< clears
    ProgressBar(const ProgressBar&) = delete;
    ProgressBar& operator=(const ProgressBar&) = delete;

    /// At most some times a second, whatever the number of calls.
    void paint(double fraction, const std::string& what);
    /// Paints until asked to stop: for work that cannot call paint() itself.
    void follow(const std::stop_token& stop, const std::function<double()>& fraction,
        const std::string& what);
    /// Removes the line.
    void clear();

private:
    bool on_;
    bool painted_ = false;
    std::chrono::steady_clock::time_point next_ {};
};

} // namespace app::cli
