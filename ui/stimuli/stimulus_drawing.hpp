#pragma once

#include "engine/analysis/stimulus_shape.hpp"

#include <qcustomplot.h>

#include <optional>
#include <utility>
#include <vector>

namespace ui {

/// Paints stimuli into a plot over time: currents on the value axis, with the band of a noise, and
/// spikes in lanes at the bottom.
class StimulusDrawing : public QCPLayerable {
public:
    struct Item {
        QString name;
        QColor color;
        Qt::PenStyle style = Qt::SolidLine;
        bool spikes = false;
        std::vector<engine::analysis::ShapePoint> points; ///< of a current
        bool fine = false; ///< of a noise: what the neuron gets, drawn thin over the band
        std::optional<std::pair<double, double>> band; ///< of a noise
        std::pair<double, double> active {0.0, 0.0}; ///< [ms], of a band or a lane
        std::vector<engine::analysis::ShapeSpike> ticks;
        QString note; ///< in a lane: why there are no spikes to be seen
    };

    explicit StimulusDrawing(QCustomPlot* plot);

    std::vector<Item> items;
    engine::core::TimeGrid grid {0.1};
    double now_ms = 0.0;
    QColor nowColor;
    QColor textColor;

    int laneHeight() const;
    int lanes() const;
    /// The lane of an item with spikes, in pixels.
    QRect lane(std::size_t item) const;

protected:
    void applyDefaultAntialiasingHint(QCPPainter* painter) const override;
    void draw(QCPPainter* painter) override;
    QRect clipRect() const override;

private:
    void drawCurrent(QCPPainter& painter, const Item& item) const;
    void drawLane(QCPPainter& painter, const Item& item, const QRect& lane) const;
    double x(engine::core::Step step) const;
};

} // namespace ui
