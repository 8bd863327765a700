#pragma once

#include "engine/analysis/recorded_intervals.hpp"
#include "ui/plots/small_plot.hpp"

#include <string>
#include <vector>

namespace ui {

/// Each interval against the one after it: a regular train is one spot on the diagonal, bursts are
/// arms along the axes. Spikes within bursts are filled triangles, single ones circles.
class ReturnMap : public SmallPlot {
    Q_OBJECT

public:
    explicit ReturnMap(QWidget* parent = nullptr);

    void setPairs(std::vector<engine::analysis::IntervalPair> pairs);
    const std::vector<engine::analysis::IntervalPair>& shown() const { return m_pairs; }
    void applyTheme(const PlotColors& colors) override;
    /// before_ms,after_ms,in_burst
    std::string csv() const override;
    bool logarithmic() const { return xAxis->scaleType() == QCPAxis::stLogarithmic; }

private:
    void setRange(double lower, double upper, bool logarithmic);

    std::vector<engine::analysis::IntervalPair> m_pairs;
    QCPGraph* m_diagonal;
    QCPGraph* m_single;
    QCPGraph* m_burst;
};

/// 1 / interval at the spike that ends it, over model time.
class InstantRatePlot : public SmallPlot {
    Q_OBJECT

public:
    explicit InstantRatePlot(QWidget* parent = nullptr);

    void setIntervals(const engine::analysis::RecordedIntervals& intervals);
    QCPGraph* graph() const { return m_rate; }
    void applyTheme(const PlotColors& colors) override;
    /// time_ms,rate_Hz
    std::string csv() const override;

private:
    QCPGraph* m_rate;
};

} // namespace ui
