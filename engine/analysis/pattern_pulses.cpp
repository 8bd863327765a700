#include "engine/analysis/pattern_facts.hpp"

#include <algorithm>
#include <cmath>

// Answers to pulses of current.

namespace engine::analysis {

using core::Step;

namespace {

/// Pulses are alike when length and height differ by less than this part.
constexpr double alike_part = 0.02;
/// Firing lasts while no pause is longer than this many times the interval before.
constexpr double lasting_factor = 1.5;
constexpr std::size_t least_lasting = 3;
constexpr double least_lasting_ms = 50.0;
/// Rest has been seen before a pulse where silence lasted about as long as a pause of the firing.
constexpr double rest_part = 0.75;

bool alike(const Episode& a, const Episode& b, double baseline)
{
    const auto close
        = [](double x, double y) { return std::abs(x - y) <= alike_part * std::abs(x); };
    return close(a.from - baseline, b.from - baseline)
        && std::abs(a.steps() - b.steps()) <= std::max<Step>(1, a.steps() / 50);
}

/// Spikes from an episode's beginning until the next one.
std::span<const Step> answer(const Facts& facts, std::size_t i)
{
    return facts.spikes(facts.protocol().episodes[i].begin, facts.protocol().rest_until(i));
}

Step rest_before(const Protocol& protocol, std::size_t i)
{
    return i == 0 ? 0 : protocol.episodes[i - 1].end;
}

std::string pulse_text(const Facts& facts, const Episode& pulse)
{
    return "pulse of " + digits(pulse.from) + " for " + digits(facts.ms(pulse.steps())) + " ms";
}

/// Two pulses in quick succession.
struct Doublet {
    double interval_ms = 0.0;
    bool fired = false;
};

/// Pairs of pulses that are closer to each other than to the ones around them; empty where a first
/// pulse fires alone or a current is no positive pulse.
std::vector<Doublet> doublets(const Facts& facts)
{
    const auto& episodes = facts.protocol().episodes;
    const auto usable = [&](const Episode& e) { return e.up && facts.pulse(e); };
    if (!std::all_of(episodes.begin(), episodes.end(), usable)) {
        return {};
    }
    const auto gap = [&](std::size_t i) { return episodes[i + 1].begin - episodes[i].begin; };
    std::vector<Doublet> out;
    for (std::size_t i = 0; i + 1 < episodes.size(); ++i) {
        const bool before = i == 0 || gap(i - 1) > gap(i);
        const bool after = i + 2 >= episodes.size() || gap(i + 1) > gap(i);
        if (!before || !after || !alike(episodes[i], episodes[i + 1], facts.protocol().baseline)) {
            continue;
        }
        if (!facts.spikes(episodes[i].begin, episodes[i + 1].begin).empty()) {
            return {};
        }
        out.push_back({facts.ms(gap(i)), !answer(facts, i + 1).empty()});
    }
    return out;
}

/// What a pulse does that switches firing on: silence before, regular firing afterwards, under the
/// same current, for as long as nothing else happens.
bool switches_on(const Facts& facts, std::size_t i)
{
    const Protocol& protocol = facts.protocol();
    const Episode& pulse = protocol.episodes[i];
    if (!facts.pulse(pulse) || !facts.spikes(rest_before(protocol, i), pulse.begin).empty()) {
        return false;
    }
    const auto after = facts.spikes(pulse.end, protocol.rest_until(i));
    if (after.size() < least_lasting) {
        return false;
    }
    const std::vector<double> isi = intervals_ms(after, facts.dt_ms());
    const double rest_ms = facts.ms(pulse.begin - rest_before(protocol, i));
    if (rest_ms < rest_part * *std::max_element(isi.begin(), isi.end())) {
        return false;
    }
    const auto last_interval = static_cast<double>(after.back() - after[after.size() - 2]);
    const auto silence = static_cast<double>(protocol.rest_until(i) - after.back());
    return silence <= lasting_factor * last_interval
        && facts.ms(after.back() - pulse.end) >= least_lasting_ms;
}

/// Silence after a pulse that ends firing, for at least two of the intervals before.
bool switches_off(const Facts& facts, std::size_t i, Step interval)
{
    const Protocol& protocol = facts.protocol();
    const Episode& pulse = protocol.episodes[i];
    return facts.pulse(pulse) && facts.spikes(pulse.end, protocol.rest_until(i)).empty()
        && protocol.rest_until(i) - pulse.end >= 2 * interval;
}

} // namespace

std::optional<Finding> threshold_variability(const Facts& facts)
{
    const auto& episodes = facts.protocol().episodes;
    const auto after_inhibition = [&](std::size_t i) {
        return i > 0 && !episodes[i - 1].up && facts.pulse(episodes[i - 1]);
    };
    for (std::size_t i = 0; i < episodes.size(); ++i) {
        for (std::size_t j = 0; j < episodes.size(); ++j) {
            const bool comparable = episodes[i].up && facts.pulse(episodes[i])
                && alike(episodes[i], episodes[j], facts.protocol().baseline) && after_inhibition(j)
                && !after_inhibition(i);
            if (comparable && answer(facts, i).empty() && !answer(facts, j).empty()) {
                return Finding {"threshold variability",
                    "a " + pulse_text(facts, episodes[i]) + " alone gives no spike; the same pulse "
                        + digits(facts.ms(episodes[j].begin - episodes[j - 1].end)) + " ms after a "
                        + pulse_text(facts, episodes[j - 1]) + " gives "
                        + counted(answer(facts, j).size(), "spike")};
            }
        }
    }
    return std::nullopt;
}

std::optional<Finding> preferred_interval(const Facts& facts)
{
    for (const std::vector<Doublet> pairs = doublets(facts); const Doublet& hit : pairs) {
        if (!hit.fired) {
            continue;
        }
        const Doublet* shorter = nullptr; // that fail
        const Doublet* longer = nullptr;
        for (const Doublet& other : pairs) {
            if (!other.fired) {
                (other.interval_ms < hit.interval_ms ? shorter : longer) = &other;
            }
        }
        if (shorter != nullptr || longer != nullptr) {
            return Finding {shorter != nullptr ? "resonator" : "integrator",
                "two pulses " + digits(hit.interval_ms) + " ms apart give a spike, "
                    + digits((shorter != nullptr ? shorter : longer)->interval_ms)
                    + " ms apart they do not"};
        }
    }
    return std::nullopt;
}

std::optional<Finding> bistability(const Facts& facts)
{
    const Protocol& protocol = facts.protocol();
    for (std::size_t on = 0; on < protocol.episodes.size(); ++on) {
        if (!switches_on(facts, on)) {
            continue;
        }
        const Episode& pulse = protocol.episodes[on];
        const auto after = facts.spikes(pulse.end, protocol.rest_until(on));
        std::string reason = "no spike in "
            + digits(facts.ms(pulse.begin - rest_before(protocol, on))) + " ms before a "
            + pulse_text(facts, pulse) + ", " + counted(after.size(), "spike")
            + " after it under the same current of " + digits(protocol.baseline);
        for (std::size_t off = on + 1; off < protocol.episodes.size(); ++off) {
            if (switches_off(facts, off, after.back() - after[after.size() - 2])) {
                reason += ", none after the pulse at "
                    + digits(facts.ms(protocol.episodes[off].begin)) + " ms";
                break;
            }
        }
        return Finding {"bistability", reason};
    }
    return std::nullopt;
}

std::optional<Finding> latency(const Facts& facts)
{
    const Protocol& protocol = facts.protocol();
    if (protocol.episodes.size() != 1 || facts.spikes().empty()) {
        return std::nullopt;
    }
    const Episode& pulse = protocol.episodes.front();
    const Step delay = facts.spikes().front() - pulse.end;
    if (!pulse.up || !facts.pulse(pulse) || delay <= pulse.steps()) {
        return std::nullopt;
    }
    return Finding {"spike latency",
        "the spike comes " + digits(facts.ms(delay)) + " ms after the end of a "
            + pulse_text(facts, pulse)};
}

} // namespace engine::analysis
