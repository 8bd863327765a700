#include "engine/analysis/pattern_facts.hpp"

#include <algorithm>
#include <cmath>

// Answers to ramps of current: accommodation, and whether firing begins slowly or abruptly.

namespace engine::analysis {

using core::Step;

namespace {

/// A ramp that is faster by this factor has left a neuron less time to accommodate.
constexpr double faster = 2.0;
/// Firing begins abruptly where the rate at its onset is at least this part of that of the first
/// interval. Class 1 neurons begin with arbitrarily low rates, which the first interval on a ramp
/// never shows (Izhikevich 2004, II-G, II-H).
constexpr double abrupt_part = 0.8;
constexpr std::size_t least_ramp_spikes = 5;
constexpr std::size_t fitted_intervals = 5;

bool rises(const Episode& e) { return e.shape == Episode::Shape::ramp && e.to > e.from && e.up; }

double slope_per_ms(const Facts& facts, const Episode& e)
{
    return (e.to - e.from) / facts.ms(e.steps() - 1);
}

/// Rate at which firing begins: near the onset of repetitive firing the square of the rate grows
/// linearly with the current (rate ~ sqrt(I - I_SN) at a saddle-node on an invariant circle), so
/// the line through the first intervals is read at the current of the first spike.
double onset_rate_Hz(std::span<const Step> spikes, const Episode& ramp, double dt_ms, double slope)
{
    const auto current = [&](double step) {
        return ramp.from + slope * (step - static_cast<double>(ramp.begin)) * dt_ms;
    };
    const std::size_t n = std::min(fitted_intervals, spikes.size() - 1);
    double mean_x = 0.0;
    double mean_y = 0.0;
    std::vector<double> x;
    std::vector<double> y;
    for (std::size_t i = 0; i < n; ++i) {
        const auto isi = static_cast<double>(spikes[i + 1] - spikes[i]);
        const double rate_Hz = 1000.0 / (isi * dt_ms);
        x.push_back(current(static_cast<double>(spikes[i]) + 0.5 * isi));
        y.push_back(rate_Hz * rate_Hz);
        mean_x += x.back() / static_cast<double>(n);
        mean_y += y.back() / static_cast<double>(n);
    }
    double xy = 0.0;
    double xx = 0.0;
    for (std::size_t i = 0; i < n; ++i) {
        xy += (x[i] - mean_x) * (y[i] - mean_y);
        xx += (x[i] - mean_x) * (x[i] - mean_x);
    }
    const double first = current(static_cast<double>(spikes.front()));
    return std::sqrt(std::max(0.0, mean_y + xy / xx * (first - mean_x)));
}

} // namespace

std::optional<Finding> accommodation(const Facts& facts)
{
    const auto& episodes = facts.protocol().episodes;
    const auto answer = [&](std::size_t i) {
        return facts.spikes(episodes[i].begin, facts.protocol().rest_until(i));
    };
    for (std::size_t slow = 0; slow < episodes.size(); ++slow) {
        for (std::size_t fast = 0; fast < episodes.size(); ++fast) {
            const Episode& s = episodes[slow];
            const Episode& f = episodes[fast];
            if (!rises(s) || !rises(f) || f.to > s.to
                || slope_per_ms(facts, f) < faster * slope_per_ms(facts, s)) {
                continue;
            }
            if (answer(slow).empty() && !answer(fast).empty()) {
                return Finding {"accommodation",
                    "no spike on the ramp to " + digits(s.to) + " in " + digits(facts.ms(s.steps()))
                        + " ms, " + counted(answer(fast).size(), "spike") + " on the one to only "
                        + digits(f.to) + " in " + digits(facts.ms(f.steps())) + " ms"};
            }
        }
    }
    return std::nullopt;
}

std::optional<Finding> excitability_class(const Facts& facts)
{
    const auto& episodes = facts.protocol().episodes;
    const auto ramp = std::find_if(episodes.begin(), episodes.end(), rises);
    const bool probed = std::any_of(
        episodes.begin(), ramp, [](const Episode& e) { return e.up; }); // by something else
    if (ramp == episodes.end() || probed || std::count_if(ramp, episodes.end(), rises) > 1
        || !facts.spikes(0, ramp->begin).empty()) {
        return std::nullopt;
    }
    const auto spikes = facts.spikes(ramp->begin, ramp->end);
    if (spikes.size() < least_ramp_spikes) {
        return std::nullopt;
    }
    const std::vector<double> isi = intervals_ms(spikes, facts.dt_ms());
    if (isi.back() >= isi.front()) {
        return std::nullopt;
    }
    const double onset_Hz = onset_rate_Hz(spikes, *ramp, facts.dt_ms(), slope_per_ms(facts, *ramp));
    const double first_Hz = 1000.0 / isi.front();
    const bool abrupt = onset_Hz >= abrupt_part * first_Hz;
    return Finding {abrupt ? "class 2 excitable" : "class 1 excitable",
        "firing on the ramp begins at " + digits(onset_Hz)
            + " Hz, extrapolated to the current of the" + " first spike, "
            + digits(100.0 * onset_Hz / first_Hz) + " % of the rate of the first" + " interval ("
            + (abrupt ? ">= " : "< ") + digits(100.0 * abrupt_part) + " %); intervals "
            + digits(isi.front()) + " to " + digits(isi.back()) + " ms"};
}

} // namespace engine::analysis
