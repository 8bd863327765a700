#pragma once

#include <cstdint>

// Kernels that exist several times: for any processor, for AVX2 and for AVX-512. Write the body
// once in plain C++,
//
//     SPIKESCOPE_INLINE void add_body(double* to, const double* x, std::size_t n) { ... }
//     SPIKESCOPE_TWINS(void, add, (double* to, const double* x, std::size_t n), (to, x, n))
//
// which defines add(), the compiler's best for each. No operation may differ between them:
// they give the same bits. Without x86-64 there is one twin.

namespace engine::core {

/// Instruction sets that kernels are compiled for.
enum class Instructions : std::uint8_t {
    baseline, ///< what every processor of the architecture has
    avx2,
    avx512, ///< with the parts that came with VBMI2: since then wide registers slow nothing down
};

/// What kernels use: the best that the processor has, or less where the environment variable
/// SPIKESCOPE_INSTRUCTIONS ("baseline", "avx2", "avx512") or use_instructions() says so. Any
/// thread.
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
#define SPIKESCOPE_AVX512                                                                          \
    __attribute__((                                                                                \
        target("avx512f,avx512bw,avx512dq,avx512vl,avx512vbmi2,prefer-vector-width=512")))
#define SPIKESCOPE_TWINS_OF(result, name, parameters, arguments, wide, medium, plain)              \
    SPIKESCOPE_AVX512 result name##_avx512 parameters { return wide arguments; }                   \
    SPIKESCOPE_AVX2 result name##_avx2 parameters { return medium arguments; }                     \
    result name##_baseline parameters { return plain arguments; }                                  \
    result name parameters                                                                         \
    {                                                                                              \
        switch (engine::core::instructions()) {                                                    \
        case engine::core::Instructions::avx512:                                                   \
            return name##_avx512 arguments;                                                        \
        case engine::core::Instructions::avx2:                                                     \
            return name##_avx2 arguments;                                                          \
        case engine::core::Instructions::baseline:                                                 \
            break;                                                                                 \
        }                                                                                          \
        return name##_baseline arguments;                                                          \
    }
#else
#define SPIKESCOPE_TWINS_OF(result, name, parameters, arguments, wide, medium, plain)              \
    result name parameters { return plain arguments; }
#endif

#define SPIKESCOPE_TWINS(result, name, parameters, arguments)                                      \
    SPIKESCOPE_TWINS_OF(result, name, parameters, arguments, name##_body, name##_body, name##_body)

/// The same where the body is a template over how many numbers of 64 bits a vector has.
#define SPIKESCOPE_LANE_TWINS(result, name, parameters, arguments)                                 \
    SPIKESCOPE_TWINS_OF(                                                                           \
        result, name, parameters, arguments, name##_body<8>, name##_body<4>, name##_body<4>)
