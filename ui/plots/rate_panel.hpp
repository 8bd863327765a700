#pragma once

#include "ui/network_theory.hpp"
#include "ui/plots/ghost_rate.hpp"
#include "ui/plots/legend_strip.hpp"
#include "ui/plots/time_plot.hpp"
#include "ui/plots/value_range.hpp"

#include <QPointer>

#include <memory>
#include <optional>
#include <vector>

namespace ui {

/// Width of the bins of the population rate for a view of this width: 1, 2 or 5 ms, more only for
/// long views.
double rateBinMs(double viewMs);

/// Rate of each population over time: spikes in a bin / neurons / width of the bin [Hz], with a
/// smoothed line over the bins where one is asked for, and the stationary rate of theory as it was
/// for the values of each moment. The bins' width, the smoothing and whether theory is shown are
/// chosen in the panel's menu and remembered.
class RatePanel : public TimePlot {
    Q_OBJECT

public:
    explicit RatePanel(TimeAxis& axis, QWidget* parent = nullptr);

    void begin(const ShownRun& run) override;
    void beginSweep(const ShownRun& run, const ShownRun& previous) override;
    void setOther(const std::optional<ShownRun>& run) override;
    void applyTheme(const PlotColors& colors) override;
    void autoscale() override;
    std::string visibleCsv() const override;
    QString name() const override { return tr("Population rate"); }
    QString spoken() const override;
    std::vector<CursorReading> readings(const ShownRun& run, engine::core::Step at) const override;

    void fillMenu(QMenu& menu) override;

    /// Width of the bins [ms]; missing: what suits the width of the view.
    std::optional<double> binMs() const { return m_binMs; }
    void setBinMs(std::optional<double> binMs);
    /// Standard deviation of the Gaussian that smooths the rate [ms]; 0: bins alone.
    double smoothingMs() const { return m_smoothingMs; }
    void setSmoothingMs(double smoothingMs);

    /// A panel beside this one whose rates it is to be compared with: this one's axis holds its
    /// rates too. nullptr: none.
    void setPartner(RatePanel* partner) { m_partner = partner; }
    double largestShown() const { return m_largest; } ///< in view [Hz]
    const GhostRate* other() const { return m_other.get(); } ///< nullptr where there is none

    /// Theory of the values that hold since `answer.from_ms`.
    void setTheory(const TheoryAnswer& answer);
    bool showsTheory() const { return m_showsTheory; }
    void setShowsTheory(bool shown);
    QCPGraph* theoryGraph() const { return m_theory; }
    /// Bins, smoothing, and why there is no theory.
    QString note() const { return m_legend->note; }

    QCPGraph* graph(std::size_t index) const { return m_lines.at(index).graph; }
    QCPGraph* smoothGraph(std::size_t index) const { return m_lines.at(index).smooth; }

protected:
    engine::core::Step resolution() const override;
    void clearData() override;
    void append(const Slice& slice) override;
    void trim(double beforeMs) override;
    engine::core::Step sliceSteps() const override { return 2000; }
    void refresh(double elapsed_s) override;

private:
    struct Line {
        std::size_t population = 0;
        QCPGraph* graph = nullptr;
        QCPGraph* smooth = nullptr;
        std::uint64_t count = 0;
    };
    double binWidthMs() const; ///< on the grid
    void fillLegend();
    void applyPens();
    void smoothLine(const Line& line) const;
    void closeBins(engine::core::Step upTo);
    double drawTheory(); ///< the largest rate in view
    QString noteText() const;

    std::vector<Line> m_lines; ///< in the order of record.spikes
    std::vector<int> m_lineOf; ///< by population
    LegendStrip* m_legend;
    std::optional<engine::core::Step>
        m_bin; ///< number of the bin being filled: stamps (m_bin b, (m_bin + 1) b]
    std::optional<double> m_binMs;
    double m_smoothingMs = 0.0;
    bool m_showsTheory = true;
    QCPGraph* m_theory = nullptr;
    std::vector<std::pair<double, double>> m_theorySteps; ///< from so many ms, Hz
    QString m_noTheory; ///< why
    bool m_fit = true;
    std::unique_ptr<GhostRate> m_other;
    QPointer<RatePanel> m_partner;
    double m_largest = 0.0;
};

} // namespace ui
