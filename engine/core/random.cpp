#include "engine/core/random.hpp"

#include "engine/core/numerics.hpp"

#include <bit>
#include <cmath>

namespace engine::core {

namespace {

// Chained so that the order of the words matters and none of them can undo another.
std::uint64_t absorb(std::uint64_t state, std::uint64_t word)
{
    return mix((state + golden_gamma) ^ mix(word + golden_gamma));
}

double polynomial(double x, const double (&c)[8]) // c[0] + c[1] x + ...
{
    double p = c[7];
    for (int i = 6; i >= 0; --i) {
        p = p * x + c[i];
    }
    return p;
}

// Quantile of the standard normal distribution, relative error about 1e-16: Wichura 1988,
// algorithm AS 241 (PPND16), doi:10.2307/2347330.
double normal_quantile(double p)
{
    const double q = p - 0.5;
    if (std::fabs(q) <= 0.425) {
        constexpr double a[8] = {3.3871328727963666080e0, 1.3314166789178437745e2,
            1.9715909503065514427e3, 1.3731693765509461125e4, 4.5921953931549871457e4,
            6.7265770927008700853e4, 3.3430575583588128105e4, 2.5090809287301226727e3};
        constexpr double b[8] = {1.0, 4.2313330701600911252e1, 6.8718700749205790830e2,
            5.3941960214247511077e3, 2.1213794301586595867e4, 3.9307895800092710610e4,
            2.8729085735721942674e4, 5.2264952788528545610e3};
        const double r = 0.180625 - q * q;
        return q * polynomial(r, a) / polynomial(r, b);
    }
    const double r = std::sqrt(-log(q < 0.0 ? p : 1.0 - p));
    double x = 0.0;
    if (r <= 5.0) {
        constexpr double c[8] = {1.42343711074968357734e0, 4.63033784615654529590e0,
            5.76949722146069140550e0, 3.64784832476320460504e0, 1.27045825245236838258e0,
            2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4};
        constexpr double d[8] = {1.0, 2.05319162663775882187e0, 1.67638483018380384940e0,
            6.89767334985100004550e-1, 1.48103976427480074590e-1, 1.51986665636164571966e-2,
            5.47593808499534494600e-4, 1.05075007164441684324e-9};
        x = polynomial(r - 1.6, c) / polynomial(r - 1.6, d);
    } else {
        constexpr double e[8] = {6.65790464350110377720e0, 5.46378491116411436990e0,
            1.78482653991729133580e0, 2.96560571828504891230e-1, 2.65321895265761230930e-2,
            1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7};
        constexpr double f[8] = {1.0, 5.99832206555887937690e-1, 1.36929880922735805310e-1,
            1.48753612908506148525e-2, 7.86869131145613259100e-4, 1.84631831751005468180e-5,
            1.42151175831644588870e-7, 2.04426310338993978564e-15};
        x = polynomial(r - 5.0, e) / polynomial(r - 5.0, f);
    }
    return q < 0.0 ? -x : x;
}

} // namespace

std::uint64_t hash_name(std::string_view name)
{
    std::uint64_t h = 0xcbf29ce484222325ULL;
    for (const char c : name) {
        h = (h ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
    }
    return mix(h);
}

StreamKey::StreamKey(std::uint64_t seed, Purpose purpose, HashedName population, HashedName label)
    : base_(absorb(
        absorb(absorb(absorb(0, seed), static_cast<std::uint64_t>(purpose)), population.hash()),
        label.hash()))
{
}

std::uint64_t StreamKey::member(std::uint64_t first, std::uint64_t second) const
{
    return absorb(absorb(base_, first), second);
}

Random::Random(std::uint64_t member_key)
{
    for (std::uint64_t& word : s_) {
        member_key += golden_gamma;
        word = mix(member_key); // a bijection of four different numbers: never all zero
    }
}

std::uint64_t Random::next()
{
    const std::uint64_t result = std::rotl(s_[0] + s_[3], 23) + s_[0];
    const std::uint64_t t = s_[1] << 17;
    s_[2] ^= s_[0];
    s_[3] ^= s_[1];
    s_[1] ^= s_[2];
    s_[0] ^= s_[3];
    s_[2] ^= t;
    s_[3] = std::rotl(s_[3], 45);
    return result;
}

double Random::normal(std::uint64_t word)
{
    // The middle of one of 2^52 cells: never 0 or 1, and 1 - p is exact.
    return normal_quantile((static_cast<double>(word >> 12) + 0.5) * 0x1p-52);
}

double Random::exponential(std::uint64_t word)
{
    return -log((static_cast<double>(word >> 11) + 1.0) * 0x1p-53);
}

std::uint64_t Random::below(std::uint64_t n)
{
    // Lemire 2019, doi:10.1145/3230636: the high word of next() * n, redrawn where the low word
    // falls into the part that would favour some results.
    __extension__ using Wide = unsigned __int128;
    Wide product = static_cast<Wide>(next()) * n;
    if (static_cast<std::uint64_t>(product) < n) {
        const std::uint64_t excess = (0 - n) % n; // 2^64 mod n
        while (static_cast<std::uint64_t>(product) < excess) {
            product = static_cast<Wide>(next()) * n;
        }
    }
    return static_cast<std::uint64_t>(product >> 64);
}

} // namespace engine::core
