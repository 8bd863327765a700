#pragma once

#include "ui/plots/decimate.hpp"
#include "ui/plots/ghost_lines.hpp"
#include "ui/plots/legend_strip.hpp"
#include "ui/plots/panel_layout.hpp"
#include "ui/plots/spike_marks.hpp"
#include "ui/plots/time_plot.hpp"
#include "ui/plots/value_range.hpp"

namespace ui {

/// Traces of one kind over time, with threshold lines and painted spikes, and faint behind them
/// the previous sweep and the pinned runs.
class TracePanel : public TimePlot {
    Q_OBJECT

public:
    TracePanel(PanelSpec spec, TimeAxis& axis, QWidget* parent = nullptr);

    void begin(const ShownRun& run) override;
    void beginSweep(const ShownRun& run, const ShownRun& previous) override;
    void setExperiment(std::shared_ptr<const engine::config::Experiment> experiment) override;
    void applyTheme(const PlotColors& colors) override;
    void setPins(const std::vector<PinnedRun>& pins) override;
    void setOther(const std::optional<ShownRun>& run) override;
    void autoscale() override;
    std::string visibleCsv() const override;
    QString name() const override { return m_spec.title; }
    QString spoken() const override;
    std::vector<CursorReading> readings(const ShownRun& run, engine::core::Step at) const override;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> markedNeurons() const override;

    const PanelSpec& spec() const { return m_spec; }
    /// The line of a trace, and that of the previous sweep behind it.
    QCPGraph* graph(std::size_t trace) const { return m_lines.at(trace).now; }
    QCPGraph* previousGraph(std::size_t trace) const { return m_previous.graph(trace); }
    const GhostLines* other() const { return m_other.get(); } ///< nullptr where there is none
    const GhostLines& pin(std::size_t index) const { return *m_pins.at(index); }
    const SpikeMarks& spikes() const { return *m_spikes; }
    const LegendStrip& legendStrip() const { return *m_legend; }

protected:
    engine::core::Step resolution() const override;
    void clearData() override;
    void append(const Slice& slice) override;
    void trim(double beforeMs) override;
    bool showsSamples() const override { return true; }
    void refresh(double elapsed_s) override;

private:
    static constexpr double noTime = -1.0; // before all samples
    struct Line {
        QCPGraph* now = nullptr;
        MinMaxStream stream;
        double complete = noTime; ///< [ms] points after it are of the bucket that is being filled
        double last = 0.0;
        bool any = false;
    };
    void appendRows(std::size_t group, const engine::recording::TraceRows& rows,
        engine::core::Step after, engine::core::Step upTo);
    void appendSpikes(const std::vector<engine::recording::Spike>& spikes, engine::core::Step after,
        engine::core::Step upTo);
    void loadGhosts();
    void applyGhostColors();
    void updateThresholds();
    ValueRange wantedRange() const;
    engine::core::Step bucketOf(std::size_t trace) const;

    PanelSpec m_spec;
    std::vector<Line> m_lines;
    std::vector<std::size_t> m_groups; ///< groups of the history that the panel shows
    std::vector<QCPGraph*> m_thresholds;
    SpikeMarks* m_spikes;
    LegendStrip* m_legend;
    GhostLines m_previous; ///< the sweep before, or the original of a branch
    std::vector<std::unique_ptr<GhostLines>> m_pins;
    std::vector<int> m_pinStyles;
    std::unique_ptr<GhostLines> m_other; ///< the run that goes on beside this one
    bool m_fit = true; ///< the value axis jumps to the data once there is some
};

} // namespace ui
