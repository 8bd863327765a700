#include "engine/analysis/spike_train.hpp"

#include "engine/analysis/running_moments.hpp"

#include <cmath>

namespace engine::analysis {

using core::Step;

namespace {

/// Mean of a function of (I' - I) / (I' + I) over neighbouring intervals.
template <class Term>
std::optional<double> mean_over_neighbours(std::span<const Step> spikes, Term term)
{
    constexpr std::size_t least = 3; // two intervals
    if (spikes.size() < least) {
        return std::nullopt;
    }
    double sum = 0.0;
    for (std::size_t i = 2; i < spikes.size(); ++i) {
        const auto change = static_cast<double>(spikes[i] - 2 * spikes[i - 1] + spikes[i - 2]);
        sum += term(change / static_cast<double>(spikes[i] - spikes[i - 2]));
    }
    return sum / static_cast<double>(spikes.size() - 2);
}

} // namespace

std::vector<Step> intervals(std::span<const Step> spikes)
{
    std::vector<Step> out;
    for (std::size_t i = 1; i < spikes.size(); ++i) {
        out.push_back(spikes[i] - spikes[i - 1]);
    }
    return out;
}

std::optional<double> isi_cv(std::span<const Step> spikes)
{
    RunningMoments moments;
    for (const Step interval : intervals(spikes)) {
        moments.add(static_cast<double>(interval));
    }
    return moments.relative_deviation();
}

std::optional<double> isi_cv2(std::span<const Step> spikes)
{
    return mean_over_neighbours(spikes, [](double x) { return 2.0 * std::abs(x); });
}

std::optional<double> isi_lv(std::span<const Step> spikes)
{
    return mean_over_neighbours(spikes, [](double x) { return 3.0 * x * x; });
}

std::optional<double> mean_rate_Hz(std::uint64_t spikes, std::uint64_t neurons, double time_ms)
{
    if (neurons == 0 || !(time_ms > 0.0)) {
        return std::nullopt;
    }
    constexpr double ms_per_s = 1000.0;
    return static_cast<double>(spikes) / (static_cast<double>(neurons) * time_ms) * ms_per_s;
}

} // namespace engine::analysis
