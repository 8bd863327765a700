#include "ui/plots/span_measurement.hpp"

#include "engine/analysis/spike_train.hpp"

#include <algorithm>
#include <cmath>

namespace ui {

using engine::core::Step;

namespace {

constexpr Step chunk = 10000; // steps between two looks at whether to stop

struct TraceSum {
    double sum = 0.0;
    double least = 0.0;
    double largest = 0.0;
    std::uint64_t samples = 0;

    void add(double value)
    {
        least = samples == 0 ? value : std::min(least, value);
        largest = samples == 0 ? value : std::max(largest, value);
        sum += value;
        ++samples;
    }
    TraceSpan span() const
    {
        if (samples == 0) {
            return {};
        }
        return {sum / static_cast<double>(samples), least, largest};
    }
};

struct TrainCount {
    std::uint64_t spikes = 0;
    std::uint64_t intervals = 0;
    std::optional<Step> first;
    Step last = 0;
};

void addRows(const SpanQuestion& question, Step from, Step to, std::vector<TraceSum>& sums)
{
    const auto& groups = question.history->groups();
    for (std::size_t group = 0; group < groups.size(); ++group) {
        const bool asked = std::any_of(question.traces.begin(), question.traces.end(),
            [group](const TracePlace& place) { return place.group == group; });
        if (!asked) {
            continue;
        }
        const auto rows = question.history->rows(group, from, to);
        const std::size_t columns = groups[group].columns.size();
        for (std::size_t i = 0; i < question.traces.size(); ++i) {
            if (question.traces[i].group != group) {
                continue;
            }
            for (std::size_t row = 0; row < rows.steps.size(); ++row) {
                sums[i].add(rows.values[row * columns + question.traces[i].column]);
            }
        }
    }
}

void addSpikes(const SpanQuestion& question, Step from, Step to, std::vector<TrainCount>& counts)
{
    for (const auto& spike : question.history->spikes(from, to)) {
        for (std::size_t i = 0; i < question.trains.size(); ++i) {
            const TrainPlace& place = question.trains[i];
            if (place.population != spike.population
                || (place.neuron && *place.neuron != spike.neuron)) {
                continue;
            }
            TrainCount& count = counts[i];
            count.spikes += spike.step > question.from ? 1U : 0U;
            if (place.neuron) {
                count.intervals += count.first ? 1U : 0U;
                count.first = count.first.value_or(spike.step);
                count.last = spike.step;
            }
        }
    }
}

TrainSpan spanOf(const TrainCount& count, const TrainPlace& place, const SpanQuestion& question)
{
    const double dt_ms = question.grid.dt_ms();
    TrainSpan span {.spikes = count.spikes,
        .rate_Hz = engine::analysis::mean_rate_Hz(
            count.spikes, place.neurons, dt_ms * static_cast<double>(question.to - question.from)),
        .intervals = count.intervals,
        .meanInterval_ms = {}};
    if (count.intervals > 0) {
        span.meanInterval_ms = dt_ms * static_cast<double>(count.last - *count.first)
            / static_cast<double>(count.intervals);
    }
    return span;
}

} // namespace

std::optional<SpanMeasurement> measureSpan(
    const SpanQuestion& question, const std::stop_token& stop)
{
    std::vector<TraceSum> sums(question.traces.size());
    std::vector<TrainCount> counts(question.trains.size());
    // A spike on the first cursor begins an interval and is not counted.
    addSpikes(question, question.from - 1, question.from, counts);
    for (Step from = question.from; from < question.to; from += chunk) {
        if (stop.stop_requested()) {
            return std::nullopt;
        }
        const Step to = std::min(question.to, from + chunk);
        addRows(question, from, to, sums);
        addSpikes(question, from, to, counts);
    }
    SpanMeasurement out;
    for (const TraceSum& sum : sums) {
        out.traces.push_back(sum.span());
    }
    for (std::size_t i = 0; i < counts.size(); ++i) {
        out.trains.push_back(spanOf(counts[i], question.trains[i], question));
    }
    out.complete = question.history->first_kept() <= question.from;
    return out;
}

std::optional<double> nearestSample(
    const engine::recording::History& history, const TracePlace& place, Step at)
{
    const auto& group = history.groups().at(place.group);
    const auto rows = history.rows(place.group, at - group.interval, at + group.interval);
    std::optional<std::size_t> nearest;
    for (std::size_t row = 0; row < rows.steps.size(); ++row) {
        if (!nearest || std::abs(rows.steps[row] - at) < std::abs(rows.steps[*nearest] - at)) {
            nearest = row;
        }
    }
    if (!nearest) {
        return std::nullopt;
    }
    return rows.values[*nearest * group.columns.size() + place.column];
}

} // namespace ui
