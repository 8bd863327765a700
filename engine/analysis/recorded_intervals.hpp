#pragma once

#include "engine/analysis/bursts.hpp"
#include "engine/analysis/train_statistics.hpp"
#include "engine/recording/history.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <utility>
#include <vector>

namespace engine::analysis {

/// Intervals between the spikes that a history holds with from < stamp <= to: of one neuron, or of
/// each neuron of a population by itself.
struct IntervalQuestion {
    std::shared_ptr<const recording::History> history;
    double dt_ms = 0.1;
    core::Step from = 0;
    core::Step to = 0;
    std::uint32_t population = 0;
    std::uint64_t size = 1; ///< of the population
    std::optional<std::uint32_t> neuron; ///< missing: all
    friend bool operator==(const IntervalQuestion&, const IntervalQuestion&) = default;
};

/// The same definitions as those of a run's summary (train_statistics.hpp). What does not exist is
/// missing, never 0 or NaN.
struct RecordedIntervals {
    double dt_ms = 0.1;
    core::Step from = 0; ///< of what is still recorded
    core::Step to = 0;
    std::uint64_t neurons = 1;
    std::uint64_t spikes = 0;
    std::optional<double> rate_Hz;
    TrainMeans trains;
    std::vector<core::Step> stamps; ///< of one neuron
    std::vector<Burst> bursts; ///< of these
};

/// Missing where it was told to stop. Pure; any thread.
std::optional<RecordedIntervals> recorded_intervals(
    const IntervalQuestion& question, const std::stop_token& stop = {});

/// A spike between two intervals [ms].
struct IntervalPair {
    double before_ms = 0.0;
    double after_ms = 0.0;
    bool in_burst = false; ///< the spike
};

/// Of all spikes of one neuron but the first and the last.
std::vector<IntervalPair> interval_pairs(const RecordedIntervals& intervals);

/// Counts in wider bins: bin b holds the intervals b width <= interval < (b + 1) width. The width
/// is the wanted one, up to the next multiple of the histogram's own.
struct RegroupedIntervals {
    double width_ms = 0.0;
    std::vector<std::uint64_t> counts; ///< ends with the longest interval
};
RegroupedIntervals regrouped(const IntervalHistogram& histogram, double dt_ms, double width_ms);

/// A width by the rule of Freedman and Diaconis (2 IQR / n^(1/3)), on the ladder 1, 2, 5, 10 ...
/// steps; between 10 and 100 bins up to the longest interval. One step where there are no
/// intervals.
double automatic_width_ms(const IntervalHistogram& histogram, double dt_ms);

} // namespace engine::analysis
