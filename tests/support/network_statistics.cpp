#include "tests/support/network_statistics.hpp"

#include <cmath>
#include <complex>
#include <numbers>
#include <numeric>

namespace tests {

namespace {

using engine::recording::Spike;

constexpr long long first_step = 2000; // 200 ms, not included
constexpr long long last_step = 12000; // 1200 ms
constexpr std::size_t window_ms = 1000;

double mean(const std::vector<double>& x)
{
    return std::accumulate(x.begin(), x.end(), 0.0) / static_cast<double>(x.size());
}

/// Standard deviation (n) / mean.
double variation(const std::vector<double>& x)
{
    const double m = mean(x);
    double sum = 0.0;
    for (const double value : x) {
        sum += (value - m) * (value - m);
    }
    return std::sqrt(sum / static_cast<double>(x.size())) / m;
}

/// Number of spikes in bins of `steps` steps, (begin, end].
std::vector<double> counts(const std::vector<Spike>& window, long long steps)
{
    std::vector<double> bins(static_cast<std::size_t>((last_step - first_step) / steps), 0.0);
    for (const Spike& spike : window) {
        bins[static_cast<std::size_t>((spike.step - first_step - 1) / steps)] += 1.0;
    }
    return bins;
}

double cv_isi_mean(const std::vector<Spike>& window)
{
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::vector<double>> trains;
    for (const Spike& spike : window) {
        trains[{spike.population, spike.neuron}].push_back(static_cast<double>(spike.step));
    }
    std::vector<double> variations;
    for (auto& [neuron, times] : trains) {
        if (times.size() >= 3) {
            std::adjacent_difference(times.begin(), times.end(), times.begin());
            times.erase(times.begin()); // the first time itself
            variations.push_back(variation(times));
        }
    }
    return variations.empty() ? std::nan("") : mean(variations);
}

double peak_frequency_Hz(const std::vector<double>& bins, double bins_per_second)
{
    constexpr std::size_t length = 512;
    constexpr double lowest_Hz = 7.0;
    std::vector<std::complex<double>> turn(length);
    for (std::size_t k = 0; k < length; ++k) {
        turn[k] = std::polar(
            1.0, -2.0 * std::numbers::pi * static_cast<double>(k) / static_cast<double>(length));
    }
    std::vector<double> power(length / 2 + 1, 0.0);
    for (std::size_t begin = 0; begin + length <= bins.size(); begin += length / 2) {
        std::vector<double> part(bins.data() + begin, bins.data() + begin + length);
        const double level = mean(part);
        for (std::size_t i = 0; i < length; ++i) {
            part[i] = (part[i] - level) * 0.5 * (1.0 - turn[i].real());
        }
        for (std::size_t k = 0; k < power.size(); ++k) {
            std::complex<double> sum;
            for (std::size_t i = 0; i < length; ++i) {
                sum += part[i] * turn[k * i % length];
            }
            power[k] += std::norm(sum);
        }
    }
    const double resolution = bins_per_second / static_cast<double>(length);
    auto best = static_cast<std::size_t>(std::ceil(lowest_Hz / resolution));
    for (std::size_t k = best; k < power.size(); ++k) {
        best = power[k] > power[best] ? k : best;
    }
    return resolution * static_cast<double>(best);
}

} // namespace

std::map<std::string, double> network_statistics(
    const std::vector<Spike>& spikes, const std::vector<std::size_t>& sizes)
{
    std::vector<Spike> window;
    std::vector<double> fired(sizes.size(), 0.0);
    for (const Spike& spike : spikes) {
        if (spike.step > first_step && spike.step <= last_step) {
            window.push_back(spike);
            fired[spike.population] += 1.0;
        }
    }
    return {{"rate_E", fired[0] / static_cast<double>(sizes[0]) * 1000.0 / window_ms},
        {"rate_I", fired[1] / static_cast<double>(sizes[1]) * 1000.0 / window_ms},
        {"cv_isi_mean", cv_isi_mean(window)},
        {"cv_population_count_1ms", variation(counts(window, 10))},
        {"peak_frequency_welch", peak_frequency_Hz(counts(window, 5), 2000.0)}};
}

} // namespace tests
