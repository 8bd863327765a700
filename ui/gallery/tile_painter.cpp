#include "ui/gallery/tile_painter.hpp"

#include <QCoreApplication>
#include <QFont>
#include <QFontMetrics>
#include <QPainter>
#include <QPolygonF>

#include <algorithm>
#include <array>
#include <cmath>

namespace ui {
namespace {

constexpr int margin = 6;
constexpr double headroom = 0.2; ///< of the axis: even the strokes of low thresholds are seen
constexpr double stimulusShare = 0.17; ///< of the height of the traces
constexpr double longestTimeBar = 0.3; ///< of the sweep
constexpr double longestVoltageBar = 0.45; ///< of the axis
constexpr int tickHeight = 4; ///< of the red marks above the strokes

QString text(const char* source) { return QCoreApplication::translate("ui::TilePainter", source); }

QFont smaller(QFont font)
{
    font.setPointSizeF(std::max(6.5, font.pointSizeF() * 0.88));
    return font;
}

QString number(double value) { return QString::number(value, 'g', 3); }

QColor mixed(const QColor& color, const QColor& ground, double share)
{
    const auto mix
        = [share](int a, int b) { return static_cast<int>(share * a + (1 - share) * b); };
    return {mix(color.red(), ground.red()), mix(color.green(), ground.green()),
        mix(color.blue(), ground.blue())};
}

/// Where the parts of a panel stand.
struct Layout {
    QRect title;
    QRect bar; ///< of the voltage scale, left of the traces
    QRect voltages;
    QRect stimulus;
    QRect foot;

    Layout(const QRect& area, const QFont& font)
    {
        const QFontMetrics large(font);
        const QFontMetrics small(smaller(font));
        const QRect inner = area.adjusted(margin, 3, -margin, -3);
        const int gutter = small.height() + 5;
        title = {inner.left(), inner.top(), inner.width(), large.height()};
        foot = {
            inner.left(), inner.bottom() - small.height() - 3, inner.width(), small.height() + 4};
        const int top = title.bottom() + 3;
        const int height = std::max(20, foot.top() - 3 - top);
        const int below = std::max(8, static_cast<int>(stimulusShare * height));
        voltages = {inner.left() + gutter, top, inner.width() - gutter, height - below - 4};
        stimulus = {voltages.left(), voltages.bottom() + 5, voltages.width(), below - 2};
        bar = {inner.left(), voltages.top(), gutter, voltages.height()};
    }
};

/// Times and values to pixels.
struct Scale {
    QRect area;
    double end_ms = 1.0;
    ValueRange values;

    double x(double t) const { return area.left() + (area.width() - 1) * t / end_ms; }
    double y(double value) const
    {
        return area.bottom() - (area.height() - 1) * (value - values.lower) / values.size();
    }
};

void paintLine(QPainter& painter, const SweepLine& line, const Scale& scale, const QPen& pen)
{
    painter.setPen(pen);
    QPolygonF polygon;
    const auto flush = [&] {
        if (polygon.size() > 1) {
            painter.drawPolyline(polygon);
        }
        polygon.clear();
    };
    for (const PlotPoint& point : line.drawn()) {
        if (!std::isfinite(point.value)) {
            flush(); // a gap
            continue;
        }
        polygon << QPointF(scale.x(point.t), scale.y(point.value));
    }
    flush();
}

void paintSpikes(QPainter& painter, const SweepTrace& trace, const Scale& scale,
    const QColor& stroke, const std::optional<QColor>& mark)
{
    const double top = scale.area.top();
    QVector<QLineF> strokes;
    QVector<QLineF> marks;
    for (const SweepTrace::Spike& spike : trace.spikes()) {
        const double x = std::round(scale.x(spike.t));
        const double bottom = std::isfinite(spike.from) ? scale.y(spike.from) : top;
        strokes.append(QLineF(x, std::max(bottom, top), x, top + tickHeight + 1));
        marks.append(QLineF(x, top, x, top + tickHeight));
    }
    painter.setPen(QPen(stroke, 1));
    painter.drawLines(strokes);
    if (mark) {
        painter.setPen(QPen(*mark, 1));
        painter.drawLines(marks);
    }
}

void paintSweep(QPainter& painter, const SweepTrace& trace, const Scale& voltages,
    const Scale& currents, const PlotColors& colors, bool faint)
{
    const auto shade = [&](const QColor& color) {
        return faint ? mixed(color, colors.background, 0.33) : color;
    };
    paintLine(painter, trace.current(), currents, QPen(shade(colors.blue), 1, Qt::DashLine));
    paintLine(painter, trace.threshold(), voltages, QPen(shade(colors.green), 1, Qt::DashLine));
    paintLine(painter, trace.V_m(), voltages, QPen(shade(colors.blue), 1));
    paintSpikes(painter, trace, voltages, shade(colors.blue),
        faint ? std::nullopt : std::optional(colors.red));
}

void paintVoltageBar(
    QPainter& painter, const QRect& area, const Scale& scale, const PlotColors& colors)
{
    const double length_mV = scaleBar(longestVoltageBar * scale.values.size());
    const double pixels = (area.height() - 1) * length_mV / scale.values.size();
    const int x = area.right() - 3;
    painter.setPen(QPen(colors.axis, 1));
    painter.drawLine(QPointF(x, area.bottom()), QPointF(x, area.bottom() - pixels));
    painter.setPen(colors.text);
    painter.save();
    painter.translate(area.left(), area.bottom());
    painter.rotate(-90);
    const QRect room(0, 0, area.height(), area.width() - 4);
    painter.drawText(room, Qt::AlignLeft | Qt::AlignVCenter, number(length_mV) + text(" mV"));
    painter.restore();
}

/// Returns how much of the foot is left for other texts.
int paintTimeBar(QPainter& painter, const QRect& foot, const Scale& scale, const PlotColors& colors)
{
    const double length_ms = scaleBar(longestTimeBar * scale.end_ms);
    const double pixels = (scale.area.width() - 1) * length_ms / scale.end_ms;
    const QString label = number(length_ms) + text(" ms");
    painter.setPen(QPen(colors.axis, 1));
    painter.drawLine(
        QPointF(foot.right() - pixels, foot.top() + 1), QPointF(foot.right(), foot.top() + 1));
    painter.setPen(colors.text);
    painter.drawText(foot.adjusted(0, 3, 0, 0), Qt::AlignRight | Qt::AlignVCenter, label);
    const int width = painter.fontMetrics().horizontalAdvance(label);
    return foot.width() - std::max(width, static_cast<int>(pixels)) - 8;
}

QString currentText(const Extent& extent, const QString& unit)
{
    if (extent.empty()) {
        return {};
    }
    const QString values = extent.lower == extent.upper
        ? number(extent.upper)
        : text("%1 to %2").arg(number(extent.lower), number(extent.upper));
    return QStringLiteral("I ") + values + (unit.isEmpty() ? QString() : ' ' + unit);
}

void paintFoot(QPainter& painter, const QRect& foot, int room, const TilePicture& picture,
    const PlotColors& colors)
{
    const QFontMetrics metrics = painter.fontMetrics();
    const QRect line = foot.adjusted(0, 3, 0, 0);
    const QString current = currentText(picture.currentExtent(), picture.currentUnit);
    const int currentWidth = metrics.horizontalAdvance(current) + 10;
    const int verdictWidth = metrics.horizontalAdvance(picture.verdict);
    // The verdict goes before the current where both do not fit.
    if (verdictWidth + currentWidth <= room) {
        painter.setPen(colors.axis);
        painter.drawText(
            QRect(line.left() + room - currentWidth, line.top(), currentWidth - 2, line.height()),
            Qt::AlignRight | Qt::AlignVCenter, current);
    }
    painter.setPen(picture.fault ? colors.red : colors.text);
    painter.drawText(QRect(line.left(), line.top(), room, line.height()),
        Qt::AlignLeft | Qt::AlignVCenter,
        metrics.elidedText(picture.verdict, Qt::ElideRight, room));
}

void paintTitle(QPainter& painter, const QRect& area, const TilePicture& picture,
    const PlotColors& colors, const QFont& font)
{
    const QString count = picture.countText();
    painter.setFont(smaller(font));
    const int countWidth = painter.fontMetrics().horizontalAdvance(count);
    painter.setPen(colors.axis);
    painter.drawText(area, Qt::AlignRight | Qt::AlignVCenter, count);
    QFont bold = font;
    bold.setBold(true);
    painter.setFont(bold);
    painter.setPen(colors.text);
    painter.drawText(area, Qt::AlignLeft | Qt::AlignVCenter,
        painter.fontMetrics().elidedText(
            picture.title, Qt::ElideRight, area.width() - countWidth - 8));
}

} // namespace

Extent TilePicture::voltageExtent() const
{
    Extent extent = present.voltages();
    extent.include(previous.voltages());
    return extent;
}

Extent TilePicture::currentExtent() const
{
    Extent extent = present.currents();
    if (!present.complete()) {
        extent.include(previous.currents());
    }
    return extent;
}

QString TilePicture::countText() const
{
    if (present.empty()) {
        return {};
    }
    const std::size_t count = present.spikes().size();
    return count == 1 ? text("1 spike") : text("%1 spikes").arg(count);
}

ValueRange voltageAxis(const Extent& extent)
{
    constexpr ValueRange usual {-90.0, 40.0}; // before there is anything [mV]
    return extent.empty() ? usual : padded({extent.lower, extent.upper}, headroom);
}

double scaleBar(double most)
{
    if (!(most > 0.0) || !std::isfinite(most)) {
        return 1.0;
    }
    const double decade = std::pow(10.0, std::floor(std::log10(most)));
    for (const double step : {5.0, 2.0}) {
        if (step * decade <= most) {
            return step * decade;
        }
    }
    return decade;
}

int traceColumns(int width, const QFont& font)
{
    return std::max(1, Layout(QRect(0, 0, width, 100), font).voltages.width());
}

void paintTile(QPainter& painter, const QRect& area, const TilePicture& picture,
    const PlotColors& colors, const QFont& font)
{
    const Layout layout(area, font);
    painter.fillRect(area, colors.background);
    paintTitle(painter, layout.title, picture, colors, font);
    painter.setFont(smaller(font));
    const double end_ms = picture.present.empty() ? 0.0 : picture.present.end_ms();
    if (!(end_ms > 0.0)) {
        paintFoot(painter, layout.foot, layout.foot.width(), picture, colors);
        return;
    }
    const Scale voltages {layout.voltages, end_ms, picture.voltages};
    const Extent extent = picture.currentExtent();
    const Scale currents {layout.stimulus, end_ms,
        extent.empty() ? ValueRange {} : padded({extent.lower, extent.upper}, 0.0)};
    if (!picture.previous.empty() && picture.previous.end_ms() == end_ms) {
        paintSweep(painter, picture.previous, voltages, currents, colors, true);
    }
    paintSweep(painter, picture.present, voltages, currents, colors, false);
    if (!picture.present.complete() && std::isfinite(picture.present.lastV_m())) {
        const QPointF head(
            voltages.x(picture.present.now_ms()), voltages.y(picture.present.lastV_m()));
        painter.fillRect(QRectF(head - QPointF(2, 2), QSizeF(4, 4)), colors.neutral);
    }
    paintVoltageBar(painter, layout.bar, voltages, colors);
    const int room = paintTimeBar(painter, layout.foot, voltages, colors);
    paintFoot(painter, layout.foot, room, picture, colors);
}

} // namespace ui
