#include "ui/plots/flag_layer.hpp"

#include <algorithm>
#include <cmath>

namespace ui {

FlagLayer::FlagLayer(QCustomPlot* plot)
    : QCPLayerable(plot, QStringLiteral("overlay"))
{
}

void FlagLayer::applyDefaultAntialiasingHint(QCPPainter* painter) const
{
    painter->setAntialiasing(false);
}

QRect FlagLayer::clipRect() const { return mParentPlot->axisRect()->rect(); }

void FlagLayer::drawMoments(QCPPainter& painter) const
{
    const QRect area = clipRect();
    const auto line = [&](const std::optional<double>& t, Qt::PenStyle style) {
        if (t && mParentPlot->xAxis->range().contains(*t)) {
            const double x = std::round(mParentPlot->xAxis->coordToPixel(*t));
            painter.setPen(QPen(momentColor, 1, style));
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()));
        }
    };
    line(moments->branch, Qt::DashDotLine);
    line(moments->marked, Qt::SolidLine);
}

void FlagLayer::draw(QCPPainter* painter)
{
    if (moments != nullptr) {
        drawMoments(*painter);
    }
    if (flags == nullptr || flags->empty()) {
        return;
    }
    const QRect area = clipRect();
    const QCPAxis* axis = mParentPlot->xAxis;
    const auto pixel = [axis](double t) { return axis->coordToPixel(t); };
    painter->setFont(mParentPlot->font());
    const QFontMetrics metrics(mParentPlot->font());
    std::vector<double> rowEnds(3, area.left() - 1.0); // texts that would overlap go to another row
    // Of a long run only what is near the view: a drag leaves a flag a frame.
    const double before = axis->range().lower - axis->range().size();
    const auto first = std::partition_point(
        flags->begin(), flags->end(), [before](const ChangeFlag& flag) { return flag.t < before; });
    for (const ChangeFlag& flag :
        mergedFlags(std::vector<ChangeFlag>(first, flags->end()), pixel, 60.0)) {
        const double x = std::round(pixel(flag.t));
        if (x < area.left() || x > area.right()) {
            continue;
        }
        painter->setPen(QPen(color, 1, Qt::DotLine));
        painter->drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()));
        painter->setPen(Qt::NoPen);
        painter->setBrush(color);
        const QPointF pennant[]
            = {{x, area.top() + 0.0}, {x + 7.0, area.top() + 4.0}, {x, area.top() + 8.0}};
        painter->drawPolygon(pennant, 3);
        if (!withText) {
            continue;
        }
        const QString text = flag.text();
        const double width = metrics.horizontalAdvance(text) + 4.0;
        const auto row
            = std::find_if(rowEnds.begin(), rowEnds.end(), [x](double end) { return end < x; });
        if (row == rowEnds.end()) {
            continue;
        }
        *row = x + width + 12.0;
        const double top
            = area.top() + static_cast<double>(row - rowEnds.begin()) * metrics.height();
        const double left = std::min(x + 10.0, area.right() - width);
        painter->fillRect(QRectF(left - 1.0, top, width, metrics.height()), ground);
        painter->setPen(color);
        painter->drawText(QPointF(left, top + metrics.ascent()), text);
    }
}

} // namespace ui
