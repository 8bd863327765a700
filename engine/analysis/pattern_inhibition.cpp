#include "engine/analysis/bursts.hpp"
#include "engine/analysis/pattern_facts.hpp"

// Answers to current below the baseline: firing while it lasts, or when it has ended.

namespace engine::analysis {

using core::Step;

namespace {

/// Nearly all spikes: a last one may come late.
constexpr double in_bursts = 0.7;
/// A spike this soon after the current has returned was on its way before.
constexpr double on_its_way_ms = longest_pulse_ms;

struct Kind {
    bool bursts = false;
    std::string text; ///< "7 spikes in 1 burst"
};

Kind kind_of(std::span<const Step> spikes, double dt_ms)
{
    std::size_t inside = 0;
    const std::vector<Burst> bursts = find_bursts(spikes, dt_ms);
    for (const Burst& burst : bursts) {
        inside += burst.spikes;
    }
    Kind out;
    out.bursts = !bursts.empty()
        && static_cast<double>(inside) >= in_bursts * static_cast<double>(spikes.size());
    out.text = counted(spikes.size(), "spike")
        + (out.bursts ? " in " + counted(bursts.size(), "burst") : "");
    return out;
}

/// No spike from the end of the episode before until this one.
bool silent_before(const Facts& facts, std::size_t i)
{
    const auto& episodes = facts.protocol().episodes;
    return facts.spikes(i == 0 ? 0 : episodes[i - 1].end, episodes[i].begin).empty();
}

std::string lowered(const Facts& facts, const Episode& e)
{
    return digits(facts.ms(e.steps())) + " ms at " + digits(e.from) + " instead of "
        + digits(facts.protocol().baseline);
}

} // namespace

std::optional<Finding> induced_by_inhibition(const Facts& facts)
{
    const Protocol& protocol = facts.protocol();
    const Step on_its_way = core::TimeGrid(facts.dt_ms()).steps(on_its_way_ms);
    for (std::size_t i = 0; i < protocol.episodes.size(); ++i) {
        const Episode& e = protocol.episodes[i];
        const auto during = facts.spikes(e.begin, e.end);
        const bool stops = facts.spikes(e.end + on_its_way, protocol.rest_until(i)).empty();
        if (e.up || facts.pulse(e) || during.size() < 2 || !stops || !silent_before(facts, i)) {
            continue;
        }
        const Kind kind = kind_of(during, facts.dt_ms());
        return Finding {kind.bursts ? "inhibition-induced bursting" : "inhibition-induced spiking",
            kind.text + " during " + lowered(facts, e) + ", none before and none later than "
                + digits(on_its_way_ms) + " ms after"};
    }
    return std::nullopt;
}

std::optional<Finding> rebound(const Facts& facts)
{
    const Protocol& protocol = facts.protocol();
    for (std::size_t i = 0; i < protocol.episodes.size(); ++i) {
        const Episode& e = protocol.episodes[i];
        const auto after = facts.spikes(e.end, protocol.rest_until(i));
        if (e.up || after.empty() || !facts.spikes(e.begin, e.end).empty()
            || !silent_before(facts, i)) {
            continue;
        }
        // Firing that lasts is what the baseline holds, no rebound.
        const Step silence = protocol.rest_until(i) - after.back();
        if (after.size() > 1 && silence < 2 * (after.back() - after[after.size() - 2])) {
            continue;
        }
        const Kind kind = kind_of(after, facts.dt_ms());
        return Finding {kind.bursts ? "rebound burst" : "rebound spike",
            kind.text + ", the first " + digits(facts.ms(after.front() - e.end)) + " ms after "
                + lowered(facts, e) + "; none before"};
    }
    return std::nullopt;
}

} // namespace engine::analysis
