#include "ui/connectivity/degree_bars.hpp"

#include "ui/connectivity/projection_texts.hpp"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace ui {

namespace {

using engine::analysis::ProjectionConnections;
using engine::analysis::ValueHistogram;
using engine::config::Experiment;

constexpr std::size_t mostBars = 48;

QString text(const char* source)
{
    return QCoreApplication::translate("ui::ConnectionHistograms", source);
}

/// Sd of few digits: "± 30".
QString spread(double mean, double sd)
{
    return sd > 0.0 ? text("%1 ± %2").arg(shortNumber(mean), shortNumber(sd)) : shortNumber(mean);
}

/// One value that all have: a bar of its own, as wide as can be seen.
BarPlot::Shown single(double value, double count, bool whole)
{
    BarPlot::Shown shown;
    const double half = whole ? 0.5 : std::max(0.02 * std::abs(value), 1e-6);
    shown.bars = {{value - half, value + half, count}};
    shown.whole = whole;
    shown.withZero = !whole;
    return shown;
}

} // namespace

BarPlot::Shown degreeBars(
    const std::vector<std::uint32_t>& degrees, const std::optional<engine::theory::DegreeLaw>& law)
{
    BarPlot::Shown shown;
    if (degrees.empty()) {
        return shown;
    }
    const auto n = static_cast<double>(degrees.size());
    const auto [least, greatest] = std::minmax_element(degrees.begin(), degrees.end());
    const std::uint32_t low = *least;
    const std::uint32_t width = static_cast<std::uint32_t>((*greatest - low) / mostBars) + 1;
    const double mean = std::accumulate(degrees.begin(), degrees.end(), 0.0) / n;
    double squares = 0.0;
    shown.whole = true;
    shown.bars.resize((*greatest - low) / width + 1);
    for (std::size_t b = 0; b < shown.bars.size(); ++b) {
        // A bar of one number has it in its middle.
        shown.bars[b].from = low + width * static_cast<double>(b) - 0.5;
        shown.bars[b].to = shown.bars[b].from + width;
    }
    for (const std::uint32_t degree : degrees) {
        shown.bars[(degree - low) / width].count += 1.0;
        squares += (degree - mean) * (degree - mean);
    }
    shown.caption = text("mean %1").arg(spread(mean, std::sqrt(squares / n)));
    if (law) {
        shown.caption += text("\ntheory %1").arg(spread(law->mean(), std::sqrt(law->variance())));
        for (const BarPlot::Bar& bar : shown.bars) {
            double share = 0.0;
            for (std::uint32_t i = 0; i < width; ++i) {
                share += law->probability(static_cast<std::uint64_t>(bar.from + 0.5) + i);
            }
            shown.theory.append({(bar.from + bar.to) / 2.0, n * share});
        }
    }
    return shown;
}

namespace {

/// The weights of one projection.
void addWeights(ValueHistogram& to, double factor, const ProjectionConnections& counts)
{
    if (counts.weights.total() == 0) {
        if (counts.synapses > 0) {
            to.add(factor, counts.synapses);
        }
        return;
    }
    // Each in the middle of a bin that is much narrower than those shown.
    constexpr std::size_t fine = 1024;
    const auto bins = counts.weights.bins(fine);
    for (std::size_t b = 0; b < bins.counts.size(); ++b) {
        const double middle = bins.lower + bins.width * (static_cast<double>(b) + 0.5);
        if (bins.counts[b] > 0) {
            const double inside = std::clamp(middle, counts.weights.min(), counts.weights.max());
            to.add(factor * inside, bins.counts[b]);
        }
    }
}

} // namespace

BarPlot::Shown weightBars(const Experiment& experiment, const std::vector<std::size_t>& projections,
    const std::vector<ConnectionData::Counts>& counts)
{
    BarPlot::Shown shown;
    ValueHistogram weights;
    for (const std::size_t p : projections) {
        if (weightUnit(experiment, p) != weightUnit(experiment, projections.front())) {
            shown.caption = text("weights in different units");
            return shown;
        }
        addWeights(weights, engine::analysis::weight_factor(experiment.projections[p]), *counts[p]);
    }
    if (weights.total() == 0) {
        return shown;
    }
    if (weights.single()) {
        shown = single(weights.min(), static_cast<double>(weights.total()), false);
        shown.caption = text("all %1").arg(shortNumber(weights.min()));
        return shown;
    }
    const auto bins = weights.bins(mostBars);
    for (std::size_t b = 0; b < bins.counts.size(); ++b) {
        const double left = bins.lower + bins.width * static_cast<double>(b);
        shown.bars.push_back({left, left + bins.width, static_cast<double>(bins.counts[b])});
    }
    shown.withZero = true;
    shown.caption = text("mean %1\n%2 to %3")
                        .arg(shortNumber(weights.mean()), shortNumber(weights.min()),
                            shortNumber(weights.max()));
    return shown;
}

BarPlot::Shown delayBars(const Experiment& experiment, const std::vector<std::size_t>& projections,
    const std::vector<ConnectionData::Counts>& counts)
{
    const double dt_ms = experiment.simulation.dt_ms;
    std::vector<std::uint64_t> delays; // by steps
    const auto add = [&delays](std::size_t steps, std::uint64_t synapses) {
        if (steps >= delays.size()) {
            delays.resize(steps + 1, 0);
        }
        delays[steps] += synapses;
    };
    for (const std::size_t p : projections) {
        if (const auto common
            = engine::analysis::common_delay_ms(experiment.projections[p], experiment.simulation)) {
            add(static_cast<std::size_t>(std::lround(*common / dt_ms)), counts[p]->synapses);
        }
        for (std::size_t k = 0; k < counts[p]->delays.size(); ++k) {
            add(k, counts[p]->delays[k]);
        }
    }
    BarPlot::Shown shown;
    const auto first = static_cast<std::size_t>(
        std::find_if(delays.begin(), delays.end(), [](std::uint64_t n) { return n > 0; })
        - delays.begin());
    if (first >= delays.size()) {
        return shown;
    }
    const double n = std::accumulate(delays.begin(), delays.end(), 0.0);
    const double shortest = dt_ms * static_cast<double>(first);
    if (first + 1 == delays.size()) {
        shown = single(shortest, n, false);
        shown.caption = text("all %1").arg(shortNumber(shortest));
        return shown;
    }
    const std::size_t width = (delays.size() - 1 - first) / mostBars + 1;
    double sum = 0.0;
    for (std::size_t k = first; k < delays.size(); k += width) {
        BarPlot::Bar bar;
        bar.from = dt_ms * (static_cast<double>(k) - 0.5); // the step in its middle
        bar.to = dt_ms * (static_cast<double>(k + width) - 0.5);
        for (std::size_t i = k; i < std::min(k + width, delays.size()); ++i) {
            bar.count += static_cast<double>(delays[i]);
            sum += dt_ms * static_cast<double>(i) * static_cast<double>(delays[i]);
        }
        shown.bars.push_back(bar);
    }
    shown.withZero = true;
    shown.caption = text("mean %1\n%2 to %3")
                        .arg(shortNumber(sum / n), shortNumber(shortest),
                            shortNumber(dt_ms * static_cast<double>(delays.size() - 1)));
    return shown;
}

} // namespace ui
