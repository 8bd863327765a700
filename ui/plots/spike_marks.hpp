#pragma once

#include <qcustomplot.h>

#include <vector>

namespace ui {

/// Spikes of the neurons of a potential panel: a red mark near the top, and a stroke from the value
/// before the reset up to the marks. Painted only: neither is data, and neither counts for the
/// value axis.
class SpikeMarks : public QCPAbstractPlottable {
public:
    struct Mark {
        double t = 0.0; ///< [ms]
        double from = 0.0; ///< value where the stroke begins
        std::size_t line = 0; ///< which of the panel's neurons
    };

    SpikeMarks(QCPAxis* keyAxis, QCPAxis* valueAxis);

    /// Share of the panel's height that the marks take at the top.
    static constexpr double headroom = 0.10;

    void clear() { m_marks.clear(); }
    /// Ascending in time.
    void add(const Mark& mark) { m_marks.push_back(mark); }
    void removeBefore(double t);
    const std::vector<Mark>& marks() const { return m_marks; }
    void setColors(const QColor& mark, std::vector<QColor> strokes);

    double selectTest(
        const QPointF& position, bool onlySelectable, QVariant* details = nullptr) const override;
    QCPRange getKeyRange(bool& found, QCP::SignDomain domain = QCP::sdBoth) const override;
    QCPRange getValueRange(bool& found, QCP::SignDomain domain = QCP::sdBoth,
        const QCPRange& keyRange = QCPRange()) const override;

protected:
    void draw(QCPPainter* painter) override;
    void drawLegendIcon(QCPPainter* painter, const QRectF& rect) const override;

private:
    std::vector<Mark> m_marks;
    QColor m_markColor;
    std::vector<QColor> m_strokeColors;
};

/// Value of the last point of a line before `t`; NaN where there is none. The sample at a spike
/// already shows the reset: the stroke begins where the line was before it.
double valueBefore(const QCPGraph& line, double t);

} // namespace ui
