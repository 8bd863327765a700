#pragma once

#include "engine/analysis/psth.hpp"
#include "ui/plots/small_plot.hpp"

#include <optional>
#include <vector>

namespace ui {

class TrialRaster;

/// What the trigger does, as a line over time from the trigger; spikes and kicks are a mark at 0.
struct StimulusHint {
    QList<QPointF> current; ///< [ms], any unit; each value holds up to the next point
    bool mark = false;
};

/// The response over trials: what acts, one row of spikes for each trial, the histogram of their
/// spikes as a rate with its standard error, and in grey an earlier one behind it.
class ResponsePlot : public SmallPlot {
    Q_OBJECT

public:
    explicit ResponsePlot(QWidget* parent = nullptr);

    /// `window` of all trials; without trials the axes alone are shown.
    void setResponse(std::vector<engine::analysis::Trial> trials,
        const engine::analysis::TrialWindow& window, const engine::analysis::Psth& psth,
        const engine::analysis::Psth& earlier);
    void setHint(const StimulusHint& hint);
    const StimulusHint& hint() const { return m_hint; }

    const engine::analysis::Psth& psth() const { return m_psth; }
    const std::vector<engine::analysis::Trial>& trials() const;
    QCPGraph* rateGraph() const { return m_rate; }
    QCPGraph* baselineGraph() const { return m_baseline; }
    QCPGraph* earlierGraph() const { return m_earlier; }
    /// Whether a place of the widget belongs to the rows of trials; else to the histogram.
    bool isInRaster(const QPoint& position) const;
    QCPAxisRect* rasterRect() const { return m_rasterRect; }
    bool hasTrialsBeside() const { return m_beside; }

    void applyTheme(const PlotColors& colors) override;
    /// from_ms,to_ms,rate_Hz,rate_error_Hz
    std::string csv() const override;
    /// trial,trigger_ms,time_ms,spikes: time from the trigger, one line for each stamp with spikes.
    std::string trialsCsv() const;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QCPAxisRect* makeRect();
    /// Trials left of the histogram, or above it.
    void arrange(bool beside);
    void fillRates();
    void fillHint();

    engine::analysis::Psth m_psth;
    StimulusHint m_hint;
    double m_highest = 0.0; ///< rate that the axis shows: shrinks slowly
    QCPAxisRect* m_hintRect;
    QCPAxisRect* m_rasterRect;
    QCPAxisRect* m_rateRect;
    bool m_beside = false;
    TrialRaster* m_raster;
    QCPGraph* m_current;
    QCPGraph* m_mark;
    QCPGraph* m_earlier;
    QCPGraph* m_low; ///< of the band
    QCPGraph* m_high;
    QCPGraph* m_baseline;
    QCPGraph* m_rate;
    QCPGraph* m_peak;
    std::vector<QCPItemStraightLine*> m_triggerLines;
};

} // namespace ui
