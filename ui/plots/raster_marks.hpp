#pragma once

#include "engine/analysis/neighbours.hpp"
#include "ui/plots/raster_rows.hpp"
#include "ui/selection/neuron_selection.hpp"
#include "ui/theme.hpp"

#include <qcustomplot.h>

#include <memory>

namespace ui {

/// What stands over a raster: the row of the followed neuron, marks at the left edge for neurons
/// that send it spikes and at the right edge for those that get its spikes, and the rows of chosen
/// neurons. Rows that share pixels share marks.
class RasterMarks : public QCPLayerable {
public:
    explicit RasterMarks(QCustomPlot* plot);

    const RasterRows* rows = nullptr; ///< owned by the panel
    const NeuronSelection* selection = nullptr;
    std::shared_ptr<const engine::analysis::Neighbours> neighbours;
    void setColors(const PlotColors& colors);

    /// Pixels of the axis rect, from its top, that rows of these neurons cover.
    std::vector<bool> pixelsOf(const std::vector<NeuronId>& neurons) const;

protected:
    void applyDefaultAntialiasingHint(QCPPainter* painter) const override;
    QRect clipRect() const override;
    void draw(QCPPainter* painter) override;

private:
    void mark(QPainter& painter, const std::vector<NeuronId>& neurons, QRect where,
        const QColor& color) const;

    QColor m_followed;
    QColor m_in;
    QColor m_out;
    QColor m_chosen;
};

/// Those that send spikes to the neuron, and those that get its spikes.
std::vector<NeuronId> sendersOf(const engine::analysis::Neighbours& neighbours);
std::vector<NeuronId> receiversOf(const engine::analysis::Neighbours& neighbours);

} // namespace ui
