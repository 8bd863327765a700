#include "engine/analysis/psth.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace engine::analysis {

using core::Step;

namespace {

/// Sums over trials. Counts are whole numbers, so that the order of the trials does not matter.
struct Sums {
    double sum = 0.0;
    double squares = 0.0;

    void add(double x)
    {
        sum += x;
        squares += x * x;
    }
    /// Times `factor`.
    Estimate mean(std::size_t trials, double factor) const
    {
        Estimate out;
        const auto n = static_cast<double>(trials);
        out.value = factor * sum / n;
        if (trials > 1) {
            const double variance = (squares - sum * sum / n) / (n - 1.0);
            out.error = factor * std::sqrt(std::max(variance, 0.0) / n);
        }
        return out;
    }
};

std::size_t whole_bins(Step steps, Step width)
{
    return static_cast<std::size_t>(std::max<Step>(steps, 0) / width);
}

} // namespace

Psth psth(std::span<const Trial> trials, const TrialWindow& window, Step width, std::size_t neurons,
    double dt_ms)
{
    Psth out;
    out.trials = trials.size();
    out.neurons = neurons;
    out.dt_ms = dt_ms;
    out.width = width;
    if (trials.empty()) {
        return out;
    }
    const std::size_t before = whole_bins(window.before, width);
    const std::size_t after = whole_bins(window.after, width);
    const Step first = -static_cast<Step>(before) * width;
    std::vector<Sums> bins(before + after);
    Sums baseline;
    Sums extra;
    std::vector<std::uint64_t> counts(bins.size());
    for (const Trial& trial : trials) {
        counts.assign(counts.size(), 0);
        for (const SpikesAt& spikes : trial.spikes) {
            const Step place = spikes.offset - 1 - first; // a stamp at the edge ends its bin
            if (place >= 0 && place < static_cast<Step>(bins.size()) * width) {
                counts[static_cast<std::size_t>(place / width)] += spikes.count;
            }
        }
        double spikes_before = 0.0;
        double spikes_after = 0.0;
        for (std::size_t b = 0; b < bins.size(); ++b) {
            const auto count = static_cast<double>(counts[b]);
            bins[b].add(count);
            (b < before ? spikes_before : spikes_after) += count;
        }
        baseline.add(spikes_before);
        // Times `before`, so that it stays a whole number.
        extra.add(spikes_after * static_cast<double>(before)
            - spikes_before * static_cast<double>(after));
    }
    constexpr double ms_per_s = 1000.0;
    const auto of_one = 1.0 / static_cast<double>(neurons);
    const double to_Hz = ms_per_s * of_one / (dt_ms * static_cast<double>(width));
    for (std::size_t b = 0; b < bins.size(); ++b) {
        const Step from = first + static_cast<Step>(b) * width;
        out.bins.push_back({from, bins[b].mean(trials.size(), to_Hz)});
        const PsthBin& bin = out.bins.back();
        if (b >= before && bin.rate_Hz.value > (out.peak ? out.peak->rate_Hz.value : 0.0)) {
            out.peak = bin;
        }
    }
    if (before > 0) {
        out.baseline_Hz = baseline.mean(trials.size(), to_Hz / static_cast<double>(before));
    }
    if (before > 0 && after > 0) {
        out.extra_spikes = extra.mean(trials.size(), of_one / static_cast<double>(before));
    }
    return out;
}

} // namespace engine::analysis
