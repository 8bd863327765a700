#include "engine/core/dispatch.hpp"

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <string_view>

namespace engine::core {

namespace {

Instructions wanted()
{
    const char* name = std::getenv("SPIKESCOPE_INSTRUCTIONS"); // NOLINT(concurrency-mt-unsafe)
    return name != nullptr && std::string_view(name) == "baseline" ? Instructions::baseline
                                                                   : best_instructions();
}

std::atomic<Instructions>& chosen()
{
    static std::atomic<Instructions> instructions = wanted();
    return instructions;
}

} // namespace

Instructions best_instructions()
{
#if defined(__x86_64__)
    return __builtin_cpu_supports("avx2") ? Instructions::avx2 : Instructions::baseline;
#else
    return Instructions::baseline;
#endif
}

Instructions instructions() { return chosen().load(std::memory_order_relaxed); }

void use_instructions(Instructions most)
{
    chosen().store(std::min(most, best_instructions()), std::memory_order_relaxed);
}

const char* instructions_name(Instructions instructions)
{
    return instructions == Instructions::avx2 ? "avx2" : "baseline";
}

} // namespace engine::core
