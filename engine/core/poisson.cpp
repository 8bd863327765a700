#include "engine/core/poisson.hpp"

#include "engine/core/diagnostic.hpp"
#include "engine/core/numerics.hpp"
#include "engine/core/random.hpp"
#include "engine/core/value.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace engine::core {

namespace {

constexpr double sparse_up_to = 1.0 / 64; // above, a draw for every neuron is faster
constexpr double largest_part = 16.0; // mean of one draw by inversion
constexpr double rejection_from = 128.0;
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

} // namespace

PoissonTable::PoissonTable(double mean)
    : mean_(mean)
{
    if (!(mean >= 0.0 && mean <= largest_mean)) {
        throw RunError("a Poisson mean of " + number_text(mean) + " spikes a step; at most "
            + number_text(largest_mean) + " are possible");
    }
    if (mean <= sparse_up_to) {
        method_ = Method::sparse;
        inversion_.emplace(cumulative(mean * block));
    } else if (mean < rejection_from) {
        method_ = Method::sum;
        parts_ = static_cast<std::size_t>(std::ceil(mean / largest_part));
        inversion_.emplace(cumulative(mean / static_cast<double>(parts_)));
    }
}

void PoissonTable::scatter(std::uint64_t key, std::size_t n, std::uint8_t* counts) const
{
    static_assert(block == 1 << 9, "9 bits name a place");
    std::fill_n(counts, n, std::uint8_t {0});
    const std::uint32_t events = inversion_->number(mix(key + golden_gamma));
    std::uint64_t places = 0; // seven in a word
    for (std::uint32_t event = 0; event < events; ++event) {
        places = event % 7 == 0 ? mix(key + (event / 7 + 2) * golden_gamma) : places >> 9;
        const std::size_t i = places % block;
        if (i < n) {
            ++counts[i];
        }
    }
}

void PoissonTable::add_parts(std::uint64_t key, std::uint8_t* counts, std::size_t n) const
{
    constexpr std::uint64_t far = 1024 * golden_gamma; // beyond the words of a part
    std::array<std::uint8_t, block> more;
    for (std::size_t part = 1; part < parts_; ++part) {
        inversion_->draw(key + part * far, n, more.data());
        for (std::size_t i = 0; i < n; ++i) {
            counts[i] = static_cast<std::uint8_t>(std::min(255, counts[i] + more[i]));
        }
    }
}

void PoissonTable::fill(std::uint64_t key, std::size_t n, std::uint8_t* counts) const
{
    if (method_ == Method::sparse) {
        scatter(key, n, counts);
    } else if (n % 64 == 0) {
        inversion_->draw(key, n, counts);
        add_parts(key, counts, n);
    } else {
        std::array<std::uint8_t, block> sums;
        inversion_->draw(key, n, sums.data());
        add_parts(key, sums.data(), n);
        std::copy_n(sums.data(), n, counts);
    }
}

void PoissonTable::fill(std::uint64_t key, std::size_t n, std::uint32_t* counts) const
{
    if (fits_byte()) {
        std::array<std::uint8_t, block> bytes;
        fill(key, n, bytes.data());
        std::copy_n(bytes.data(), n, counts);
        return;
    }
    for (std::size_t i = 0; i < n; ++i) {
        Random random(key ^ ((i + 1) * golden_gamma));
        counts[i] = reject(mean_, random);
    }
}

} // namespace engine::core
