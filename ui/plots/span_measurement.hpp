#pragma once

#include "engine/core/time_grid.hpp"
#include "engine/recording/history.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

namespace ui {

/// A column of the recorded traces.
struct TracePlace {
    std::size_t group = 0; ///< of History::groups()
    std::size_t column = 0; ///< within the group
    friend bool operator==(const TracePlace&, const TracePlace&) = default;
};

/// Whose spikes are counted: one neuron's, or those of a whole population.
struct TrainPlace {
    std::uint32_t population = 0;
    std::optional<std::uint32_t> neuron;
    std::uint64_t neurons = 1; ///< that the spikes are shared out to
    friend bool operator==(const TrainPlace&, const TrainPlace&) = default;
};

/// What is to be measured between two stamps of a recorded run, from < to.
struct SpanQuestion {
    std::shared_ptr<const engine::recording::History> history;
    engine::core::TimeGrid grid {0.1};
    engine::core::Step from = 0;
    engine::core::Step to = 0;
    std::vector<TracePlace> traces;
    std::vector<TrainPlace> trains;
    friend bool operator==(const SpanQuestion&, const SpanQuestion&) = default;
};

/// Of the samples with from < stamp <= to; each stands for the time before it.
struct TraceSpan {
    std::optional<double> mean;
    std::optional<double> least;
    std::optional<double> largest;
};

struct TrainSpan {
    std::uint64_t spikes = 0; ///< from < stamp <= to
    std::optional<double> rate_Hz; ///< spikes / (neurons x time)
    /// Of one neuron: its intervals that lie within the span, ends included. Cursors on two
    /// neighbouring spikes so have exactly their interval.
    std::uint64_t intervals = 0;
    std::optional<double> meanInterval_ms;
};

struct SpanMeasurement {
    std::vector<TraceSpan> traces; ///< in the order of the question
    std::vector<TrainSpan> trains;
    bool complete = true; ///< else the beginning of the span is no longer recorded
};

/// Missing where it was told to stop. Pure; any thread.
std::optional<SpanMeasurement> measureSpan(
    const SpanQuestion& question, const std::stop_token& stop);

/// The recorded sample that is nearest to a stamp (the earlier one of two) and not further away
/// than the interval between samples.
std::optional<double> nearestSample(
    const engine::recording::History& history, const TracePlace& place, engine::core::Step at);

} // namespace ui
