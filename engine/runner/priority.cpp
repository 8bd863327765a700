#include "engine/runner/priority.hpp"

#if defined(__linux__)
#include <sys/resource.h>
#include <sys/types.h>
#include <unistd.h>
#endif

namespace engine::runner {

void give_way()
{
#if defined(__linux__)
    // On Linux the nice value is each thread's own (POSIX has it for the process), and new threads
    // inherit it. 0 is the calling thread. 5 steps are a third of the weight of others that want
    // the same core: a window that needs 5 ms of every 16 gets them at once. With 10 steps a
    // simulation that shares the machine with other work answered sliders three times as late.
    constexpr int steps = 5;
    const int nice = getpriority(PRIO_PROCESS, 0);
    static_cast<void>(setpriority(PRIO_PROCESS, 0, nice + steps)); // best effort
#endif
}

} // namespace engine::runner
