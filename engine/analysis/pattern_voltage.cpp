#include "engine/analysis/oscillation.hpp"
#include "engine/analysis/pattern_facts.hpp"

#include <algorithm>
#include <cmath>

// What V_m does between spikes.

namespace engine::analysis {

using core::Step;

namespace {

constexpr double least_hump = 1.0; ///< [mV]
/// An oscillation that can be seen on a trace [mV].
constexpr double visible_swing = 0.1;
/// Noise has extrema at all distances; those of an oscillation differ by at most this part of their
/// mean, and do not grow.
constexpr double regular_part = 0.25;
constexpr double not_growing = 1.05;

/// Times at which something acts on V: the edges of the stimulus and the spikes, ascending.
std::vector<Step> interruptions(const Facts& facts)
{
    std::vector<Step> out {0, facts.protocol().end};
    for (const Episode& e : facts.protocol().episodes) {
        out.push_back(e.begin);
        out.push_back(e.end);
    }
    out.insert(out.end(), facts.spikes().begin(), facts.spikes().end());
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

/// Whether the current is constant there.
bool constant(const Facts& facts, Step from, Step to)
{
    const auto& episodes = facts.protocol().episodes;
    return std::none_of(episodes.begin(), episodes.end(), [&](const Episode& e) {
        return e.shape != Episode::Shape::level && e.begin < to && from < e.end;
    });
}

bool regular(std::span<const Extremum> extrema)
{
    double sum = 0.0;
    double least = 0.0;
    double most = 0.0;
    for (std::size_t i = 0; i + 2 < extrema.size(); ++i) {
        const auto distance = static_cast<double>(extrema[i + 2].sample - extrema[i].sample);
        sum += distance;
        least = i == 0 ? distance : std::min(least, distance);
        most = std::max(most, distance);
    }
    const double mean = sum / static_cast<double>(extrema.size() - 2);
    return most - mean <= regular_part * mean && mean - least <= regular_part * mean;
}

std::optional<Oscillation> oscillation_between(const Facts& facts, Step from, Step to)
{
    auto V = facts.V_m(from, to);
    std::vector<Extremum> extrema = find_extrema(V, least_V_swing);
    const bool after_spike = std::binary_search(facts.spikes().begin(), facts.spikes().end(), from);
    if (after_spike && !extrema.empty()) {
        // The trough after a spike belongs to the recovery from it: begin on its way up.
        V = V.subspan(extrema.front().sample + 1);
        extrema.erase(extrema.begin());
    }
    const auto found = subthreshold_oscillation(V, facts.dt_ms());
    if (!found || found->amplitude < visible_swing || found->decay_ratio > not_growing
        || !regular(extrema)) {
        return std::nullopt;
    }
    return found;
}

} // namespace

std::optional<Finding> after_potential(const Facts& facts)
{
    const auto& episodes = facts.protocol().episodes;
    if (facts.spikes().empty()) {
        return std::nullopt;
    }
    const Step spike = facts.spikes().back();
    const auto next = std::find_if(
        episodes.begin(), episodes.end(), [&](const Episode& e) { return e.begin >= spike; });
    if (next == episodes.begin() || !std::prev(next)->up || !facts.pulse(*std::prev(next))) {
        return std::nullopt; // no answer to a pulse
    }
    const Step from = std::max(spike, std::prev(next)->end);
    const auto V // from the reset on
        = facts.V_m(from - 1, next == episodes.end() ? facts.protocol().end : next->begin);
    const std::vector<Extremum> extrema = find_extrema(V, least_hump);
    if (extrema.empty() || !extrema.front().maximum) {
        return std::nullopt;
    }
    const Extremum& hump = extrema.front();
    const double lowest
        = *std::min_element(V.begin() + static_cast<std::ptrdiff_t>(hump.sample), V.end());
    const bool again = std::any_of(extrema.begin() + 1, extrema.end(),
        [&](const Extremum& later) { return later.value > hump.value - least_hump; });
    if (lowest > V.front() || again) { // V stays up, or goes up and down
        return std::nullopt;
    }
    const Step since_spike = from - spike + static_cast<Step>(hump.sample);
    return Finding {"depolarizing after-potential",
        "after the last spike V rises again from " + digits(V.front()) + " mV to a hump of "
            + digits(hump.value) + " mV " + digits(facts.ms(since_spike))
            + " ms after it, then falls to " + digits(lowest) + " mV"};
}

std::optional<Finding> ringing(const Facts& facts)
{
    std::optional<Oscillation> best;
    const std::vector<Step> times = interruptions(facts);
    for (std::size_t i = 0; i + 1 < times.size(); ++i) {
        if (!constant(facts, times[i], times[i + 1])) {
            continue;
        }
        const auto found = oscillation_between(facts, times[i], times[i + 1]);
        if (found && (!best || found->extrema > best->extrema)) {
            best = found;
        }
    }
    if (!best) {
        return std::nullopt;
    }
    return Finding {"subthreshold oscillations",
        "V rings without spikes: period " + digits(best->period_ms) + " ms over "
            + std::to_string(best->extrema) + " extrema, first swing " + digits(best->amplitude)
            + " mV, amplitude x " + digits(best->decay_ratio) + " per cycle"};
}

} // namespace engine::analysis
