#pragma once

#include "ui/panels/network_panel.hpp"
#include "ui/plots/balance_plot.hpp"

class QBoxLayout;

namespace ui {

class SteadyTable;

/// Mean and fluctuation of what a population receives against theory, and the potentials that they
/// make. The engine measures input only while this panel can be seen.
class BalancePanel : public NetworkPanel {
    Q_OBJECT

public:
    BalancePanel(EngineBridge& bridge, const NetworkTheory& theory, QWidget* parent = nullptr);

    BalancePlot& plot() const { return *m_plot; }
    const SteadyTable& table() const { return *m_table; }

protected:
    void renew() override;
    void beginSession() override;
    void take(const engine::Frame& frame) override;
    void applyTheme(const PlotColors& colors) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void watch(bool wanted);
    void showTable(const BalancePlot::Shown& shown);

    EngineBridge& m_bridge;
    QBoxLayout* m_row;
    SteadyTable* m_table;
    BalancePlot* m_plot;
    bool m_watching = false;
    std::shared_ptr<const engine::analysis::InputStatistics> m_input;
};

} // namespace ui
