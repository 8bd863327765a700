#include "ui/connectivity/graph_layout.hpp"

#include <QLineF>
#include <QtMath>

#include <algorithm>
#include <cmath>
#include <map>

namespace ui {

namespace {

using engine::config::Experiment;
using engine::config::Projection;

QPointF unitVector(const QPointF& v)
{
    const double length = std::hypot(v.x(), v.y());
    return length > 0.0 ? v / length : QPointF(0.0, 1.0);
}

/// To the left of someone who goes this way, on a screen whose y points down.
QPointF leftOf(const QPointF& direction) { return {direction.y(), -direction.x()}; }

QPointF bezier(const QPointF& a, const QPointF& b, const QPointF& c, const QPointF& d, double t)
{
    const double s = 1.0 - t;
    return a * (s * s * s) + b * (3.0 * s * s * t) + c * (3.0 * s * t * t) + d * (t * t * t);
}

/// From one population to another: an arc to its left, so that the way back is another one.
GraphLayout::Arrow arc(
    const QPointF& from, const QPointF& to, double radius, double line, int before)
{
    GraphLayout::Arrow arrow;
    const QPointF along = unitVector(to - from);
    const QPointF left = leftOf(along);
    const double distance = QLineF(from, to).length();
    const double bend = std::max(0.16 * distance, 1.1 * line) + 3.2 * line * before;
    const QPointF middle = (from + to) / 2.0 + left * (0.5 * radius + bend);
    const QPointF start = from + unitVector(middle - from) * radius;
    arrow.direction = unitVector(to - middle);
    constexpr double gap = 3.0;
    arrow.tip = to - arrow.direction * (radius + gap);
    arrow.path.moveTo(start);
    arrow.path.quadTo(middle, arrow.tip);
    arrow.label = arrow.path.pointAtPercent(0.5) + left * 1.35 * line;
    return arrow;
}

/// From a population to itself, on the side away from the others.
GraphLayout::Arrow loop(
    const QPointF& at, const QPointF& outward, double radius, double line, int before)
{
    GraphLayout::Arrow arrow;
    arrow.loop = true;
    const double reach = 1.9 * radius + 3.0 * line * before;
    const QPointF side = leftOf(outward);
    constexpr double opening = 0.62; // of the angle between both ends
    const QPointF start = at + (outward * std::cos(opening) + side * std::sin(opening)) * radius;
    const QPointF way = outward * std::cos(opening) - side * std::sin(opening);
    constexpr double gap = 3.0;
    arrow.tip = at + way * (radius + gap);
    const QPointF spread = side * radius * 1.3;
    const QPointF c1 = start + outward * reach * 0.75 + spread * 0.6;
    const QPointF c2 = arrow.tip + outward * reach * 0.75 - spread * 0.6;
    arrow.path.moveTo(start);
    arrow.path.cubicTo(c1, c2, arrow.tip);
    arrow.direction = unitVector(arrow.tip - c2);
    const QPointF apex = bezier(start, c1, c2, arrow.tip, 0.5);
    arrow.label = apex + outward * 1.25 * line;
    return arrow;
}

void placePopulations(const QRectF& area, std::size_t count, GraphLayout& layout)
{
    const QPointF center = area.center();
    if (count == 1) {
        layout.populations = {center};
        return;
    }
    if (count == 2) {
        const double x = 0.27 * area.width();
        layout.populations = {center - QPointF(x, 0.0), center + QPointF(x, 0.0)};
        return;
    }
    for (std::size_t i = 0; i < count; ++i) {
        const double angle
            = -M_PI / 2.0 + 2.0 * M_PI * static_cast<double>(i) / static_cast<double>(count);
        layout.populations.push_back(center
            + QPointF(
                0.34 * area.width() * std::cos(angle), 0.32 * area.height() * std::sin(angle)));
    }
}

} // namespace

bool isCompact(const QSizeF& size, double line)
{
    constexpr double few = 12.0; // lines of text
    return size.height() < few * line;
}

GraphLayout graphLayout(const Experiment& experiment, const QSizeF& size, double line)
{
    GraphLayout layout;
    const std::size_t count = experiment.populations.size();
    const bool compact = isCompact(size, line);
    const double head = experiment.stimuli.empty() ? 0.0 : (compact ? 1.8 : 3.4) * line;
    // Below, the loops of two populations with their texts.
    QRectF area(0.0, head, size.width(), std::max(size.height() - head, line));
    placePopulations(area, count, layout);
    const double room = std::min(area.width() / (count < 3 ? 2.0 : 3.2), area.height() / 2.0);
    layout.radius = std::clamp(0.26 * room, 1.5 * line, 2.6 * line);
    if (count < 3) {
        const double lift = (compact ? 0.06 : 0.1) * area.height();
        for (QPointF& at : layout.populations) {
            at.ry() -= lift;
        }
    }
    std::map<std::pair<std::size_t, std::size_t>, int> between;
    const QPointF center = area.center();
    for (const Projection& p : experiment.projections) {
        const int before = between[{p.source, p.target}]++;
        const QPointF from = layout.populations[p.source];
        if (p.source == p.target) {
            // Below, where two stand side by side, and outwards: their texts stay apart.
            constexpr double aside = 0.3;
            const double side = count == 2 ? (from.x() < center.x() ? -aside : aside) : 0.0;
            const QPointF away = count < 3 ? unitVector({side, 1.0}) : unitVector(from - center);
            layout.projections.push_back(loop(from, away, layout.radius, line, before));
        } else {
            layout.projections.push_back(
                arc(from, layout.populations[p.target], layout.radius, line, before));
        }
    }
    const std::size_t stimuli = experiment.stimuli.size();
    for (std::size_t i = 0; i < stimuli; ++i) {
        GraphLayout::Stimulus stimulus;
        stimulus.center
            = {size.width() * (static_cast<double>(i) + 0.5) / static_cast<double>(stimuli),
                (compact ? 0.75 : 1.5) * line};
        for (const auto& target : experiment.stimuli[i].targets) {
            const QPointF to = layout.populations[target.population];
            const QPointF start = stimulus.center + QPointF(0.0, (compact ? 0.6 : 1.25) * line);
            QPainterPath path(start);
            constexpr double gap = 3.0;
            path.lineTo(to - unitVector(to - start) * (layout.radius + gap));
            stimulus.paths.push_back(path);
        }
        layout.stimuli.push_back(std::move(stimulus));
    }
    return layout;
}

} // namespace ui
