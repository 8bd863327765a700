#include "ui/plots/interval_chart.hpp"

namespace ui {

IntervalChart::IntervalChart(QWidget* parent)
    : HistogramChart(tr("Interval [ms]"), parent)
{
    setAccessibleName(tr("Histogram of intervals"));
}

void IntervalChart::setIntervals(const engine::analysis::RegroupedIntervals& intervals)
{
    m_intervals = intervals;
    setHistogram({0.0, intervals.width_ms, intervals.counts});
}

} // namespace ui
