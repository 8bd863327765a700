#include "ui/plots/phase_plot.hpp"

#include "ui/plots/plot_looks.hpp"
#include "ui/plots/value_range.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace ui {

using engine::theory::PhaseBox;
using engine::theory::PhaseCurveKind;
using engine::theory::PointKind;

namespace {

constexpr int curveKinds = 5;
constexpr int arrowColumns = 13;
constexpr int arrowRows = 9;
constexpr double arrowPixels = 11.0;
const QString staticLayer = QStringLiteral("field");
const QString movingLayer = QStringLiteral("trail");

/// A stretch of a curve; gaps between stretches are points that are no numbers.
class CurveData {
public:
    void add(const engine::theory::PhaseXY& at) { m_data.append({next(), at.x, at.y}); }
    void gap()
    {
        constexpr double none = std::numeric_limits<double>::quiet_NaN();
        m_data.append({next(), none, none});
    }
    void add(const PhaseTrail::Line& line)
    {
        for (const auto& at : line) {
            add(at);
        }
        gap();
    }
    void show(QCPCurve* curve) const { curve->data()->set(m_data, true); }

private:
    double next() const { return static_cast<double>(m_data.size()); }
    QVector<QCPCurveData> m_data;
};

QColor faded(QColor color, double part)
{
    color.setAlphaF(static_cast<float>(part));
    return color;
}

} // namespace

QString pointName(PointKind kind)
{
    switch (kind) {
    case PointKind::stable_node:
        return PhasePlot::tr("stable node");
    case PointKind::stable_focus:
        return PhasePlot::tr("stable focus");
    case PointKind::unstable_node:
        return PhasePlot::tr("unstable node");
    case PointKind::unstable_focus:
        return PhasePlot::tr("unstable focus");
    case PointKind::saddle:
        return PhasePlot::tr("saddle");
    case PointKind::marginal:
        break;
    }
    return PhasePlot::tr("marginal");
}

PhasePlot::PhasePlot(QWidget* parent)
    : QCustomPlot(parent)
{
    setNotAntialiasedElements(QCP::aeAll);
    setFocusPolicy(Qt::StrongFocus);
    setMinimumSize(160, 140);
    // What moves is painted by itself; the axes with their labels stay.
    addLayer(staticLayer, layer(QStringLiteral("main")));
    addLayer(movingLayer, layer(staticLayer));
    layer(staticLayer)->setMode(QCPLayer::lmBuffered);
    layer(movingLayer)->setMode(QCPLayer::lmBuffered);
    axisRect()->setupFullAxesBox();
    m_arrows = addCurve(staticLayer);
    for (int i = 0; i < curveKinds; ++i) {
        m_curves.append(addCurve(staticLayer));
    }
    for (std::size_t i = 0; i < PhaseTrail::shades; ++i) {
        m_resets[i] = addCurve(movingLayer);
        m_ways[i] = addCurve(movingLayer);
    }
    m_stable = addCurve(staticLayer);
    m_unstable = addCurve(staticLayer);
    m_saddles = addCurve(staticLayer);
    for (QCPItemText*& name : m_names) {
        name = new QCPItemText(this);
        name->setLayer(staticLayer);
        name->setVisible(false);
    }
    m_tip = addCurve(movingLayer);
    m_dragLine = new QCPItemLine(this);
    m_dragLine->setLayer(movingLayer);
    m_dragText = new QCPItemText(this);
    m_dragText->setLayer(movingLayer);
    m_dragText->setPositionAlignment(Qt::AlignLeft | Qt::AlignBottom);
    m_dragText->setPadding(QMargins(8, 2, 4, 4));
    showHandle(false);
}

QCPCurve* PhasePlot::addCurve(const QString& layer)
{
    auto* curve = new QCPCurve(xAxis, yAxis);
    curve->setLayer(layer);
    curve->removeFromLegend();
    return curve;
}

void PhasePlot::applyTheme(const PlotColors& colors)
{
    setBackground(colors.background);
    for (QCPAxis* axis : {xAxis, yAxis, xAxis2, yAxis2}) {
        dressAxis(*axis, colors, font());
    }
    const auto pen = [&](PhaseCurveKind kind, const QPen& line) {
        m_curves[static_cast<int>(kind)]->setPen(line);
    };
    pen(PhaseCurveKind::v_nullcline, QPen(colors.blue, 1));
    pen(PhaseCurveKind::y_nullcline, QPen(colors.orange, 1));
    pen(PhaseCurveKind::threshold, QPen(colors.green, 1, Qt::DashLine));
    pen(PhaseCurveKind::reset, QPen(colors.red, 1, Qt::DotLine));
    pen(PhaseCurveKind::flow, QPen(colors.orange, 1));
    m_arrows->setPen(QPen(faded(colors.axis, 0.45), 1));
    for (std::size_t i = 0; i < PhaseTrail::shades; ++i) {
        const double part = static_cast<double>(i + 1) / PhaseTrail::shades;
        m_ways[i]->setPen(QPen(faded(colors.neutral, part), 1));
        m_resets[i]->setPen(QPen(faded(colors.red, part), 1, Qt::DashLine));
    }
    const auto mark = [&](QCPCurve* curve, QCPScatterStyle::ScatterShape shape, const QColor& fill,
                          double size) {
        curve->setLineStyle(QCPCurve::lsNone);
        curve->setScatterStyle(QCPScatterStyle(shape, QPen(colors.neutral, 1.5), fill, size));
        curve->setAntialiasedScatters(true);
    };
    mark(m_stable, QCPScatterStyle::ssCircle, colors.neutral, 9);
    mark(m_unstable, QCPScatterStyle::ssCircle, colors.background, 9);
    mark(m_saddles, QCPScatterStyle::ssCrossCircle, colors.background, 10);
    mark(m_tip, QCPScatterStyle::ssCircle, colors.blue, 11);
    for (QCPItemText* name : m_names) {
        name->setColor(colors.text);
        name->setBrush(faded(colors.background, 0.8));
    }
    m_dragLine->setPen(QPen(colors.neutral, 1, Qt::DashLine));
    m_dragText->setColor(colors.text);
    m_dragText->setBrush(faded(colors.background, 0.8));
    m_axesOld = true;
}

void PhasePlot::setPlane(const std::optional<engine::theory::PhasePlane>& plane)
{
    const bool other = plane.has_value() != m_plane.has_value()
        || (plane && plane->axes().y_title != m_plane->axes().y_title);
    m_plane = plane;
    m_curvesOld = true;
    if (other) {
        m_trail.clear();
        m_wanted.reset();
        m_fit = true;
        m_ownRange = false;
        if (plane) {
            const engine::theory::PhaseAxes& axes = plane->axes();
            const QString title = QString::fromStdString(axes.y_title);
            const QString unit = QString::fromStdString(axes.y_unit);
            xAxis->setLabel(tr("Membrane potential V_m [mV]"));
            yAxis->setLabel(unit.isEmpty() ? title : QStringLiteral("%1 [%2]").arg(title, unit));
        }
    }
}

void PhasePlot::setCurrent(double current)
{
    m_curvesOld = m_curvesOld || current != m_current;
    m_current = current;
}

PhaseBox PhasePlot::box() const
{
    return {
        {xAxis->range().lower, yAxis->range().lower}, {xAxis->range().upper, yAxis->range().upper}};
}

void PhasePlot::autoscale()
{
    m_ownRange = false;
    m_fit = true;
}

void PhasePlot::followRange(double elapsed_s)
{
    if (m_ownRange || m_panning || m_dragging) {
        return;
    }
    PhaseBox wanted = m_plane->landmarks(m_current);
    if (!m_trail.empty()) {
        const PhaseBox seen = m_trail.extent();
        wanted.low = {std::min(wanted.low.x, seen.low.x), std::min(wanted.low.y, seen.low.y)};
        wanted.high = {std::max(wanted.high.x, seen.high.x), std::max(wanted.high.y, seen.high.y)};
    }
    const auto follow = [&](QCPAxis* axis, double low, double high) {
        const ValueRange target = padded({low, high}, 0.0);
        const ValueRange shown {axis->range().lower, axis->range().upper};
        const ValueRange next = m_fit ? target : followed(shown, target, elapsed_s);
        constexpr double unseen = 1e-3;
        if (std::abs(next.lower - shown.lower) + std::abs(next.upper - shown.upper)
            > unseen * shown.size()) {
            axis->setRange(next.lower, next.upper);
            m_axesOld = true;
        }
    };
    follow(xAxis, wanted.low.x, wanted.high.x);
    follow(yAxis, wanted.low.y, wanted.high.y);
    m_fit = m_fit && m_trail.empty();
}

void PhasePlot::refresh(double elapsed_s)
{
    if (!m_plane || visibleRegion().isEmpty()) {
        return;
    }
    followRange(elapsed_s);
    const bool all = m_axesOld;
    const bool field = all || m_curvesOld;
    m_axesOld = false;
    m_curvesOld = false;
    if (field) {
        updateCurves();
        updateArrows();
        updateFixedPoints();
    }
    m_trail.setResolution({xAxis->range().size() / std::max(1, axisRect()->width()),
        yAxis->range().size() / std::max(1, axisRect()->height())});
    updateTrail();
    if (all) {
        replot(QCustomPlot::rpQueuedReplot);
        return;
    }
    if (field) {
        layer(staticLayer)->replot();
    }
    layer(movingLayer)->replot();
}

void PhasePlot::updateCurves()
{
    for (QCPCurve* curve : m_curves) {
        curve->data()->clear();
    }
    for (const auto& curve : m_plane->curves(m_current, box())) {
        CurveData line;
        for (const auto& at : curve.points) {
            line.add(at);
        }
        line.show(m_curves[static_cast<int>(curve.kind)]);
    }
}

void PhasePlot::updateArrows()
{
    CurveData arrows;
    const QRect area = axisRect()->rect();
    for (int i = 0; i < arrowColumns * arrowRows; ++i) {
        const QPointF middle(area.left() + (i % arrowColumns + 0.5) * area.width() / arrowColumns,
            area.top() + (i / arrowColumns + 0.5) * area.height() / arrowRows);
        const auto motion = m_plane->motion(
            {xAxis->pixelToCoord(middle.x()), yAxis->pixelToCoord(middle.y())}, m_current);
        if (!motion) {
            break;
        }
        const QPointF way(motion->x / xAxis->range().size() * area.width(),
            -motion->y / yAxis->range().size() * area.height());
        const double length = std::hypot(way.x(), way.y());
        if (!(length > 0.0)) {
            continue;
        }
        const QPointF along = way / length;
        const QPointF across(-along.y(), along.x());
        const QPointF tip = middle + along * arrowPixels / 2.0;
        const auto coords = [&](const QPointF& pixel) {
            return XY {xAxis->pixelToCoord(pixel.x()), yAxis->pixelToCoord(pixel.y())};
        };
        arrows.add(PhaseTrail::Line {coords(middle - along * arrowPixels / 2.0), coords(tip)});
        arrows.add(PhaseTrail::Line {coords(tip - along * 4.0 + across * 2.5), coords(tip),
            coords(tip - along * 4.0 - across * 2.5)});
    }
    arrows.show(m_arrows);
}

void PhasePlot::updateFixedPoints()
{
    m_fixed = m_plane->fixed_points(m_current);
    CurveData stable;
    CurveData unstable;
    CurveData saddles;
    for (const auto& point : m_fixed) {
        const bool rests
            = point.kind == PointKind::stable_node || point.kind == PointKind::stable_focus;
        (point.kind == PointKind::saddle ? saddles : rests ? stable : unstable).add(point.at);
    }
    stable.show(m_stable);
    unstable.show(m_unstable);
    saddles.show(m_saddles);
    for (std::size_t i = 0; i < m_names.size(); ++i) {
        m_names[i]->setVisible(i < m_fixed.size());
        if (i < m_fixed.size()) {
            // Apart from each other also where both points meet.
            m_names[i]->setText(pointName(m_fixed[i].kind));
            m_names[i]->setPositionAlignment(
                i == 0 ? Qt::AlignLeft | Qt::AlignTop : Qt::AlignLeft | Qt::AlignBottom);
            m_names[i]->setPadding(QMargins(8, 4, 4, 4));
            m_names[i]->position->setCoords(m_fixed[i].at.x, m_fixed[i].at.y);
        }
    }
}

void PhasePlot::updateTrail()
{
    const std::vector<PhaseTrail::Shade> parts = m_trail.parts();
    for (std::size_t i = 0; i < parts.size(); ++i) {
        CurveData ways;
        CurveData resets;
        for (const PhaseTrail::Line& line : parts[i].ways) {
            ways.add(line);
        }
        for (const PhaseTrail::Line& line : parts[i].resets) {
            resets.add(line);
        }
        ways.show(m_ways[i]);
        resets.show(m_resets[i]);
    }
    if (!m_dragging) {
        showTip(m_trail.empty() ? std::nullopt : std::optional(point()));
    } else {
        m_dragLine->start->setCoords(m_trail.tip().x, m_trail.tip().y);
    }
}

void PhasePlot::showTip(const std::optional<XY>& at)
{
    CurveData tip;
    if (at) {
        tip.add(*at);
    }
    tip.show(m_tip);
}

void PhasePlot::resizeEvent(QResizeEvent* event)
{
    QCustomPlot::resizeEvent(event);
    m_axesOld = true;
}

} // namespace ui
