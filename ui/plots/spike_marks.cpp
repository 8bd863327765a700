#include "ui/plots/spike_marks.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace ui {

SpikeMarks::SpikeMarks(QCPAxis* keyAxis, QCPAxis* valueAxis)
    : QCPAbstractPlottable(keyAxis, valueAxis)
{
    setSelectable(QCP::stNone);
}

void SpikeMarks::removeBefore(double t)
{
    const auto first = std::lower_bound(m_marks.begin(), m_marks.end(), t,
        [](const Mark& mark, double time) { return mark.t < time; });
    m_marks.erase(m_marks.begin(), first);
}

void SpikeMarks::setColors(const QColor& mark, std::vector<QColor> strokes)
{
    m_markColor = mark;
    m_strokeColors = std::move(strokes);
}

double SpikeMarks::selectTest(
    const QPointF& /*position*/, bool /*onlySelectable*/, QVariant* /*details*/) const
{
    return -1.0;
}

QCPRange SpikeMarks::getKeyRange(bool& found, QCP::SignDomain /*domain*/) const
{
    found = false;
    return {};
}

QCPRange SpikeMarks::getValueRange(
    bool& found, QCP::SignDomain /*domain*/, const QCPRange& /*keyRange*/) const
{
    found = false;
    return {};
}

void SpikeMarks::draw(QCPPainter* painter)
{
    const QCPRange range = keyAxis()->range();
    const QRect area = keyAxis()->axisRect()->rect();
    // The marks stand inside the headroom, the strokes end just below them.
    const double markTop = area.top() + 0.25 * headroom * area.height();
    const double markBottom = area.top() + 0.85 * headroom * area.height();
    const bool crowded = m_marks.size() > static_cast<std::size_t>(area.width());
    double lastX = area.left() - 10.0;
    std::size_t lastLine = 0;
    for (const Mark& mark : m_marks) {
        if (!range.contains(mark.t)) {
            continue;
        }
        const double x = std::round(keyAxis()->coordToPixel(mark.t));
        if (crowded && x == lastX && mark.line == lastLine) {
            continue; // one stroke a column is all that can be seen
        }
        lastX = x;
        lastLine = mark.line;
        const double bottom = valueAxis()->coordToPixel(mark.from);
        if (std::isfinite(bottom) && bottom > markBottom && !m_strokeColors.empty()) {
            painter->setPen(QPen(m_strokeColors[mark.line % m_strokeColors.size()], 1));
            painter->drawLine(QPointF(x, bottom), QPointF(x, markBottom));
        }
        painter->setPen(QPen(m_markColor, 1));
        painter->drawLine(QPointF(x, markTop), QPointF(x, markBottom));
        if (!crowded) {
            painter->drawLine(QPointF(x + 1.0, markTop), QPointF(x + 1.0, markBottom));
        }
    }
}

void SpikeMarks::drawLegendIcon(QCPPainter* painter, const QRectF& rect) const
{
    painter->setPen(QPen(m_markColor, 1));
    painter->drawLine(
        QPointF(rect.center().x(), rect.top()), QPointF(rect.center().x(), rect.bottom()));
}

double valueBefore(const QCPGraph& line, double t)
{
    const auto shown = line.data();
    auto before = shown->findBegin(t, false);
    if (before != shown->constBegin()) {
        --before;
    }
    return before == shown->constEnd() ? std::numeric_limits<double>::quiet_NaN() : before->value;
}

} // namespace ui
