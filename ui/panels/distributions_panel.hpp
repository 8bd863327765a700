#pragma once

#include "ui/panels/network_panel.hpp"

class QGridLayout;
class QTabBar;

namespace ui {

/// How intervals, their CV and the rate are spread over the neurons of a population in the newest
/// window, each beside theory and beside what chance alone would make of it.
class DistributionsPanel : public NetworkPanel {
    Q_OBJECT

public:
    DistributionsPanel(
        EngineBridge& bridge, const NetworkTheory& theory, QWidget* parent = nullptr);

    HistogramChart& intervals() const { return *m_intervals; }
    HistogramChart& cvs() const { return *m_cvs; }
    HistogramChart& rates() const { return *m_rates; }
    QSize minimumSizeHint() const override;

protected:
    void renew() override;
    void beginSession() override;
    void applyTheme(const PlotColors& colors) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void arrange();
    void showIntervals(const engine::analysis::PopulationStatistics& s);
    void showCvs(const engine::analysis::PopulationStatistics& s);
    void showRates(const engine::analysis::PopulationStatistics& s);

    HistogramChart* m_intervals;
    HistogramChart* m_cvs;
    HistogramChart* m_rates;
    QTabBar* m_tabs; ///< chooses one where there is no room for all
    QGridLayout* m_grid;
};

} // namespace ui
