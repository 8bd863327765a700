#pragma once

#include <cstdint>

// Kernels that exist twice: for any processor and for AVX2. Write the body once in plain C++,
//
//     SPIKESCOPE_INLINE void add_body(double* to, const double* x, std::size_t n) { ... }
//     SPIKESCOPE_TWINS(void, add, (double* to, const double* x, std::size_t n), (to, x, n))
//
// which defines add(), the compiler's best for either. No operation may differ between the two:
// they give the same bits. Without x86-64 there is one twin.

namespace engine::core {

/// Instruction sets that kernels are compiled for.
enum class Instructions : std::uint8_t {
    baseline, ///< what every processor of the architecture has
    avx2,
};

/// What kernels use: the best that the processor has, or less where the environment variable
/// SPIKESCOPE_INSTRUCTIONS ("baseline", "avx2") or use_instructions() says so. Any thread.
Instructions instructions();
/// The best that the processor has.
Instructions best_instructions();
/// Limits the choice, for tests and benchmarks. Not while a simulation runs.
void use_instructions(Instructions most);
const char* instructions_name(Instructions instructions);

} // namespace engine::core

#define SPIKESCOPE_INLINE [[gnu::always_inline]] inline

#if defined(__x86_64__)
#define SPIKESCOPE_AVX2 __attribute__((target("avx2")))
#define SPIKESCOPE_TWINS(result, name, parameters, arguments)                                      \
    SPIKESCOPE_AVX2 result name##_avx2 parameters { return name##_body arguments; }                \
    result name##_baseline parameters { return name##_body arguments; }                            \
    result name parameters                                                                         \
    {                                                                                              \
        return engine::core::instructions() == engine::core::Instructions::avx2                    \
            ? name##_avx2 arguments                                                                \
            : name##_baseline arguments;                                                           \
    }
#else
#define SPIKESCOPE_TWINS(result, name, parameters, arguments)                                      \
    result name parameters { return name##_body arguments; }
#endif
