#pragma once

#include "engine/config/spike_edit.hpp"
#include "ui/plots/legend_strip.hpp"
#include "ui/plots/raster_marks.hpp"
#include "ui/plots/raster_plottable.hpp"
#include "ui/plots/time_plot.hpp"

namespace ui {

class FollowedNeuron;

/// Raster of a network: populations in their colours with a gap between them. It shows as many
/// neurons as the preset asks for or, chosen in its menu and remembered, all of them, by their
/// numbers or in another order; how many is stated.
class RasterPanel : public TimePlot {
    Q_OBJECT

public:
    explicit RasterPanel(TimeAxis& axis, QWidget* parent = nullptr);

    void begin(const ShownRun& run) override;
    void beginSweep(const ShownRun& run, const ShownRun& previous) override;
    void setOther(const std::optional<ShownRun>& run) override;
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

    /// Neurons can be chosen and followed here, and their neighbours are marked; the menu has what
    /// can be done to them. For its lifetime.
    void setSelection(FollowedNeuron& followed, const QList<QAction*>& actions);
    /// The neuron that a click there means: of the spikes near it the nearest one's, else that of
    /// the row.
    std::optional<NeuronId> neuronNear(const QPoint& position) const;
    /// Those whose rows have a part between two heights, of all that are shown.
    std::vector<NeuronId> neuronsBetween(double lower, double upper) const;

    /// The run that the present one branched from: its spikes that this one has not are shown
    /// faintly. nullptr: none.
    void setOriginal(std::shared_ptr<const engine::Branch> original);
    /// The spike that a person means by a place, near enough.
    std::optional<engine::recording::Spike> spikeNear(const QPoint& position) const;

    /// How neurons follow each other in each population. Orders by what neurons did take the spikes
    /// in view at that moment and stay; chosen again they are made anew.
    enum class Order { number, rate, firstSpike, connection };
    Order order() const { return m_order; }
    void setOrder(Order order);

Q_SIGNALS:
    /// The run is to branch off before this stamp, with this set there.
    void branchWanted(engine::core::Step stamp, const engine::config::StateSetting& setting);

protected:
    engine::core::Step resolution() const override { return m_raster->scale(); }
    void clearData() override;
    void append(const Slice& slice) override;
    void trim(double /*beforeMs*/) override { } // the ring forgets by itself
    engine::core::Step sliceSteps() const override { return m_sliceSteps; }
    void refresh(double elapsed_s) override;

    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void arrange();
    RasterRows orderedRows() const;
    std::vector<std::uint32_t> connectedFirst(std::size_t population) const;
    QString orderText() const;
    void addOrders(QMenu& menu);
    void addChoices(QMenu& menu);
    void addSpikeEdits(QMenu& menu);
    void addOther();
    void addGhosts(const Slice& slice, std::span<const engine::recording::Spike> spikes);
    void takeNeighbours();
    void moveFollowed(int rows, bool choose);
    void endChoosing(const QPoint& at, bool click, bool add);
    void makeLegend();
    void showTicks();

    RasterPlottable* m_raster;
    LegendStrip* m_legend;
    QSharedPointer<QCPAxisTickerText> m_ticker;
    QCPRange m_ticked; ///< value range that the ticks are of
    std::shared_ptr<const engine::Branch> m_original;
    std::optional<ShownRun> m_other; ///< a run at the same time: its own spikes are shown faintly
    engine::core::Step m_otherDone = -1; ///< shown up to this stamp; before 0: nothing
    FollowedNeuron* m_followed = nullptr;
    QList<QAction*> m_actions;
    RasterMarks* m_marks;
    QRubberBand* m_choosing; ///< a box of neurons
    QPoint m_pressed;
    std::optional<NeuronId> m_beforeClick; ///< was followed
    bool m_clicking = false; ///< a press that may become a click
    bool m_all = false;
    Order m_order = Order::number;
    double m_orderFrom_ms = 0.0; ///< the spikes that the order is made of
    double m_orderTo_ms = 0.0;
    engine::core::Step m_sliceSteps = 200;
};

} // namespace ui
