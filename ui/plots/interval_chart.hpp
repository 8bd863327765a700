#pragma once

#include "engine/analysis/recorded_intervals.hpp"
#include "ui/plots/histogram_chart.hpp"

namespace ui {

/// Histogram of intervals between spikes.
class IntervalChart : public HistogramChart {
    Q_OBJECT

public:
    explicit IntervalChart(QWidget* parent = nullptr);

    void setIntervals(const engine::analysis::RegroupedIntervals& intervals);
    const engine::analysis::RegroupedIntervals& shown() const { return m_intervals; }
    /// interval_from_ms,interval_to_ms,count
    std::string csv() const { return HistogramChart::csv("interval", "_ms"); }

private:
    engine::analysis::RegroupedIntervals m_intervals;
};

} // namespace ui
