#include "app/cli/stopwatch.hpp"

#include <ctime>
#include <fstream>
#include <string>

namespace app::cli {

namespace {

double clock_s(clockid_t clock)
{
    std::timespec time {};
    ::clock_gettime(clock, &time);
    constexpr double ns = 1e-9;
    return static_cast<double>(time.tv_sec) + ns * static_cast<double>(time.tv_nsec);
}

} // namespace

Stopwatch::Stopwatch()
    : wall_(std::chrono::steady_clock::now())
    , cpu_s_(clock_s(CLOCK_PROCESS_CPUTIME_ID))
    , own_cpu_s_(clock_s(CLOCK_THREAD_CPUTIME_ID))
{
}

Stopwatch::Reading Stopwatch::read() const
{
    const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - wall_;
    return {wall.count(), clock_s(CLOCK_PROCESS_CPUTIME_ID) - cpu_s_,
        clock_s(CLOCK_THREAD_CPUTIME_ID) - own_cpu_s_};
}

double peak_rss_mb()
{
    // Not getrusage: its peak outlives exec and so may be that of the calling process.
    std::ifstream status("/proc/self/status");
    std::string word;
    while (status >> word) {
        if (word == "VmHWM:") {
            double kb = 0.0;
            status >> kb;
            constexpr double kb_per_mb = 1024.0;
            return kb / kb_per_mb;
        }
    }
    return 0.0;
}

} // namespace app::cli
