#include "engine/theory/mode_search.hpp"

#include "engine/theory/root.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace engine::theory {

namespace {

using Complex = std::complex<double>;

constexpr double rad_per_ms_of_Hz = 2.0 * std::numbers::pi / 1000.0;

struct Sample {
    double f_Hz = 0.0;
    Complex K;
};

std::vector<Sample> sample(const LoopGain& gain, const std::vector<double>& frequencies)
{
    std::vector<Complex> lambda;
    for (const double f : frequencies) {
        lambda.emplace_back(0.0, f * rad_per_ms_of_Hz);
    }
    const std::vector<Complex> K = gain.at(lambda);
    std::vector<Sample> samples;
    for (std::size_t i = 0; i < K.size(); ++i) {
        samples.push_back({frequencies[i], K[i]});
    }
    return samples;
}

bool sign_changes(const Sample& low, const Sample& high)
{
    return std::signbit(low.K.imag()) != std::signbit(high.K.imag());
}

/// The zero of Im K between two samples on either side of it.
Crossing locate(const LoopGain& gain, Sample low, Sample high)
{
    constexpr int passes = 2;
    constexpr int points = 8; // as many as are computed together
    for (int pass = 0; pass < passes; ++pass) {
        std::vector<double> frequencies;
        for (int i = 1; i <= points; ++i) {
            frequencies.push_back(low.f_Hz + (high.f_Hz - low.f_Hz) * i / (points + 1));
        }
        for (const Sample& next : sample(gain, frequencies)) {
            if (sign_changes(low, next)) {
                high = next;
                break;
            }
            low = next;
        }
    }
    const double part = low.K.imag() / (low.K.imag() - high.K.imag());
    return {low.f_Hz + part * (high.f_Hz - low.f_Hz),
        low.K.real() + part * (high.K.real() - low.K.real())};
}

/// One more sample between neighbours that differ much: resonances of regular firing are narrow.
void refine(const LoopGain& gain, std::vector<Sample>& samples)
{
    constexpr double much = 0.25;
    std::vector<double> frequencies;
    for (std::size_t i = 1; i < samples.size(); ++i) {
        if (std::abs(samples[i].K - samples[i - 1].K) > much) {
            frequencies.push_back(0.5 * (samples[i - 1].f_Hz + samples[i].f_Hz));
        }
    }
    const std::vector<Sample> more = sample(gain, frequencies);
    samples.insert(samples.end(), more.begin(), more.end());
    std::sort(samples.begin(), samples.end(),
        [](const Sample& a, const Sample& b) { return a.f_Hz < b.f_Hz; });
}

/// K(i omega) every 4 Hz, and up to every 0.25 Hz where it changes fast.
std::vector<Sample> spectrum(const LoopGain& gain, double highest_Hz)
{
    constexpr double spacing_Hz = 4.0;
    constexpr double first_Hz = 0.5;
    constexpr int refinements = 4;
    std::vector<double> frequencies {first_Hz};
    for (int i = 1; i * spacing_Hz <= highest_Hz; ++i) {
        frequencies.push_back(i * spacing_Hz);
    }
    std::vector<Sample> samples = sample(gain, frequencies);
    for (int i = 0; i < refinements; ++i) {
        refine(gain, samples);
    }
    return samples;
}

} // namespace

std::optional<std::vector<Crossing>> find_crossings(const LoopGain& gain, double highest_Hz)
{
    const std::vector<Sample> samples = spectrum(gain, highest_Hz);
    std::vector<Crossing> found;
    for (std::size_t i = 0; i < samples.size(); ++i) {
        if (!std::isfinite(samples[i].K.real()) || !std::isfinite(samples[i].K.imag())) {
            return std::nullopt;
        }
        if (i == 0 || !sign_changes(samples[i - 1], samples[i])) {
            continue;
        }
        const Crossing crossing = locate(gain, samples[i - 1], samples[i]);
        if (crossing.K > 0.0) {
            found.push_back(crossing);
        }
    }
    return found;
}

std::optional<Mode> mode_near(const LoopGain& gain, double f_Hz)
{
    constexpr int most_steps = 30;
    constexpr double difference = 1e-4; // of lambda, for the derivative
    constexpr double precision = 1e-9;
    Complex lambda(0.0, f_Hz * rad_per_ms_of_Hz);
    for (int i = 0; i < most_steps; ++i) {
        const double h = difference * std::abs(lambda);
        const std::vector<Complex> K = gain.at(std::array {lambda, lambda + h, lambda - h});
        const Complex step = (1.0 - K[0]) * 2.0 * h / (K[1] - K[2]);
        if (!std::isfinite(step.real()) || !std::isfinite(step.imag())) {
            return std::nullopt;
        }
        lambda += step;
        if (std::abs(step) < precision * std::abs(lambda)) {
            return Mode {std::fabs(lambda.imag()) / rad_per_ms_of_Hz, lambda.real()};
        }
    }
    return std::nullopt;
}

std::optional<Mode> growing_mode(const LoopGain& gain)
{
    constexpr double slowest = 1e-4; // [1/ms]
    constexpr double fastest = 100.0;
    constexpr double precision = 1e-9;
    const auto excess = [&](double lambda) { return gain.at(Complex(lambda, 0.0)).real() - 1.0; };
    double low = slowest;
    double low_excess = excess(low);
    for (double high = 2.0 * low; high < fastest && low_excess > 0.0; high *= 2.0) {
        const double high_excess = excess(high);
        if (high_excess <= 0.0) {
            return Mode {0.0, find_root(excess, low, low_excess, high, high_excess, precision)};
        }
        low = high;
        low_excess = high_excess;
    }
    return std::nullopt;
}

} // namespace engine::theory
