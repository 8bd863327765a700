#pragma once

#include "ui/plots/legend_strip.hpp"
#include "ui/plots/raster_plottable.hpp"
#include "ui/plots/time_plot.hpp"

namespace ui {

/// Raster of a network: populations in their colours with a gap between them. It shows as many
/// neurons as the preset asks for or, chosen in its menu and remembered, all of them; how many is
/// stated.
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

protected:
    engine::core::Step resolution() const override { return m_raster->scale(); }
    void clearData() override { m_raster->clear(); }
    void append(const Slice& slice) override;
    void trim(double /*beforeMs*/) override { } // the ring forgets by itself
    engine::core::Step sliceSteps() const override { return m_sliceSteps; }
    void refresh(double elapsed_s) override;

private:
    void arrange();
    void showTicks();

    RasterPlottable* m_raster;
    LegendStrip* m_legend;
    QSharedPointer<QCPAxisTickerText> m_ticker;
    QCPRange m_ticked; ///< value range that the ticks are of
    bool m_all = false;
    engine::core::Step m_sliceSteps = 200;
};

} // namespace ui
