#include "engine/core/normals.hpp"

#include "engine/core/dispatch.hpp"
#include "engine/core/random.hpp"
#include "engine/core/random_words.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

namespace engine::core {

namespace {

// Four numbers side by side; an extension that GCC and clang have for every processor.
using Words [[gnu::vector_size(32)]] = std::uint64_t;
using Doubles [[gnu::vector_size(32)]] = double;

constexpr std::size_t batch = 256; // numbers between two passes

SPIKESCOPE_INLINE void next_words(Words& place, Words& words)
{
    words = place;
    mix_in_place(words);
    place += 4 * golden_gamma;
}

/// Estrin's scheme: its parts do not wait for each other.
SPIKESCOPE_INLINE void polynomial(const Doubles& x, const double (&c)[7], Doubles& value)
{
    const Doubles x2 = x * x;
    const Doubles upper = (x * c[5] + c[4]) + x2 * c[6];
    value = (x * c[1] + c[0]) + x2 * ((x * c[3] + c[2]) + x2 * upper);
}

/// -2 ln((w + 1/2) 2^-64).
SPIKESCOPE_INLINE void squared_radius(const Words& w, Doubles& value)
{
    // The two halves of w behind the exponents of 2^84 and 2^52: their sum is rounded once.
    const Words high = (w >> 32) | 0x4530000000000000ULL;
    const Words low = (w & 0xffffffffULL) | 0x4330000000000000ULL;
    const Doubles d = (reinterpret_cast<Doubles>(high) - (0x1p84 + 0x1p52))
        + (reinterpret_cast<Doubles>(low) + 0.5);
    // d = 2^k m, sqrt(1/2) <= m < sqrt(2); k + 2 >= 0 stands in the exponent's place of t.
    const Words bits = reinterpret_cast<Words>(d);
    const Words t = bits + ((2ULL << 52) - 0x3fe6a09e667f3bcdULL);
    const Words shifted = bits - (t & 0xfff0000000000000ULL) + (2ULL << 52);
    const Doubles m = reinterpret_cast<Doubles>(shifted);
    const Words biased = (t >> 52) | 0x4330000000000000ULL;
    const Doubles k_from_64 = (0x1p52 + 66.0) - reinterpret_cast<Doubles>(biased); // 64 - k
    // ln m = 2 s + s^3 p(s^2), s = (m - 1) / (m + 1); p to 5e-18 of ln m.
    constexpr double p[] = {0x1.5555555555558p-1, 0x1.99999999952e2p-2, 0x1.2492492df148dp-2,
        0x1.c71c62e5800a1p-3, 0x1.7462b4ab2ef6bp-3, 0x1.39fe606542ddep-3, 0x1.2b584aae78a57p-3};
    const Doubles s = (m - 1.0) / (m + 1.0);
    const Doubles z = s * s;
    Doubles tail;
    polynomial(z, p, tail);
    constexpr double two_ln2 = 0x1.62e42fefa39efp+0;
    value = k_from_64 * two_ln2 - (4.0 * s + 2.0 * s * z * tail);
}

/// A point on the unit circle times r.
SPIKESCOPE_INLINE void on_circle(const Words& w, const Doubles& r, Doubles& x, Doubles& y)
{
    // Quarter turns t in [-1/2, 1/2) from the right; 2 bits turn and mirror that quarter.
    const Words mantissa = (w >> 12) | 0x3ff0000000000000ULL;
    const Doubles t = reinterpret_cast<Doubles>(mantissa) - 1.5;
    // cos(pi / 2 t) and sin(pi / 2 t) / t by t^2, to 5e-17.
    constexpr double cosine[] = {1.0, -1.2337005501361513, 0.25366950789986475,
        -0.02086348073494657, 0.000919259950041661, -2.520013526428479e-05, 4.6552961874867623e-07};
    constexpr double sine[] = {1.5707963267948966, -0.6459640975062443, 0.07969262624604301,
        -0.004681754132340976, 0.0001604411507421909, -3.59864335298231e-06, 5.633933781537854e-08};
    const Doubles z = t * t;
    Doubles c;
    Doubles s;
    polynomial(z, cosine, c);
    polynomial(z, sine, s);
    const Doubles along = c * r;
    const Doubles across = s * (t * r);
    const Words a = reinterpret_cast<Words>(along) ^ (w << 63);
    const Words b = reinterpret_cast<Words>(across);
    const Words differ = (a ^ b) & (0 - ((w >> 1) & 1));
    x = reinterpret_cast<Doubles>(a ^ differ);
    y = reinterpret_cast<Doubles>(b ^ differ);
}

/// numbers of the groups of eight [first, last): four points each, the x before the y.
SPIKESCOPE_INLINE void normal_groups_body(
    std::uint64_t key, std::size_t first, std::size_t last, double* numbers)
{
    std::array<double, batch / 2> radius;
    const std::size_t points = 4 * (last - first);
    const Words lanes = Words {1, 2, 3, 4} * golden_gamma + key;
    Words place = lanes + first * (4 * golden_gamma);
    Words w;
    for (std::size_t p = 0; p < points; p += 4) {
        next_words(place, w);
        Doubles squared;
        squared_radius(w, squared);
        std::memcpy(&radius[p], &squared, sizeof squared);
    }
    for (std::size_t p = 0; p < points; ++p) {
        radius[p] = std::sqrt(radius[p]);
    }
    constexpr std::uint64_t far = 0x8000000000000000ULL; // half of the sequence away
    place = lanes + (far + first * (4 * golden_gamma));
    for (std::size_t p = 0; p < points; p += 4) {
        next_words(place, w);
        Doubles r;
        std::memcpy(&r, &radius[p], sizeof r);
        Doubles xy[2];
        on_circle(w, r, xy[0], xy[1]);
        std::memcpy(numbers + 2 * p, xy, sizeof xy);
    }
}

SPIKESCOPE_TWINS(void, normal_groups,
    (std::uint64_t key, std::size_t first, std::size_t last, double* numbers),
    (key, first, last, numbers))

} // namespace

void normals(std::uint64_t key, std::size_t n, double* numbers)
{
    constexpr std::size_t groups = batch / 8;
    for (std::size_t begin = 0; begin < n; begin += batch) {
        const std::size_t first = begin / 8;
        const std::size_t m = std::min(batch, n - begin);
        if (m % 8 == 0) {
            normal_groups(key, first, first + m / 8, numbers + begin);
        } else {
            std::array<double, batch> some;
            normal_groups(key, first, std::min(first + groups, (begin + m + 7) / 8), some.data());
            std::copy_n(some.data(), m, numbers + begin);
        }
    }
}

void uniforms(std::uint64_t key, std::size_t n, double* numbers)
{
    std::array<WordGroup, 16> groups;
    for (std::size_t begin = 0; begin < n; begin += 64) {
        const std::size_t m = std::min<std::size_t>(64, n - begin);
        random_words(key + begin * golden_gamma, (m + 3) / 4, groups.data());
        for (std::size_t i = 0; i < m; ++i) {
            numbers[begin + i] = static_cast<double>(groups[i / 4][i % 4] >> 11) * 0x1p-53;
        }
    }
}

} // namespace engine::core
