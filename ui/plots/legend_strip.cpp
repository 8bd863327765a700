#include "ui/plots/legend_strip.hpp"

#include <cmath>

namespace ui {
namespace {

/// Four significant digits or so, never in more than seven characters.
QString valueText(double value)
{
    const double size = std::abs(value);
    if (size < 1e-9) {
        return QStringLiteral("0.000"); // what has decayed is nothing to read
    }
    if (size >= 1e5 || size < 1e-3) {
        return QString::number(value, 'e', 1);
    }
    return QString::number(
        value, 'f', size >= 1000.0 ? 0 : (size >= 100.0 ? 1 : (size >= 1.0 ? 2 : 3)));
}

} // namespace

LegendStrip::LegendStrip(QCustomPlot* plot)
    : QCPLayerable(plot, QStringLiteral("legend"))
{
}

QString LegendStrip::text(const Entry& entry)
{
    QString text = entry.name;
    if (entry.hasValue) {
        text += QLatin1Char(' ') + valueText(entry.value);
        if (!entry.unit.isEmpty()) {
            text += QLatin1Char(' ') + entry.unit;
        }
    }
    return text;
}

void LegendStrip::applyDefaultAntialiasingHint(QCPPainter* painter) const
{
    painter->setAntialiasing(false);
}

QRect LegendStrip::clipRect() const { return mParentPlot->viewport(); }

void LegendStrip::draw(QCPPainter* painter)
{
    constexpr int sample = 22;
    constexpr int gap = 5;
    const QRect area = mParentPlot->axisRect()->rect();
    painter->setFont(mParentPlot->font());
    const QFontMetrics metrics(mParentPlot->font());
    const int baseline = area.top() - 3 - metrics.descent();
    const int middle = baseline - metrics.ascent() / 2 + 1;
    const int valueWidth = metrics.horizontalAdvance(QStringLiteral(" -0.0e-00"));

    int right = area.right();
    if (!note.isEmpty()) {
        const int width = metrics.horizontalAdvance(note);
        painter->setPen(noteColor);
        painter->drawText(right - width, baseline, note);
        right -= width + 3 * gap;
    }
    int x = area.left();
    for (const Entry& entry : entries) {
        const int width = sample + gap + metrics.horizontalAdvance(entry.name)
            + (entry.hasValue
                    ? valueWidth + metrics.horizontalAdvance(QLatin1Char(' ') + entry.unit)
                    : 0);
        if (x + width > right) {
            painter->setPen(textColor);
            painter->drawText(x, baseline, QString(QChar(0x2026)));
            break;
        }
        if (entry.block) {
            painter->fillRect(QRect(x + sample - 12, middle - 4, 10, 8), entry.pen.color());
        } else {
            painter->setPen(entry.pen);
            painter->drawLine(QPointF(x, middle), QPointF(x + sample, middle));
        }
        painter->setPen(textColor);
        painter->drawText(x + sample + gap, baseline, text(entry));
        x += width + 3 * gap;
    }
}

} // namespace ui
