#pragma once

#include "engine/core/time_grid.hpp"
#include "engine/recording/history.hpp"
#include "ui/plots/raster_image.hpp"
#include "ui/plots/raster_rows.hpp"

#include <qcustomplot.h>

#include <memory>
#include <span>
#include <vector>

namespace ui {

/// Spikes as dots. On the screen an image that is kept from frame to frame: a spike counts in its
/// pixels once, drawing is two copies. Where rows are lower than a pixel, pixels show how many
/// spikes fell into them. For export all is drawn anew from the history: dots one by one, or an
/// image of the counts.
class RasterPlottable : public QCPAbstractPlottable {
public:
    RasterPlottable(QCPAxis* keyAxis, QCPAxis* valueAxis);

    void setRows(RasterRows rows);
    const RasterRows& rows() const { return m_rows; }
    /// One for each block of the rows.
    void setColors(std::vector<QColor> colors) { m_colors = std::move(colors); }
    void setSource(
        std::shared_ptr<const engine::recording::History> history, engine::core::TimeGrid grid);

    /// Identity of the image's scale: another one needs a new image.
    engine::core::Step scale() const;
    /// An empty image for the present scale.
    void clear();
    /// Spikes, ascending in time.
    void add(std::span<const engine::recording::Spike> spikes) { m_canvas.add(spikes, m_grid); }

    /// Spikes of another run that this one has not, in one colour behind the others; ascending in
    /// time. From the next clear() on where `shown`.
    void setGhosts(bool shown, const QColor& color);
    void addGhosts(std::span<const engine::recording::Spike> spikes)
    {
        m_ghosts.add(spikes, m_grid);
    }
    const RasterImage& ghosts() const { return m_ghosts.image; }

    /// Neurons that share a row of pixels; at most 1: each has one of its own.
    double neuronsPerPixel() const;
    const RasterImage& image() const { return m_canvas.image; }

    double selectTest(
        const QPointF& position, bool onlySelectable, QVariant* details = nullptr) const override;
    QCPRange getKeyRange(bool& found, QCP::SignDomain domain = QCP::sdBoth) const override;
    QCPRange getValueRange(bool& found, QCP::SignDomain domain = QCP::sdBoth,
        const QCPRange& keyRange = QCPRange()) const override;

protected:
    void draw(QCPPainter* painter) override;
    void drawLegendIcon(QCPPainter* painter, const QRectF& rect) const override;

private:
    /// An image and where neurons and times lie in it.
    struct Canvas {
        /// `ratio`: device pixels of a logical one.
        Canvas() = default;
        void reset(const RasterRows& rows, const std::vector<QColor>& colors, QSize size,
            const QCPRange& times, const QCPRange& values, double ratio);
        void add(
            std::span<const engine::recording::Spike> spikes, const engine::core::TimeGrid& grid);
        std::int64_t columnOf(double t) const;

        RasterImage image;
        double columnMs = 1.0; ///< model time of a column
        int dotWidth = 1;
        int dotHeight = 1;
        std::vector<std::vector<std::int32_t>>
            top; ///< by population and neuron: row of pixels where its dot begins
    };

    QSize deviceSize() const;
    std::vector<engine::recording::Spike> spikesInView() const;
    void drawDots(QCPPainter* painter) const;
    void drawCounts(QCPPainter* painter) const;

    RasterRows m_rows;
    std::vector<QColor> m_colors;
    std::shared_ptr<const engine::recording::History> m_history;
    engine::core::TimeGrid m_grid {0.1};
    void drawRing(QCPPainter* painter, Canvas& canvas) const;

    Canvas m_canvas;
    Canvas m_ghosts; ///< empty where none are shown
    bool m_showsGhosts = false;
    QColor m_ghostColor;
    std::int64_t m_rowsVersion = 0;
};

} // namespace ui
