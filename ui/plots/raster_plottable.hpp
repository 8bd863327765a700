#pragma once

#include "engine/core/time_grid.hpp"
#include "engine/recording/history.hpp"
#include "ui/plots/raster_rows.hpp"

#include <qcustomplot.h>

#include <memory>
#include <vector>

namespace ui {

/// Spikes as dots. On the screen an image with a ring of columns on the time axis: a spike sets its
/// pixels once, columns that enter the view are cleared, drawing is two copies. For export the dots
/// are drawn one by one from the history.
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
    void add(double t, std::uint32_t population, std::uint32_t neuron);

    double selectTest(
        const QPointF& position, bool onlySelectable, QVariant* details = nullptr) const override;
    QCPRange getKeyRange(bool& found, QCP::SignDomain domain = QCP::sdBoth) const override;
    QCPRange getValueRange(bool& found, QCP::SignDomain domain = QCP::sdBoth,
        const QCPRange& keyRange = QCPRange()) const override;

protected:
    void draw(QCPPainter* painter) override;
    void drawLegendIcon(QCPPainter* painter, const QRectF& rect) const override;

private:
    QSize deviceSize() const;
    QColor colorOf(std::uint32_t population) const;
    std::int64_t columnOf(double t) const;
    void clearUpTo(std::int64_t column);
    void drawDots(QCPPainter* painter) const;

    RasterRows m_rows;
    std::vector<QColor> m_colors;
    std::shared_ptr<const engine::recording::History> m_history;
    engine::core::TimeGrid m_grid {0.1};
    QImage m_image;
    double m_columnMs = 1.0; ///< model time of a column
    double m_valueLower = 0.0; ///< of the axis when the image was made
    double m_rowPixels = 1.0;
    int m_dotWidth = 1;
    int m_dotHeight = 1;
    std::int64_t m_newest = 0; ///< columns up to here are in the image
    std::int64_t m_rowsVersion = 0;
};

} // namespace ui
