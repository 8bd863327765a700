#include "engine/runner/priority.hpp"

#if defined(__linux__)
#include <sys/resource.h>
#include <sys/types.h>
#include <unistd.h>
#endif

namespace engine::runner {

namespace {

/// On Linux the nice value is each thread's own (POSIX has it for the process), and new threads
/// inherit it. 0 is the calling thread. Best effort.
void lower(int steps)
{
#if defined(__linux__)
    const int nice = getpriority(PRIO_PROCESS, 0);
    static_cast<void>(setpriority(PRIO_PROCESS, 0, nice + steps));
#else
    static_cast<void>(steps);
#endif
}

} // namespace

void give_way()
{
    // 5 steps are a third of the weight of others that want the same core: a window that needs 5 ms
    // of every 16 gets them at once. With 10 steps a simulation that shares the machine with other
    // work answered sliders three times as late.
    lower(5);
}

void stand_beside()
{
    // Half the weight of the run that is steered: where two cores are wanted by both, that one
    // keeps most of its pace, and this one comes along.
    lower(3);
}

void stay_behind()
{
    // A tenth of the weight of a simulation that has given way, so that this keeps its pace where
    // both want the same core; as the lowest of all it would wait for ever on a busy machine.
    lower(15);
}

} // namespace engine::runner
