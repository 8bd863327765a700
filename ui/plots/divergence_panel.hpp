#pragma once

#include "engine/analysis/divergence.hpp"
#include "engine/frame.hpp"
#include "ui/plots/legend_strip.hpp"
#include "ui/plots/time_plot.hpp"

#include <memory>
#include <optional>

namespace ui {

/// How a branch and the run that it left come apart: the share of spikes that one of both has and
/// the other has not, in bins of a millisecond from the branch on, as far as both are known.
class DivergencePanel : public TimePlot {
    Q_OBJECT

public:
    explicit DivergencePanel(TimeAxis& axis, QWidget* parent = nullptr);

    /// The branch that the present sweep is.
    void setBranch(const ShownRun& run, std::shared_ptr<const engine::Branch> branch);
    const engine::analysis::Divergence& divergence() const { return *m_divergence; }
    QCPGraph* shares() const { return m_graph; }

    void applyTheme(const PlotColors& colors) override;
    void autoscale() override;
    std::string visibleCsv() const override;
    QString name() const override { return tr("Differing spikes"); }
    QString spoken() const override { return m_legend->note; }

protected:
    engine::core::Step resolution() const override { return 1; }
    void clearData() override { }
    void append(const Slice& /*slice*/) override { }
    void trim(double /*beforeMs*/) override { }
    void refresh(double elapsed_s) override;

private:
    bool compareMore(); ///< whether there is more to compare at once
    void showBins();
    QString noteText() const;

    std::shared_ptr<const engine::Branch> m_branch;
    std::optional<engine::analysis::Divergence> m_divergence;
    QCPGraph* m_graph;
    LegendStrip* m_legend;
};

} // namespace ui
