#include "engine/analysis/recorded_intervals.hpp"

#include "engine/analysis/spike_train.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace engine::analysis {

namespace {

constexpr core::Step chunk = 2000; // steps between two looks at whether to stop

/// Spikes of one population told stamp by stamp.
class Feed {
public:
    Feed(const IntervalQuestion& question, core::Step from)
        : question_(question)
        // All counts in one window: Fano factors are not asked for.
        , trains_(question.neuron ? 1 : static_cast<std::size_t>(question.size), from,
              std::max<core::Step>(1, question.to - from))
    {
    }

    void add(const std::vector<recording::Spike>& spikes)
    {
        for (const recording::Spike& spike : spikes) {
            if (spike.population != question_.population
                || (question_.neuron && *question_.neuron != spike.neuron)
                || spike.neuron >= question_.size) {
                continue;
            }
            if (spike.step != stamp_) {
                flush();
                stamp_ = spike.step;
            }
            neurons_.push_back(question_.neuron ? 0 : spike.neuron);
            if (question_.neuron) {
                stamps.push_back(spike.step);
            }
            ++count;
        }
        flush();
    }
    TrainMeans means(core::Step now) const { return trains_.means(now); }

    std::vector<core::Step> stamps;
    std::uint64_t count = 0;

private:
    void flush()
    {
        if (!neurons_.empty()) {
            trains_.add(stamp_, neurons_);
            neurons_.clear();
        }
    }

    const IntervalQuestion& question_;
    TrainStatistics trains_;
    core::Step stamp_ = -1;
    std::vector<std::uint32_t> neurons_;
};

/// Below which a share of the intervals lies [steps].
double quantile(const IntervalHistogram& histogram, double share)
{
    const auto& counts = histogram.counts();
    const auto all = std::accumulate(counts.begin(), counts.end(), std::uint64_t {0});
    const double wanted = share * static_cast<double>(all);
    double below = 0.0;
    for (std::size_t b = 0; b < counts.size(); ++b) {
        const auto here = static_cast<double>(counts[b]);
        if (here > 0.0 && below + here >= wanted) {
            const double part = (wanted - below) / here;
            return (static_cast<double>(b) + part) * static_cast<double>(histogram.width());
        }
        below += here;
    }
    return 0.0;
}

/// The largest of 1, 2, 5, 10 ... that is at most `x`, at least 1.
double round_steps(double x)
{
    double decade = 1.0;
    while (10.0 * decade <= x) {
        decade *= 10.0;
    }
    for (const double factor : {5.0, 2.0}) {
        if (factor * decade <= x) {
            return factor * decade;
        }
    }
    return decade;
}

} // namespace

std::optional<RecordedIntervals> recorded_intervals(
    const IntervalQuestion& question, const std::stop_token& stop)
{
    RecordedIntervals out;
    out.dt_ms = question.dt_ms;
    out.from = std::min(question.to, std::max(question.from, question.history->first_kept()));
    out.to = question.to;
    out.neurons = question.neuron ? 1 : question.size;
    Feed feed(question, out.from);
    for (core::Step from = out.from; from < out.to; from += chunk) {
        if (stop.stop_requested()) {
            return std::nullopt;
        }
        feed.add(question.history->spikes(from, std::min(out.to, from + chunk)));
    }
    out.spikes = feed.count;
    out.rate_Hz = mean_rate_Hz(
        out.spikes, out.neurons, question.dt_ms * static_cast<double>(out.to - out.from));
    out.trains = feed.means(out.to);
    out.stamps = std::move(feed.stamps);
    out.bursts = find_bursts(out.stamps, question.dt_ms);
    return out;
}

std::vector<IntervalPair> interval_pairs(const RecordedIntervals& intervals)
{
    std::vector<IntervalPair> pairs;
    const auto& stamps = intervals.stamps;
    auto burst = intervals.bursts.begin();
    for (std::size_t i = 1; i + 1 < stamps.size(); ++i) {
        while (burst != intervals.bursts.end() && burst->first + burst->spikes <= i) {
            ++burst;
        }
        pairs.push_back({intervals.dt_ms * static_cast<double>(stamps[i] - stamps[i - 1]),
            intervals.dt_ms * static_cast<double>(stamps[i + 1] - stamps[i]),
            burst != intervals.bursts.end() && burst->first <= i});
    }
    return pairs;
}

RegroupedIntervals regrouped(const IntervalHistogram& histogram, double dt_ms, double width_ms)
{
    const double own_ms = dt_ms * static_cast<double>(histogram.width());
    constexpr double rounding = 1e-9; // 0.3 ms are three steps of 0.1 ms
    const auto together
        = static_cast<std::size_t>(std::max(1.0, std::ceil(width_ms / own_ms - rounding)));
    RegroupedIntervals out {.width_ms = own_ms * static_cast<double>(together), .counts = {}};
    const auto& counts = histogram.counts();
    out.counts.assign((counts.size() + together - 1) / together, 0);
    for (std::size_t b = 0; b < counts.size(); ++b) {
        out.counts[b / together] += counts[b];
    }
    return out;
}

double automatic_width_ms(const IntervalHistogram& histogram, double dt_ms)
{
    const auto& counts = histogram.counts();
    const auto all = std::accumulate(counts.begin(), counts.end(), std::uint64_t {0});
    if (all == 0) {
        return dt_ms;
    }
    constexpr double least_bins = 10.0;
    constexpr double most_bins = 100.0;
    const double longest
        = static_cast<double>(counts.size()) * static_cast<double>(histogram.width());
    const double spread = quantile(histogram, 0.75) - quantile(histogram, 0.25);
    const double wanted = 2.0 * spread / std::cbrt(static_cast<double>(all));
    const double width = std::clamp(wanted, longest / most_bins, longest / least_bins);
    return dt_ms * round_steps(width);
}

} // namespace engine::analysis
