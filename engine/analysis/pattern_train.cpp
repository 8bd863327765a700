#include "engine/analysis/bursts.hpp"
#include "engine/analysis/pattern_facts.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

// Firing while a drive lasts: tonic, phasic, bursting, mixed, adapting, irregular.

namespace engine::analysis {

using core::Step;

namespace {

/// A burst ends with a pause of at least this many times its longest interval.
constexpr double pause_factor = 3.0;
/// Nearly all spikes: a stray one does not change the name.
constexpr double in_bursts = 0.7;
/// After a burst's own pause the following intervals are shorter by at least this part: recovery
/// has gone deeper than the level that holds in steady firing. In an adapting train they grow on.
constexpr double deeper_pause = 1.05;
constexpr double deepest_pause = 2.0;
/// Adaptation: from the first on, so many intervals in succession are followed by one that is
/// longer by at least `growth`, and in the end the rate has fallen by `slowing`.
constexpr std::size_t least_growths = 3;
constexpr double growth = 1.05;
constexpr double slowing = 3.5;
constexpr double falling_back = 0.5; ///< no later interval is shorter than this part of the longest
/// Irregular: half of at least eight intervals, after the adapting ones, differ from the one before
/// by more than this part of their mean, and as much from those two to four before: no group of
/// intervals that repeats.
constexpr std::size_t least_irregular = 8;
constexpr std::size_t longest_group = 4;
constexpr double irregular_change = 0.25;
/// Tonic: the last two intervals differ by less than this part of their mean.
constexpr double steady = 0.5;
/// Phasic: silent for at least this long and this many times the longest pause before.
constexpr double least_silence_ms = 50.0;
constexpr double silence_factor = 2.0;
/// ... while V comes to rest: in the last quarter of the silence it moves by less than this part of
/// what it moved in the quarter before. On its way to the next spike it moves on as fast or faster.
constexpr double settling = 2.0 / 3.0;
constexpr double at_rest_within = 0.5; ///< [mV]

/// Spikes in one stretch of drive.
struct Train {
    std::span<const Step> spikes;
    std::vector<double> isi; ///< [ms]
    std::vector<Burst> bursts; ///< that end with a pause
    double latency_ms = 0.0;
    double silence_ms = 0.0; ///< from the last spike to the end
    double length_ms = 0.0;
    bool settled = false; ///< V in the silence

    /// Without a spike, before the last one.
    double longest_pause_ms() const
    {
        return isi.empty() ? latency_ms
                           : std::max(latency_ms, *std::max_element(isi.begin(), isi.end()));
    }
    std::size_t spikes_in_bursts() const
    {
        return std::accumulate(bursts.begin(), bursts.end(), std::size_t {0},
            [](std::size_t sum, const Burst& burst) { return sum + burst.spikes; });
    }
    bool bursting() const
    {
        return static_cast<double>(spikes_in_bursts())
            >= in_bursts * static_cast<double>(spikes.size());
    }
    std::string during() const
    {
        return counted(spikes.size(), "spike") + " during " + digits(length_ms) + " ms of drive";
    }
};

std::vector<Burst> closed_bursts(const Train& train, double dt_ms)
{
    std::vector<Burst> out = find_bursts(train.spikes, dt_ms);
    const auto open = [&](const Burst& burst) {
        const std::size_t pause = burst.first + burst.spikes - 1; // index of the interval after it
        const auto first = train.isi.begin() + static_cast<std::ptrdiff_t>(burst.first);
        const double longest
            = *std::max_element(first, first + static_cast<std::ptrdiff_t>(burst.spikes - 1));
        const double silence = pause < train.isi.size() ? train.isi[pause] : train.silence_ms;
        // The train may break off within its last burst.
        const bool last_of_several = pause == train.isi.size() && burst.first > 0;
        return silence < pause_factor * longest && !last_of_several;
    };
    out.erase(std::remove_if(out.begin(), out.end(), open), out.end());
    return out;
}

bool comes_to_rest(std::span<const double> V)
{
    if (V.size() < 4) {
        return false;
    }
    const double middle = V[V.size() / 2];
    const double late = V[V.size() - V.size() / 4];
    const double before = std::abs(late - middle);
    const double now = std::abs(V.back() - late);
    return std::max(before, now) <= at_rest_within || now < settling * before;
}

Train train_between(const Facts& facts, Step from, Step to)
{
    Train out;
    out.spikes = facts.spikes(from, to);
    out.length_ms = facts.ms(to - from);
    if (out.spikes.empty()) {
        return out;
    }
    out.isi = intervals_ms(out.spikes, facts.dt_ms());
    out.latency_ms = facts.ms(out.spikes.front() - from);
    out.silence_ms = facts.ms(to - out.spikes.back());
    out.bursts = closed_bursts(out, facts.dt_ms());
    out.settled = comes_to_rest(facts.V_m(out.spikes.back(), to));
    return out;
}

std::optional<Finding> phasic(const Train& train)
{
    if (!train.settled
        || train.silence_ms
            < std::max(least_silence_ms, silence_factor * train.longest_pause_ms())) {
        return std::nullopt;
    }
    const bool burst = train.bursting();
    return Finding {burst ? "phasic bursting" : "phasic spiking",
        counted(train.spikes.size(), "spike") + (burst ? " in a burst" : "")
            + " at the beginning of " + digits(train.length_ms) + " ms of drive, then "
            + digits(train.silence_ms) + " ms of silence"};
}

std::optional<Finding> tonic_bursting(const Train& train)
{
    if (train.bursts.size() < 2 || !train.bursting()) {
        return std::nullopt;
    }
    std::string sizes;
    for (const Burst& burst : train.bursts) {
        sizes += (sizes.empty() ? "" : ", ") + std::to_string(burst.spikes);
    }
    return Finding {"tonic bursting",
        train.during() + ", " + std::to_string(train.spikes_in_bursts()) + " of them in bursts of "
            + sizes};
}

std::optional<Finding> mixed_mode(const Train& train)
{
    if (train.bursts.size() != 1 || train.bursts.front().first != 0) {
        return std::nullopt;
    }
    const std::size_t pause = train.bursts.front().spikes - 1;
    if (pause + 1 >= train.isi.size()) {
        return std::nullopt; // fewer than two single spikes
    }
    const double after = train.isi[pause + 1];
    if (train.isi[pause] < deeper_pause * after || train.isi[pause] > deepest_pause * after) {
        return std::nullopt;
    }
    return Finding {"mixed mode",
        "a burst of " + std::to_string(pause + 1) + " with intervals up to "
            + digits(*std::max_element(
                train.isi.begin(), train.isi.begin() + static_cast<std::ptrdiff_t>(pause)))
            + " ms, a pause of " + digits(train.isi[pause]) + " ms, then single spikes "
            + digits(after) + " ms apart"};
}

/// How many intervals in succession, from the first on, are followed by a longer one.
std::size_t growing_intervals(const Train& train)
{
    std::size_t grown = 0;
    while (grown + 1 < train.isi.size() && train.isi[grown + 1] >= growth * train.isi[grown]) {
        ++grown;
    }
    return grown;
}

/// Median change between intervals that are `lag` apart, relative to their mean; from `first` on.
double median_change(const std::vector<double>& isi, std::size_t first, std::size_t lag)
{
    std::vector<double> changes;
    for (std::size_t i = first + lag; i < isi.size(); ++i) {
        changes.push_back(2.0 * std::abs(isi[i] - isi[i - lag]) / (isi[i] + isi[i - lag]));
    }
    const auto middle = changes.begin() + static_cast<std::ptrdiff_t>(changes.size() / 2);
    std::nth_element(changes.begin(), middle, changes.end());
    return *middle;
}

std::optional<Finding> irregular(const Train& train)
{
    const std::size_t first = growing_intervals(train);
    if (train.isi.size() < first + least_irregular) {
        return std::nullopt;
    }
    for (std::size_t lag = 1; lag <= longest_group; ++lag) {
        if (median_change(train.isi, first, lag) <= irregular_change) {
            return std::nullopt;
        }
    }
    return Finding {"irregular spiking",
        train.during() + "; half of the intervals differ by more than "
            + digits(100.0 * median_change(train.isi, first, 1)) + " % from the one before"};
}

std::optional<Finding> adaptation(const Train& train)
{
    const std::size_t grown = growing_intervals(train);
    const bool slower = train.isi.back() >= slowing * train.isi.front();
    const bool stays = std::none_of(train.isi.begin() + static_cast<std::ptrdiff_t>(grown),
        train.isi.end(), [&](double isi) { return isi < falling_back * train.isi[grown]; });
    if (grown < least_growths || !slower || !stays) {
        return std::nullopt;
    }
    return Finding {"spike frequency adaptation",
        "the first " + std::to_string(grown + 1) + " intervals grow from "
            + digits(train.isi.front()) + " to " + digits(train.isi[grown]) + " ms, the last is "
            + digits(train.isi.back()) + " ms"};
}

/// Single spikes that follow each other steadily; else undecided (doublets, bursts of all sizes).
Finding tonic(const Train& train)
{
    const double last = train.isi.back();
    const double before = train.isi[train.isi.size() - 2];
    const double change = 2.0 * std::abs(last - before) / (last + before);
    return {change < steady ? "tonic spiking" : "undecided",
        train.during() + "; the last two intervals " + digits(before) + " and " + digits(last)
            + " ms differ by " + digits(100.0 * change) + " %"};
}

std::vector<Finding> names_of(const Train& train)
{
    if (auto found = phasic(train)) {
        return {std::move(*found)};
    }
    const bool stopped = train.silence_ms > silence_factor * train.longest_pause_ms();
    if (train.isi.size() < 2 || stopped) {
        return {{"undecided",
            train.during() + ", the last " + digits(train.silence_ms)
                + " ms before its end: too little to tell whether firing goes on"}};
    }
    for (auto* definition : {tonic_bursting, irregular, mixed_mode}) {
        if (auto found = definition(train)) {
            return {std::move(*found)};
        }
    }
    std::vector<Finding> out;
    if (auto found = adaptation(train)) {
        out.push_back(std::move(*found));
    }
    out.push_back(tonic(train));
    return out;
}

/// Of two stretches, the one with more spikes shows more.
void keep_richer(Train& best, Train other)
{
    if (other.spikes.size() > best.spikes.size()) {
        best = std::move(other);
    }
}

} // namespace

std::vector<Finding> lasting_firing(const Facts& facts)
{
    const Protocol& protocol = facts.protocol();
    Train driven;
    for (const Episode& episode : protocol.episodes) {
        if (!facts.pulse(episode)) {
            keep_richer(driven, train_between(facts, episode.begin, episode.end));
        }
    }
    if (!driven.spikes.empty()) {
        return names_of(driven);
    }
    // Without spikes under a drive that is seen: what the baseline holds, an input by spikes too.
    Train undriven;
    Step from = 0;
    for (std::size_t i = 0; i <= protocol.episodes.size(); ++i) {
        const bool last = i == protocol.episodes.size();
        const Step to = last ? protocol.end : protocol.episodes[i].begin;
        if (facts.ms(to - from) > longest_pulse_ms) {
            keep_richer(undriven, train_between(facts, from, to));
        }
        from = last ? to : protocol.episodes[i].end;
    }
    return undriven.spikes.size() >= 3 ? names_of(undriven) : std::vector<Finding> {};
}

} // namespace engine::analysis
