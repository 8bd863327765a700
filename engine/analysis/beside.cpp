#include "engine/analysis/beside.hpp"

#include "engine/runner/priority.hpp"

#include <exception>
#include <thread>

namespace engine::analysis {

void beside_the_run(const std::function<void()>& work)
{
    std::exception_ptr failure;
    // A thread that has given way stays behind for good, so it is none of a pool's.
    std::jthread([&] {
        runner::give_way();
        try {
            work();
        } catch (...) {
            failure = std::current_exception();
        }
    }).join();
    if (failure) {
        std::rethrow_exception(failure);
    }
}

} // namespace engine::analysis
