#pragma once

#include "ui/panels/network_panel.hpp"

class QToolButton;

namespace ui {

class SpectrumPlot;

/// Power spectrum of the rate of a population in the newest window, with the Poisson floor and the
/// frequency that theory gives.
class SpectrumPanel : public NetworkPanel {
    Q_OBJECT

public:
    SpectrumPanel(EngineBridge& bridge, const NetworkTheory& theory, QWidget* parent = nullptr);

    SpectrumPlot& plot() const { return *m_plot; }
    QComboBox& scales() const { return *m_scales; }
    QToolButton& keepButton() const { return *m_keep; }

protected:
    void renew() override;
    void beginSession() override;
    void applyTheme(const PlotColors& colors) override;

private:
    QString wordsOf(const engine::analysis::PopulationStatistics& s, double floor) const;

    QComboBox* m_scales;
    QToolButton* m_keep;
    SpectrumPlot* m_plot;
};

} // namespace ui
