#include "engine/core/normals.hpp"

#include "engine/core/dispatch.hpp"
#include "engine/core/lanes.hpp"
#include "engine/core/random.hpp"
#include "engine/core/random_words.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

namespace engine::core {

namespace {

/// The sequence that splitmix64 makes of a key, from the word `first` on.
template <std::size_t lanes> class Sequence {
public:
    SPIKESCOPE_INLINE Sequence(std::uint64_t key, std::uint64_t first)
    {
        for (std::size_t l = 0; l < lanes; ++l) {
            place_[l] = key + (first + l + 1) * golden_gamma;
        }
    }
    SPIKESCOPE_INLINE void next(Words<lanes>& words)
    {
        words = place_;
        mix_in_place(words);
        place_ += lanes * golden_gamma;
    }

private:
    Words<lanes> place_;
};

/// Estrin's scheme: its parts do not wait for each other.
template <class D> SPIKESCOPE_INLINE void polynomial(const D& x, const double (&c)[7], D& value)
{
    const D x2 = x * x;
    const D upper = (x * c[5] + c[4]) + x2 * c[6];
    value = (x * c[1] + c[0]) + x2 * ((x * c[3] + c[2]) + x2 * upper);
}

/// -2 ln((w + 1/2) 2^-64).
template <class W, class D> SPIKESCOPE_INLINE void squared_radius(const W& w, D& value)
{
    // The two halves of w behind the exponents of 2^84 and 2^52: their sum is rounded once.
    const W high = (w >> 32) | 0x4530000000000000ULL;
    const W low = (w & 0xffffffffULL) | 0x4330000000000000ULL;
    const D d = (reinterpret_cast<D>(high) - (0x1p84 + 0x1p52)) + (reinterpret_cast<D>(low) + 0.5);
    // d = 2^k m, sqrt(1/2) <= m < sqrt(2); k + 2 >= 0 stands in the exponent's place of t.
    const W bits = reinterpret_cast<W>(d);
    const W t = bits + ((2ULL << 52) - 0x3fe6a09e667f3bcdULL);
    const W shifted = bits - (t & 0xfff0000000000000ULL) + (2ULL << 52);
    const D m = reinterpret_cast<D>(shifted);
    const W biased = (t >> 52) | 0x4330000000000000ULL;
    const D k_from_64 = (0x1p52 + 66.0) - reinterpret_cast<D>(biased); // 64 - k
    // ln m = 2 s + s^3 p(s^2), s = (m - 1) / (m + 1); p to 5e-18 of ln m.
    constexpr double p[] = {0x1.5555555555558p-1, 0x1.99999999952e2p-2, 0x1.2492492df148dp-2,
        0x1.c71c62e5800a1p-3, 0x1.7462b4ab2ef6bp-3, 0x1.39fe606542ddep-3, 0x1.2b584aae78a57p-3};
    const D s = (m - 1.0) / (m + 1.0);
    const D z = s * s;
    D tail;
    polynomial(z, p, tail);
    constexpr double two_ln2 = 0x1.62e42fefa39efp+0;
    value = k_from_64 * two_ln2 - (4.0 * s + 2.0 * s * z * tail);
}

template <std::size_t lanes>
SPIKESCOPE_INLINE void square_root(const double* squares, Doubles<lanes>& roots)
{
    double each[lanes];
    for (std::size_t l = 0; l < lanes; ++l) {
        each[l] = std::sqrt(squares[l]);
    }
    std::memcpy(&roots, each, sizeof roots);
}

/// A point on the unit circle times r.
template <class W, class D> SPIKESCOPE_INLINE void on_circle(const W& w, const D& r, D& x, D& y)
{
    // Quarter turns t in [-1/2, 1/2) from the right; 2 bits turn and mirror that quarter.
    const W mantissa = (w >> 12) | 0x3ff0000000000000ULL;
    const D t = reinterpret_cast<D>(mantissa) - 1.5;
    // cos(pi / 2 t) and sin(pi / 2 t) / t by t^2, to 5e-17.
    constexpr double cosine[] = {1.0, -1.2337005501361513, 0.25366950789986475,
        -0.02086348073494657, 0.000919259950041661, -2.520013526428479e-05, 4.6552961874867623e-07};
    constexpr double sine[] = {1.5707963267948966, -0.6459640975062443, 0.07969262624604301,
        -0.004681754132340976, 0.0001604411507421909, -3.59864335298231e-06, 5.633933781537854e-08};
    const D z = t * t;
    D c;
    D s;
    polynomial(z, cosine, c);
    polynomial(z, sine, s);
    const D along = c * r;
    const D across = s * (t * r);
    const W a = reinterpret_cast<W>(along) ^ (w << 63);
    const W b = reinterpret_cast<W>(across);
    const W differ = (a ^ b) & (0 - ((w >> 1) & 1));
    x = reinterpret_cast<D>(a ^ differ);
    y = reinterpret_cast<D>(b ^ differ);
}

/// A vector to the beginning or to the end of eight numbers.
SPIKESCOPE_INLINE void put(const Doubles<4>& x, double* numbers)
{
    std::memcpy(numbers, &x, sizeof x);
}
SPIKESCOPE_INLINE void put(const Doubles<8>& x, double* numbers)
{
    const Doubles<4> low = __builtin_shufflevector(x, x, 0, 1, 2, 3);
    const Doubles<4> high = __builtin_shufflevector(x, x, 4, 5, 6, 7);
    put(low, numbers);
    put(high, numbers + 8);
}

/// Points that are worked on in one go: first their radii, then the rest, because a processor looks
/// no further ahead than the one takes.
constexpr std::size_t batch = 128;

/// The points [first, first + count), whole vectors of them and at most a batch.
template <std::size_t lanes>
SPIKESCOPE_INLINE void draw_points(
    std::uint64_t key, std::size_t first, std::size_t count, const NormalLaw& law, double* numbers)
{
    std::array<double, batch> squares;
    Words<lanes> w;
    Sequence<lanes> radii(key, first);
    for (std::size_t p = 0; p < count; p += lanes) {
        radii.next(w);
        Doubles<lanes> squared;
        squared_radius(w, squared);
        std::memcpy(&squares[p], &squared, sizeof squared);
    }
    constexpr std::uint64_t far = std::uint64_t {1} << 63; // half of the sequence away
    Sequence<lanes> angles(key, far + first);
    for (std::size_t p = 0; p < count; p += lanes) {
        angles.next(w);
        Doubles<lanes> r;
        square_root<lanes>(&squares[p], r);
        Doubles<lanes> x;
        Doubles<lanes> y;
        on_circle(w, r, x, y);
        put(law.mean + law.sd * x, numbers + 2 * p);
        put(law.mean + law.sd * y, numbers + 2 * p + 4);
    }
}

/// The groups of eight [first, last): four points each, the x before the y.
template <std::size_t lanes>
SPIKESCOPE_INLINE void normal_groups_body(
    std::uint64_t key, std::size_t first, std::size_t last, const NormalLaw& law, double* numbers)
{
    const NormalLaw mine = law; // which no store of numbers can change
    std::size_t point = 4 * first;
    for (std::size_t left = 4 * (last - first); left > 0;) {
        const std::size_t count = std::min(left, batch);
        const std::size_t whole = count / lanes * lanes;
        draw_points<lanes>(key, point, whole, mine, numbers);
        if (lanes > 4 && whole < count) {
            draw_points<4>(key, point + whole, 4, mine, numbers + 2 * whole);
        }
        point += count;
        left -= count;
        numbers += 2 * count;
    }
}

SPIKESCOPE_LANE_TWINS(void, normal_groups,
    (std::uint64_t key, std::size_t first, std::size_t last, const NormalLaw& law, double* numbers),
    (key, first, last, law, numbers))

} // namespace

void normals(std::uint64_t key, const NormalLaw& law, std::size_t n, double* numbers)
{
    const std::size_t whole = n / 8;
    normal_groups(key, 0, whole, law, numbers);
    if (n % 8 != 0) {
        std::array<double, 8> last;
        normal_groups(key, whole, whole + 1, law, last.data());
        std::copy_n(last.data(), n % 8, numbers + 8 * whole);
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
