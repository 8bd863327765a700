#include "engine/core/poisson.hpp"

#include "engine/core/diagnostic.hpp"
#include "engine/core/numerics.hpp"
#include "engine/core/random.hpp"
#include "engine/core/value.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

namespace engine::core {

namespace {

constexpr double largest_part = 4.0; // mean of one draw by inversion
constexpr double rejection_from = 64.0;
constexpr double words = 0x1p64;

/// below[k] = 2^64 P(X <= k), up to the last count that a word can lead to.
std::vector<std::uint64_t> cumulative(double mean)
{
    std::vector<double> probability;
    double p = exp(-mean);
    for (int k = 0; k <= mean || p * words > 0.01; ++k) {
        probability.push_back(p);
        p *= mean / (k + 1);
    }
    // 1 - P(X <= k) from its small end, which keeps the relative precision of the tail.
    std::vector<std::uint64_t> below(probability.size(), std::numeric_limits<std::uint64_t>::max());
    double tail = 0.0;
    for (std::size_t k = probability.size(); k-- > 1;) {
        tail += probability[k];
        const double scaled = tail * words;
        if (scaled >= 1.0) {
            below[k - 1] = scaled < words ? 0 - static_cast<std::uint64_t>(scaled) : 0;
        }
    }
    return below;
}

/// log of mean^k exp(-mean) / k!, without the cancellation of its large terms.
double log_probability(double k, double mean)
{
    if (k < 10.0) {
        double factorial = 1.0;
        for (double i = 2.0; i <= k; i += 1.0) {
            factorial *= i;
        }
        return k * log(mean) - mean - log(factorial);
    }
    constexpr double two_pi = 6.283185307179586;
    const double series = (1.0 / 12 - (1.0 / 360 - 1.0 / (1260.0 * k * k)) / (k * k)) / k;
    return k * log(mean / k) + (k - mean) - 0.5 * log(two_pi * k) - series;
}

/// Transformed rejection with squeeze (PTRS), for means from 10 on.
std::uint32_t reject(double mean, Random& random)
{
    const double b = 0.931 + 2.53 * std::sqrt(mean);
    const double a = -0.059 + 0.02483 * b;
    const double inverse_alpha = 1.1239 + 1.1328 / (b - 3.4);
    const double v_r = 0.9277 - 3.6224 / (b - 2.0);
    for (;;) {
        const double u = random.uniform() - 0.5;
        const double v = random.uniform();
        const double us = 0.5 - std::fabs(u);
        const double k = std::floor((2.0 * a / us + b) * u + mean + 0.43);
        if (us >= 0.07 && v <= v_r) {
            return static_cast<std::uint32_t>(k);
        }
        if (k < 0.0 || (us < 0.013 && v > us)) {
            continue;
        }
        if (log(v) + log(inverse_alpha / (a / (us * us) + b)) <= log_probability(k, mean)) {
            return static_cast<std::uint32_t>(k);
        }
    }
}

/// Four xoshiro256++ generators side by side, so that the compiler can use vector instructions.
struct Lanes {
    std::uint64_t s[4][4]; ///< word, lane

    explicit Lanes(const std::array<std::uint64_t, 16>& seeds)
    {
        for (std::size_t i = 0; i < 16; ++i) {
            s[i / 4][i % 4] = seeds[i];
        }
    }

    void next(std::uint64_t (&out)[4])
    {
        for (std::size_t l = 0; l < 4; ++l) {
            out[l] = std::rotl(s[0][l] + s[3][l], 23) + s[0][l];
            const std::uint64_t t = s[1][l] << 17;
            s[2][l] ^= s[0][l];
            s[3][l] ^= s[1][l];
            s[1][l] ^= s[2][l];
            s[0][l] ^= s[3][l];
            s[2][l] ^= t;
            s[3][l] = std::rotl(s[3][l], 45);
        }
    }
};

} // namespace

PoissonTable::PoissonTable(double mean)
    : mean_(mean)
    , parts_(mean < rejection_from
              ? static_cast<std::size_t>(std::max(1.0, std::ceil(mean / largest_part)))
              : 0)
{
    if (!(mean >= 0.0 && mean <= largest_mean)) {
        throw RunError("a Poisson mean of " + number_text(mean) + " spikes a step; at most "
            + number_text(largest_mean) + " are possible");
    }
    if (parts_ == 0) {
        return;
    }
    below_ = cumulative(mean / static_cast<double>(parts_));
    for (std::size_t i = 0; i < guess_.size(); ++i) {
        const std::uint64_t first = static_cast<std::uint64_t>(i) << 52;
        const std::uint64_t last = first | ((std::uint64_t {1} << 52) - 1);
        const std::uint32_t lowest = invert(first, 0);
        guess_[i]
            = static_cast<std::uint8_t>(lowest == invert(last, lowest) ? lowest : lowest + unsure);
    }
}

std::uint32_t PoissonTable::invert(std::uint64_t word, std::uint32_t from) const
{
    const auto last = static_cast<std::uint32_t>(below_.size() - 1);
    while (from < last && word >= below_[from]) {
        ++from;
    }
    return from;
}

void PoissonTable::add_part(
    const std::array<std::uint64_t, 16>& seeds, std::size_t n, std::uint32_t* counts) const
{
    Lanes lanes(seeds);
    // 16 bits decide nearly every count; where the table is unsure, 48 more follow that belong to
    // the neuron.
    const auto settle = [&](std::uint64_t bits, std::size_t neuron, std::uint32_t guess) {
        const std::uint64_t more = Random(seeds[0] ^ (neuron + 1)).next() >> 16;
        return invert((bits << 48) | more, guess - unsure);
    };
    for (std::size_t begin = 0; begin < n; begin += 16) {
        std::uint64_t out[4];
        lanes.next(out);
        std::uint32_t guesses[16];
        std::uint32_t any = 0;
        for (std::size_t i = 0; i < 16; ++i) {
            guesses[i] = guess_[(out[i / 4] >> (16 * (i % 4) + 4)) & 0xfff];
            any |= guesses[i];
        }
        const std::size_t m = std::min<std::size_t>(16, n - begin);
        if ((any & unsure) != 0) {
            for (std::size_t i = 0; i < m; ++i) {
                if (guesses[i] >= unsure) {
                    const std::uint64_t bits = (out[i / 4] >> (16 * (i % 4))) & 0xffff;
                    guesses[i] = settle(bits, begin + i, guesses[i]);
                }
            }
        }
        for (std::size_t i = 0; i < m; ++i) {
            counts[begin + i] += guesses[i];
        }
    }
}

void PoissonTable::fill(std::uint64_t key, std::size_t n, std::uint32_t* counts) const
{
    if (parts_ == 0) {
        for (std::size_t i = 0; i < n; ++i) {
            Random random(key ^ ((i + 1) * 0x9e3779b97f4a7c15ULL));
            counts[i] = reject(mean_, random);
        }
        return;
    }
    std::fill_n(counts, n, 0U);
    if (mean_ == 0.0) {
        return;
    }
    Random seeder(key);
    for (std::size_t part = 0; part < parts_; ++part) {
        std::array<std::uint64_t, 16> seeds;
        for (std::uint64_t& seed : seeds) {
            seed = seeder.next();
        }
        add_part(seeds, n, counts);
    }
}

void PoissonTable::fill(std::uint64_t key, std::size_t n, std::uint8_t* counts) const
{
    std::vector<std::uint32_t> wide(n);
    fill(key, n, wide.data());
    std::transform(wide.begin(), wide.end(), counts,
        [](std::uint32_t c) { return static_cast<std::uint8_t>(std::min(c, 255U)); });
}

} // namespace engine::core
