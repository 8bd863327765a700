#pragma once

#include "engine/analysis/trials.hpp"

#include <qcustomplot.h>

#include <vector>

namespace ui {

/// Trials as rows of spikes, the first one at the bottom: row n lies between n and n + 1 of the
/// value axis. Where several spikes share a pixel, it is the stronger the more there are.
class TrialRaster : public QCPAbstractPlottable {
public:
    TrialRaster(QCPAxis* keyAxis, QCPAxis* valueAxis);

    /// `dt_ms` of the offsets.
    void setTrials(std::vector<engine::analysis::Trial> trials, double dt_ms);
    const std::vector<engine::analysis::Trial>& trials() const { return m_trials; }
    void setColor(const QColor& color) { m_color = color; }

    double selectTest(
        const QPointF& position, bool onlySelectable, QVariant* details = nullptr) const override;
    QCPRange getKeyRange(bool& found, QCP::SignDomain domain = QCP::sdBoth) const override;
    QCPRange getValueRange(bool& found, QCP::SignDomain domain = QCP::sdBoth,
        const QCPRange& keyRange = QCPRange()) const override;

protected:
    void draw(QCPPainter* painter) override;
    void drawLegendIcon(QCPPainter* painter, const QRectF& rect) const override;

private:
    std::vector<engine::analysis::Trial> m_trials;
    double m_dt_ms = 0.1;
    QColor m_color;
};

} // namespace ui
