#include "engine/models/iaf_psc_delta_chunk.hpp"

#if defined(__x86_64__)

#include <immintrin.h>
#include <limits>

namespace engine::models {

namespace {

constexpr std::size_t lanes = 8;

/// Weights and counts, or sums where there are no terms.
template <std::size_t Terms> struct Arriving {
    const double* sums;
    std::array<const std::uint8_t*, Terms> counts;
    __m512d weights[Terms + 1]; // no array has no elements
};

template <std::size_t Terms>
SPIKESCOPE_INLINE SPIKESCOPE_AVX512 Arriving<Terms> arriving_at(const IafPscDeltaChunk& chunk)
{
    Arriving<Terms> out;
    out.sums = chunk.arrivals;
    for (std::size_t t = 0; t < Terms; ++t) {
        out.counts[t] = chunk.counted[t].counts;
        out.weights[t] = _mm512_set1_pd(chunk.counted[t].weight);
    }
    return out;
}

/// Which of eight neurons there are.
constexpr __mmask8 all = 0xff;

SPIKESCOPE_INLINE SPIKESCOPE_AVX512 __m512d load(const double* x, __mmask8 there)
{
    return _mm512_maskz_loadu_pd(there, x);
}

template <bool whole>
SPIKESCOPE_INLINE SPIKESCOPE_AVX512 __m512d load_counts(const std::uint8_t* x, __mmask8 there)
{
    const __m128i bytes = whole ? _mm_loadl_epi64(reinterpret_cast<const __m128i*>(x))
                                : _mm_maskz_loadu_epi8(there, x);
    return _mm512_maskz_cvtepi32_pd(all, _mm256_cvtepu8_epi32(bytes));
}

/// What arrives at the neurons i .. i + 7. The sum does not begin with 0 unless `from_zero`: it is
/// the same but where it is -0, which makes no difference to a number that is not -0.
template <bool whole, bool from_zero, std::size_t Terms>
SPIKESCOPE_INLINE SPIKESCOPE_AVX512 __m512d arrived(
    const Arriving<Terms>& from, std::size_t i, __mmask8 there)
{
    if constexpr (Terms == 0) {
        return load(from.sums + i, there);
    }
    __m512d sum = _mm512_setzero_pd();
    for (std::size_t t = 0; t < Terms; ++t) {
        const __m512d product
            = _mm512_mul_pd(from.weights[t], load_counts<whole>(from.counts[t] + i, there));
        sum = t == 0 && !from_zero ? product : _mm512_add_pd(sum, product);
    }
    return sum;
}

/// Constants in registers.
struct Registers {
    __m512d P, Q, I_e, drive, E_L, V_th, V_min, lowest, step;
};

SPIKESCOPE_INLINE SPIKESCOPE_AVX512 Registers registers_of(
    const IafPscDeltaPropagators<double>& p, double step)
{
    return {_mm512_set1_pd(p.P), _mm512_set1_pd(p.Q), _mm512_set1_pd(p.I_e),
        _mm512_set1_pd(p.drive), _mm512_set1_pd(p.E_L), _mm512_set1_pd(p.V_th),
        _mm512_set1_pd(p.V_min), _mm512_set1_pd(std::numeric_limits<double>::lowest()),
        _mm512_set1_pd(step)};
}

/// Advances the neurons i .. i + 7, those of `there` (`whole`: all); the bits of those that are
/// then within [-max, V_th).
template <bool simple, bool with_current, bool whole, std::size_t Terms>
SPIKESCOPE_INLINE SPIKESCOPE_AVX512 __mmask8 integrate_eight(const Registers& p,
    const IafPscDeltaChunk& chunk, const Arriving<Terms>& from, std::size_t i, __mmask8 there)
{
    __m512d next = p.drive; // never -0, nor is its sum with anything
    if constexpr (with_current) {
        next = _mm512_mul_pd(p.Q, _mm512_add_pd(load(chunk.current + i, there), p.I_e));
    }
    const __m512d before = load(chunk.V + i, there);
    const __m512d v = simple ? before : _mm512_sub_pd(before, p.E_L);
    next = _mm512_add_pd(
        _mm512_add_pd(next, _mm512_mul_pd(p.P, v)), arrived<whole, with_current>(from, i, there));
    if constexpr (!simple) {
        next = _mm512_add_pd(next, p.E_L);
        const __mmask8 low = _mm512_cmp_pd_mask(next, p.V_min, _CMP_LT_OQ);
        next = _mm512_mask_mov_pd(next, low, p.V_min);
    }
    const __mmask8 held = _mm512_cmp_pd_mask(load(chunk.held_until + i, there), p.step, _CMP_GT_OQ);
    const __m512d now = _mm512_mask_mov_pd(next, held, before);
    _mm512_mask_storeu_pd(chunk.V + i, there, now);
    const __mmask8 below = _mm512_cmp_pd_mask(now, p.V_th, _CMP_LT_OQ);
    return _mm512_mask_cmp_pd_mask(below, now, p.lowest, _CMP_GE_OQ);
}

template <bool simple, bool with_current, std::size_t Terms>
SPIKESCOPE_AVX512 ChunkBits integrate_all(const IafPscDeltaPropagators<double>& constants,
    const IafPscDeltaChunk& chunk, std::size_t count)
{
    const Registers p = registers_of(constants, chunk.step);
    const Arriving<Terms> from = arriving_at<Terms>(chunk);
    ChunkBits outside {};
    std::size_t i = 0;
    for (; i + 64 <= count; i += 64) {
        std::uint64_t inside = 0;
        for (std::size_t k = 0; k < 64; k += lanes) {
            inside |= std::uint64_t {integrate_eight<simple, with_current, true>(
                          p, chunk, from, i + k, all)}
                << k;
        }
        outside[i / 64] = ~inside;
    }
    for (; i + lanes <= count; i += lanes) {
        const std::uint64_t inside
            = integrate_eight<simple, with_current, true>(p, chunk, from, i, all);
        outside[i / 64] |= (inside ^ all) << (i % 64);
    }
    if (i < count) {
        const auto there = static_cast<__mmask8>((1U << (count - i)) - 1);
        const std::uint64_t inside
            = integrate_eight<simple, with_current, false>(p, chunk, from, i, there);
        outside[i / 64] |= (~inside & there) << (i % 64);
    }
    return outside;
}

template <std::size_t Terms>
ChunkBits integrate_terms(const IafPscDeltaPropagators<double>& p, const IafPscDeltaChunk& chunk,
    std::size_t count, bool simple)
{
    if (chunk.current != nullptr) {
        return integrate_all<false, true, Terms>(p, chunk, count);
    }
    return simple ? integrate_all<true, false, Terms>(p, chunk, count)
                  : integrate_all<false, false, Terms>(p, chunk, count);
}

} // namespace

ChunkBits integrate_avx512(const IafPscDeltaPropagators<double>& p, const IafPscDeltaChunk& chunk,
    std::size_t count, bool simple)
{
    static_assert(most_counted_avx512 == 4);
    switch (chunk.counted.size()) {
    case 0:
        return integrate_terms<0>(p, chunk, count, simple);
    case 1:
        return integrate_terms<1>(p, chunk, count, simple);
    case 2:
        return integrate_terms<2>(p, chunk, count, simple);
    case 3:
        return integrate_terms<3>(p, chunk, count, simple);
    default:
        return integrate_terms<4>(p, chunk, count, simple);
    }
}

} // namespace engine::models

#endif
