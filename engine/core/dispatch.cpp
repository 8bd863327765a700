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
    for (const Instructions known : {Instructions::baseline, Instructions::avx2}) {
        if (name != nullptr && std::string_view(name) == instructions_name(known)) {
            return std::min(known, best_instructions());
        }
    }
    return best_instructions();
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
    const bool avx512 = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw")
        && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl")
        && __builtin_cpu_supports("avx512vbmi2");
    return avx512                        ? Instructions::avx512
        : __builtin_cpu_supports("avx2") ? Instructions::avx2
                                         : Instructions::baseline;
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
    switch (instructions) {
    case Instructions::avx512:
        return "avx512";
    case Instructions::avx2:
        return "avx2";
    case Instructions::baseline:
        break;
    }
    return "baseline";
}

} // namespace engine::core
