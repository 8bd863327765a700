#include "engine/network/lane_random.hpp"

#include "engine/core/dispatch.hpp"

#include <bit>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace engine::network {

namespace {

// Lane at each place of the state: in this order two vectors of four numbers of 64 bits shrink to
// one of eight numbers of 32 bits, in the order of the lanes, with one instruction.
constexpr std::size_t lane_at[LaneRandom::lanes] = {0, 1, 4, 5, 2, 3, 6, 7};

} // namespace

LaneRandom::LaneRandom(const core::StreamKey& key, std::uint64_t first)
{
    for (std::size_t place = 0; place < lanes; ++place) {
        const core::Random random(key.member(first + lane_at[place]));
        for (std::size_t w = 0; w < 4; ++w) {
            state_.word[w][place] = random.state()[w];
        }
    }
}

// xoshiro256++, as core::Random::next.
std::uint64_t LaneRandom::next(State& state, std::size_t place)
{
    auto& [s0, s1, s2, s3] = state.word;
    const std::uint64_t result = std::rotl(s0[place] + s3[place], 23) + s0[place];
    const std::uint64_t t = s1[place] << 17;
    s2[place] ^= s0[place];
    s3[place] ^= s1[place];
    s1[place] ^= s2[place];
    s0[place] ^= s3[place];
    s2[place] ^= t;
    s3[place] = std::rotl(s3[place], 45);
    return result;
}

// As core::Random::below.
std::uint64_t LaneRandom::next_below(State& state, std::size_t place, std::uint64_t bound)
{
    __extension__ using Wide = unsigned __int128;
    Wide product = static_cast<Wide>(next(state, place)) * bound;
    if (static_cast<std::uint64_t>(product) < bound) {
        const std::uint64_t excess = (0 - bound) % bound; // 2^64 mod bound
        while (static_cast<std::uint64_t>(product) < excess) {
            product = static_cast<Wide>(next(state, place)) * bound;
        }
    }
    return static_cast<std::uint64_t>(product >> 64);
}

#if defined(__x86_64__)

namespace {

/// Four lanes.
struct Four {
    __m256i s0, s1, s2, s3;
};

SPIKESCOPE_INLINE SPIKESCOPE_AVX2 __m256i load(const std::uint64_t* from)
{
    return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(from));
}
SPIKESCOPE_INLINE SPIKESCOPE_AVX2 void store(void* to, __m256i x)
{
    _mm256_storeu_si256(static_cast<__m256i*>(to), x);
}
template <int bits> SPIKESCOPE_INLINE SPIKESCOPE_AVX2 __m256i rotl(__m256i x)
{
    return _mm256_or_si256(_mm256_slli_epi64(x, bits), _mm256_srli_epi64(x, 64 - bits));
}
template <class State> SPIKESCOPE_INLINE SPIKESCOPE_AVX2 Four load(const State& state, int first)
{
    return {load(&state.word[0][first]), load(&state.word[1][first]), load(&state.word[2][first]),
        load(&state.word[3][first])};
}
template <class State>
SPIKESCOPE_INLINE SPIKESCOPE_AVX2 void store(State& state, int first, const Four& four)
{
    store(&state.word[0][first], four.s0);
    store(&state.word[1][first], four.s1);
    store(&state.word[2][first], four.s2);
    store(&state.word[3][first], four.s3);
}
SPIKESCOPE_INLINE SPIKESCOPE_AVX2 __m256i next_four(Four& f)
{
    const __m256i result = _mm256_add_epi64(rotl<23>(_mm256_add_epi64(f.s0, f.s3)), f.s0);
    const __m256i t = _mm256_slli_epi64(f.s1, 17);
    f.s2 = _mm256_xor_si256(f.s2, f.s0);
    f.s3 = _mm256_xor_si256(f.s3, f.s1);
    f.s1 = _mm256_xor_si256(f.s1, f.s2);
    f.s0 = _mm256_xor_si256(f.s0, f.s3);
    f.s2 = _mm256_xor_si256(f.s2, t);
    f.s3 = rotl<45>(f.s3);
    return result;
}
/// Bits 32 to 95 of the product of a word and a bound of 32 bits: the upper half is the number.
SPIKESCOPE_INLINE SPIKESCOPE_AVX2 __m256i times(__m256i word, __m256i bound)
{
    return _mm256_add_epi64(_mm256_mul_epu32(_mm256_srli_epi64(word, 32), bound),
        _mm256_srli_epi64(_mm256_mul_epu32(word, bound), 32));
}

} // namespace

/// False where a number may have to be drawn again; nothing is of use then.
SPIKESCOPE_AVX2 bool LaneRandom::below_avx2(
    State& state, std::uint64_t bound, std::uint64_t growth, std::size_t n, std::uint32_t* to)
{
    Four a = load(state, 0);
    Four b = load(state, 4);
    __m256i bounds = _mm256_set1_epi64x(static_cast<long long>(bound));
    const __m256i more = _mm256_set1_epi64x(static_cast<long long>(growth));
    __m256i doubtful = _mm256_setzero_si256();
    for (std::size_t j = 0; j < n; ++j) {
        const __m256 x = _mm256_castsi256_ps(times(next_four(a), bounds));
        const __m256 y = _mm256_castsi256_ps(times(next_four(b), bounds));
        bounds = _mm256_add_epi64(bounds, more);
        store(
            to + j * lanes, _mm256_castps_si256(_mm256_shuffle_ps(x, y, _MM_SHUFFLE(3, 1, 3, 1))));
        // The low 64 bits of a product are below its bound only where the upper half of them is 0.
        const __m256 low = _mm256_shuffle_ps(x, y, _MM_SHUFFLE(2, 0, 2, 0));
        doubtful = _mm256_or_si256(
            doubtful, _mm256_cmpeq_epi32(_mm256_castps_si256(low), _mm256_setzero_si256()));
    }
    store(state, 0, a);
    store(state, 4, b);
    return _mm256_testz_si256(doubtful, doubtful) != 0;
}

SPIKESCOPE_AVX2 void LaneRandom::words_avx2(State& state, std::size_t n, std::uint64_t* to)
{
    Four a = load(state, 0);
    Four b = load(state, 4);
    for (std::size_t j = 0; j < n; ++j) {
        const __m256i x = next_four(a);
        const __m256i y = next_four(b);
        store(to + j * lanes, _mm256_permute2x128_si256(x, y, 0x20));
        store(to + j * lanes + 4, _mm256_permute2x128_si256(x, y, 0x31));
    }
    store(state, 0, a);
    store(state, 4, b);
}

#endif

std::uint64_t LaneRandom::next(std::size_t lane)
{

    return next(state_, lane_at[lane]); // which is its own inverse
}

void LaneRandom::words(std::size_t n, std::uint64_t* to)
{
#if defined(__x86_64__)
    if (core::instructions() >= core::Instructions::avx2) {
        return words_avx2(state_, n, to);
    }
#endif
    for (std::size_t j = 0; j < n; ++j) {
        for (std::size_t place = 0; place < lanes; ++place) {
            to[j * lanes + lane_at[place]] = next(state_, place);
        }
    }
}

void LaneRandom::below(std::uint64_t bound, std::uint64_t growth, std::size_t n, std::uint32_t* to)
{
#if defined(__x86_64__)
    if (core::instructions() >= core::Instructions::avx2) {
        const State before = state_;
        if (below_avx2(state_, bound, growth, n, to)) {
            return;
        }
        state_ = before;
    }
#endif
    for (std::size_t j = 0; j < n; ++j) {
        for (std::size_t place = 0; place < lanes; ++place) {
            to[j * lanes + lane_at[place]]
                = static_cast<std::uint32_t>(next_below(state_, place, bound + j * growth));
        }
    }
}

void LaneRandom::below(std::uint64_t bound, std::size_t n, std::uint64_t* to)
{
    for (std::size_t j = 0; j < n; ++j) {
        for (std::size_t place = 0; place < lanes; ++place) {
            to[j * lanes + lane_at[place]] = next_below(state_, place, bound);
        }
    }
}

} // namespace engine::network
