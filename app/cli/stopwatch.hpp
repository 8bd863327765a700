#pragma once

#include <chrono>

namespace app::cli {

/// Wall time and processor time since construction.
class Stopwatch {
public:
    struct Reading {
        double wall_s = 0.0;
        double cpu_s = 0.0; ///< of all threads
        double own_cpu_s = 0.0; ///< of the calling thread, which has to be the same one
    };

    Stopwatch();
    Reading read() const;

private:
    std::chrono::steady_clock::time_point wall_;
    double cpu_s_;
    double own_cpu_s_;
};

/// Largest resident memory of this process so far [MB].
double peak_rss_mb();

} // namespace app::cli
