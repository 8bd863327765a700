#include "engine/core/numerics.hpp"

#include "engine/core/numerics_tables.hpp"

#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>

namespace engine::core {

namespace {

using tables::Pair;

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double exp_overflow = 0x1.62e42fefa39efp+9; // largest x with a finite exp(x)
constexpr double exp_underflow = -0x1.74910d52d3052p+9; // below, exp(x) rounds to 0

// Sum and product without error, Knuth and Dekker; the parts of `two_product` may not overflow
// when multiplied by 2^27 + 1.
Pair two_sum(double a, double b)
{
    const double s = a + b;
    const double t = s - a;
    return {s, (a - (s - t)) + (b - t)};
}

Pair split(double a)
{
    const double c = a * 134217729.0;
    const double high = c - (c - a);
    return {high, a - high};
}

Pair two_product(double a, double b)
{
    const double p = a * b;
    const Pair x = split(a);
    const Pair y = split(b);
    return {p, ((x.high * y.high - p) + x.high * y.low + x.low * y.high) + x.low * y.low};
}

double round_to_integer(double x) { return (x + 0x1.8p52) - 0x1.8p52; } // |x| < 2^51

double power_of_two(int k) // normal results only
{
    return std::bit_cast<double>(static_cast<std::uint64_t>(k + 1023) << 52);
}

double scale(double x, int k) // x * 2^k, x near 1; rounds once where the result is denormal
{
    if (k < -1000) {
        return x * power_of_two(k + 500) * power_of_two(-500);
    }
    return k > 1000 ? x * power_of_two(k - 500) * power_of_two(500) : x * power_of_two(k);
}

/// x = (32 k + j) ln 2 / 32 + r with |r| <= ln 2 / 64.
struct ExpReduction {
    int k;
    std::size_t j;
    double r;
};

ExpReduction reduce_exp(double high, double low)
{
    const double n = round_to_integer(high * tables::inverse_ln2_32nd);
    const double r = (high - n * tables::ln2_32nd.high) + (low - n * tables::ln2_32nd.low);
    const int whole = static_cast<int>(n);
    return {whole >> 5, static_cast<std::size_t>(whole & 31), r};
}

double expm1_reduced(double r) // exp(r) - 1 for |r| <= ln 2 / 64
{
    const double tail = 1.0 / 6 + r * (1.0 / 24 + r * (1.0 / 120 + r * (1.0 / 720)));
    return r + r * r * (0.5 + r * tail);
}

double exp_pair(double high, double low)
{
    const ExpReduction x = reduce_exp(high, low);
    const Pair t = tables::exp2_32nds[x.j];
    return scale(t.high + (t.low + t.high * expm1_reduced(x.r)), x.k);
}

Pair expm1_pair(double x) // exp(x) - 1, |x| <= 40
{
    if (std::fabs(x) < 0.3) {
        double p = 1.0 / 87178291200.0;
        for (const double factorial : {6227020800.0, 479001600.0, 39916800.0, 3628800.0, 362880.0,
                 40320.0, 5040.0, 720.0, 120.0, 24.0, 6.0}) {
            p = p * x + 1.0 / factorial;
        }
        return two_sum(x, 0.5 * x * x + x * x * x * p);
    }
    const ExpReduction e = reduce_exp(x, 0.0);
    const Pair t = tables::exp2_32nds[e.j];
    const double two_k = power_of_two(e.k);
    const Pair high = two_sum(t.high * two_k, -1.0);
    return two_sum(high.high, high.low + two_k * (t.low + t.high * expm1_reduced(e.r)));
}

/// x = 2^k m with 1/sqrt(2) <= m < sqrt(2), and m * cell->inverse = 1 + r + r_low with
/// |r| < 0.0112.
struct LogReduction {
    double k;
    const tables::LogCell* cell;
    double r;
    double r_low;
};

LogReduction reduce_log(double x) // finite x > 0
{
    int k = 0;
    if (x < std::numeric_limits<double>::min()) {
        x *= 0x1p54;
        k = -54;
    }
    std::uint64_t bits = std::bit_cast<std::uint64_t>(x);
    constexpr std::uint64_t sqrt_half = 0x3fe6a09e667f3bcdULL;
    const int exponent = static_cast<int>(
        (static_cast<std::int64_t>(bits) - static_cast<std::int64_t>(sqrt_half)) >> 52);
    bits -= static_cast<std::uint64_t>(static_cast<std::int64_t>(exponent)) << 52;
    const double m = std::bit_cast<double>(bits);
    // Any cell near m serves. NOLINTNEXTLINE(bugprone-incorrect-roundings)
    const int nearest = static_cast<int>(m * 64.0 + 0.5);
    const auto* cell = &tables::log_cells[static_cast<std::size_t>(nearest - tables::log_first)];
    // 29 and 24 bits of m times 24 bits are exact.
    const double m_high = std::bit_cast<double>(bits & ~std::uint64_t {0xffffff});
    const Pair r = two_sum(m_high * cell->inverse - 1.0, (m - m_high) * cell->inverse);
    return {static_cast<double>(k + exponent), cell, r.high, r.low};
}

double log1p_cubic(double r) // (log(1 + r) - r + r^2 / 2) / r^3 for |r| < 0.0112
{
    return 1.0 / 3
        + r * (-0.25 + r * (0.2 + r * (-1.0 / 6 + r * (1.0 / 7 + r * (-0.125 + r / 9)))));
}

Pair log_pair(double x) // relative error below 2^-62; finite x > 0
{
    const LogReduction l = reduce_log(x);
    const Pair square = two_product(l.r, l.r);
    const Pair a = two_sum(l.k * tables::ln2.high, l.cell->log.high);
    const Pair b = two_sum(a.high, l.r);
    const Pair c = two_sum(b.high, -0.5 * square.high);
    const double small = l.k * tables::ln2.low + l.cell->log.low - 0.5 * square.low
        + (l.r_low - l.r * l.r_low) + l.r * square.high * log1p_cubic(l.r);
    return two_sum(c.high, a.low + b.low + c.low + small);
}

/// x = quadrant * pi / 2 + high + low, |high| <= pi / 4 (a little more by rounding).
struct AngleReduction {
    int quadrant;
    double high;
    double low;
};

AngleReduction reduce_moderate(double x) // 0 <= x < 2^20 pi / 2
{
    const double n = round_to_integer(x * tables::inverse_half_pi);
    const auto& parts = tables::half_pi_parts;
    const Pair a = two_sum(x - n * parts[0], -(n * parts[1]));
    const Pair b = two_sum(a.high, -(n * parts[2]));
    const Pair c = two_sum(b.high, a.low + b.low - n * parts[3]);
    return {static_cast<int>(n) & 3, c.high, c.low};
}

// Payne & Hanek 1983, doi:10.1145/1057600.1057602: of the product x * 2 / pi only the digits
// from weight 2 downwards matter, so a window of the digits of 2 / pi is enough.
AngleReduction reduce_large(double x) // x >= 2^20
{
    constexpr std::size_t window = 7;
    constexpr std::size_t limbs = window + 2;
    const std::uint64_t bits = std::bit_cast<std::uint64_t>(x);
    const int e = static_cast<int>(bits >> 52) - 1075; // x = m 2^e
    const std::uint64_t m = (bits & 0xfffffffffffffULL) | 0x10000000000000ULL;
    const std::size_t first = e < 2 ? 0 : static_cast<std::size_t>(e - 2) / 32;

    // m * window as limbs of 32 bits, the lowest first.
    std::uint32_t product[limbs + 1] = {};
    const std::uint64_t factor[2] = {m & 0xffffffffU, m >> 32};
    for (std::size_t f = 0; f < 2; ++f) {
        std::uint64_t carry = 0;
        for (std::size_t i = 0; i < window; ++i) {
            const std::uint64_t digit = tables::inverse_half_pi_digits[first + window - 1 - i];
            carry += digit * factor[f] + product[i + f];
            product[i + f] = static_cast<std::uint32_t>(carry);
            carry >>= 32;
        }
        product[window + f] = static_cast<std::uint32_t>(carry);
    }
    // Below the binary point of the product lie `fraction` bits.
    const int fraction = 32 * static_cast<int>(first + window) - e;
    const auto word = [&](int lowest_bit) { // 32 bits from this one upwards
        const auto limb = static_cast<std::size_t>(lowest_bit / 32);
        const std::uint64_t both
            = (static_cast<std::uint64_t>(product[limb + 1]) << 32) | product[limb];
        return static_cast<std::uint32_t>(both >> (lowest_bit % 32));
    };
    int quadrant = static_cast<int>(word(fraction) & 3);
    const bool negative = (word(fraction - 32) >> 31) != 0; // the nearer multiple is above
    quadrant += negative ? 1 : 0;

    Pair turn {0.0, 0.0}; // fraction of a quadrant
    double weight = 0x1p-32;
    for (int i = 1; i <= 5; ++i) {
        const std::uint32_t w = word(fraction - 32 * i);
        const Pair sum = two_sum(
            turn.high, (negative ? static_cast<double>(~w) : static_cast<double>(w)) * weight);
        turn = {sum.high, turn.low + sum.low};
        weight *= 0x1p-32;
    }
    const Pair angle = two_product(turn.high, tables::half_pi.high);
    const Pair sum = two_sum(
        angle.high, angle.low + turn.high * tables::half_pi.low + turn.low * tables::half_pi.high);
    return {quadrant & 3, negative ? -sum.high : sum.high, negative ? -sum.low : sum.low};
}

AngleReduction reduce_angle(double x) // x >= 0, finite
{
    if (x <= 0x1.921fb54442d18p-1) {
        return {0, x, 0.0};
    }
    return x < 0x1.8p20 ? reduce_moderate(x) : reduce_large(x);
}

double sin_reduced(double y, double low) // |y| <= pi / 4
{
    const double z = y * y;
    const double p = -1.0 / 6
        + z
            * (1.0 / 120
                + z
                    * (-1.0 / 5040
                        + z
                            * (1.0 / 362880
                                + z
                                    * (-1.0 / 39916800
                                        + z
                                            * (1.0 / 6227020800.0
                                                + z
                                                    * (-1.0 / 1307674368000.0
                                                        + z * (1.0 / 355687428096000.0)))))));
    return y + (y * z * p + low * (1.0 - 0.5 * z));
}

double cos_reduced(double y, double low)
{
    const double z = y * y;
    const double p = 1.0 / 24
        + z
            * (-1.0 / 720
                + z
                    * (1.0 / 40320
                        + z
                            * (-1.0 / 3628800
                                + z
                                    * (1.0 / 479001600.0
                                        + z
                                            * (-1.0 / 87178291200.0
                                                + z * (1.0 / 20922789888000.0))))));
    const double half = 0.5 * z;
    const double w = 1.0 - half;
    return w + (((1.0 - w) - half) + (z * z * p - y * low));
}

double sin_of_quadrant(const AngleReduction& a, int quadrant)
{
    const double value
        = (quadrant & 1) != 0 ? cos_reduced(a.high, a.low) : sin_reduced(a.high, a.low);
    return (quadrant & 2) != 0 ? -value : value;
}

bool is_integer(double y) { return std::trunc(y) == y; }
bool is_odd(double y) { return is_integer(y) && !is_integer(0.5 * y); }

} // namespace

double exp(double x)
{
    if (!(x <= exp_overflow)) {
        return x > exp_overflow ? infinity : x;
    }
    return x < exp_underflow ? 0.0 : exp_pair(x, 0.0);
}

double expm1(double x)
{
    if (std::fabs(x) < 0x1p-54) {
        return x;
    }
    if (!(x <= exp_overflow)) {
        return x > exp_overflow ? infinity : x;
    }
    if (x < -40.0) {
        return -1.0;
    }
    return x > 40.0 ? exp_pair(x, 0.0) : expm1_pair(x).high;
}

double log(double x)
{
    if (!(x > 0.0) || x == infinity) {
        return x == 0.0 ? -infinity : (x > 0.0 ? x : nan);
    }
    const LogReduction l = reduce_log(x);
    const Pair a = two_sum(l.k * tables::ln2.high, l.cell->log.high);
    const Pair b = two_sum(a.high, l.r);
    const double square = l.r * l.r;
    return b.high
        + (b.low + a.low + l.r_low + l.k * tables::ln2.low + l.cell->log.low
            + (l.r * square * log1p_cubic(l.r) - 0.5 * square));
}

double sin(double x)
{
    const double magnitude = std::fabs(x);
    if (!(magnitude < infinity)) {
        return nan;
    }
    if (magnitude < 0x1p-27) {
        return x;
    }
    const AngleReduction a = reduce_angle(magnitude);
    const double value = sin_of_quadrant(a, a.quadrant);
    return x < 0.0 ? -value : value;
}

double cos(double x)
{
    const double magnitude = std::fabs(x);
    if (!(magnitude < infinity)) {
        return nan;
    }
    const AngleReduction a = reduce_angle(magnitude);
    return sin_of_quadrant(a, a.quadrant + 1);
}

double tanh(double x)
{
    const double magnitude = std::fabs(x);
    if (!(magnitude >= 0x1p-28)) {
        return x; // also -0; NaN stays NaN
    }
    double value = 1.0;
    if (magnitude < 20.0) {
        // t / (t + 2) with the rounding errors of t, of the sum and of the quotient carried along.
        const Pair t = expm1_pair(2.0 * magnitude);
        const Pair sum = two_sum(t.high, 2.0);
        const double quotient = t.high / sum.high;
        const Pair product = two_product(quotient, sum.high);
        const double rest
            = ((t.high - product.high) - product.low) + t.low - quotient * (sum.low + t.low);
        value = quotient + rest / sum.high;
    }
    return x < 0.0 ? -value : value;
}

double pow(double x, double y)
{
    if (y == 0.0 || x == 1.0) {
        return 1.0;
    }
    if (x != x || y != y) {
        return nan;
    }
    const double magnitude = std::fabs(x);
    if (std::fabs(y) == infinity) {
        return magnitude == 1.0 ? 1.0 : ((magnitude > 1.0) == (y > 0.0) ? infinity : 0.0);
    }
    const bool negative = std::signbit(x) && is_odd(y);
    if (magnitude == 0.0 || magnitude == infinity) {
        const double value = (magnitude == 0.0) == (y > 0.0) ? 0.0 : infinity;
        return negative ? -value : value;
    }
    if (x < 0.0 && !is_integer(y)) {
        return nan;
    }
    double value = 1.0;
    if (magnitude != 1.0) {
        const Pair l = log_pair(magnitude);
        const double exponent = y * l.high;
        if (exponent > exp_overflow + 1.0) {
            value = infinity;
        } else if (exponent < exp_underflow - 1.0) {
            value = 0.0;
        } else {
            const Pair product = two_product(y, l.high);
            value = exp_pair(product.high, product.low + y * l.low);
        }
    }
    return negative ? -value : value;
}

} // namespace engine::core
