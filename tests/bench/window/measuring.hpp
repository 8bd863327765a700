#pragma once

#include <QEventLoop>
#include <QTimer>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <vector>

// Clocks and quantiles of the benches of the window.

/// What a clock shows [s].
inline double seconds(clockid_t clock)
{
    timespec now {};
    clock_gettime(clock, &now);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

inline double threadCpu_s() { return seconds(CLOCK_THREAD_CPUTIME_ID); }

inline double quantile(std::vector<double> values, double share)
{
    if (values.empty()) {
        return 0.0;
    }
    std::sort(values.begin(), values.end());
    return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
}

inline void say(const char* what, const std::vector<double>& values, const char* unit)
{
    std::printf("%-34s median %7.2f   95 %% %7.2f   most %7.2f %s   (%zu)\n", what,
        quantile(values, 0.5), quantile(values, 0.95), quantile(values, 1.0), unit, values.size());
}

inline void processFor(double wall_s)
{
    QEventLoop loop;
    QTimer::singleShot(static_cast<int>(1e3 * wall_s), Qt::PreciseTimer, &loop, &QEventLoop::quit);
    loop.exec();
}
