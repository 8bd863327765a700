#pragma once

#include "ui/plots/legend_strip.hpp"
#include "ui/plots/raster_plottable.hpp"
#include "ui/plots/time_plot.hpp"

namespace ui {

/// Raster of a network: populations in their colours with a gap between them. It shows as many
/// neurons as the preset asks for or, chosen in its menu and remembered, all of them, by their
/// numbers or in another order; how many is stated.
class RasterPanel : public TimePlot {
    Q_OBJECT

public:
    explicit RasterPanel(TimeAxis& axis, QWidget* parent = nullptr);

    void begin(const ShownRun& run) override;
    void beginSweep(const ShownRun& run, const ShownRun& previous) override;
    void applyTheme(const PlotColors& colors) override;
    void autoscale() override;
    std::string visibleCsv() const override;
    QString name() const override { return tr("Raster"); }
    QString spoken() const override;
    void fillMenu(QMenu& menu) override;

    RasterPlottable& raster() const { return *m_raster; }
    /// Whether all neurons are shown, whatever the preset asks for.
    bool showsAll() const { return m_all; }
    void setShowsAll(bool all);

    /// How neurons follow each other in each population. Orders by what neurons did take the spikes
    /// in view at that moment and stay; chosen again they are made anew.
    enum class Order { number, rate, firstSpike };
    Order order() const { return m_order; }
    void setOrder(Order order);

protected:
    engine::core::Step resolution() const override { return m_raster->scale(); }
    void clearData() override { m_raster->clear(); }
    void append(const Slice& slice) override;
    void trim(double /*beforeMs*/) override { } // the ring forgets by itself
    engine::core::Step sliceSteps() const override { return m_sliceSteps; }
    void refresh(double elapsed_s) override;

private:
    void arrange();
    RasterRows orderedRows() const;
    QString orderText() const;
    void addOrders(QMenu& menu);
    void showTicks();

    RasterPlottable* m_raster;
    LegendStrip* m_legend;
    QSharedPointer<QCPAxisTickerText> m_ticker;
    QCPRange m_ticked; ///< value range that the ticks are of
    bool m_all = false;
    Order m_order = Order::number;
    double m_orderFrom_ms = 0.0; ///< the spikes that the order is made of
    double m_orderTo_ms = 0.0;
    engine::core::Step m_sliceSteps = 200;
};

} // namespace ui
