#include "ui/regime/regime_plot.hpp"

#include "ui/plots/plot_looks.hpp"
#include "ui/plots/sweep_curve.hpp"

#include <QKeyEvent>
#include <QMouseEvent>

#include <algorithm>
#include <cmath>

namespace ui {
namespace {

constexpr int frameMs = 16;
constexpr double mostMedians = 3.0;
constexpr double reachPx = 9.0; // of the mouse around a mark
constexpr double decades = 4.0; // of a logarithmic scale

QSharedPointer<QCPAxisTicker> tickerOf(RegimeQuantity quantity, bool logarithmic)
{
    if (quantity == RegimeQuantity::state) {
        auto ticker = QSharedPointer<QCPAxisTickerText>::create();
        const auto& names = regimeStates();
        const auto count = static_cast<double>(names.size());
        for (std::size_t i = 0; i < names.size(); ++i) {
            // In the middle of the bands of colour.
            ticker->addTick((static_cast<double>(i) + 0.5) * (count - 1.0) / count, names[i]);
        }
        return ticker;
    }
    return logarithmic ? QSharedPointer<QCPAxisTicker>(new QCPAxisTickerLog)
                       : QSharedPointer<QCPAxisTicker>::create();
}

} // namespace

RegimePlot::RegimePlot(QWidget* parent)
    : SweepMapPlot(parent)
{
    const QString moving = QStringLiteral("network");
    addLayer(moving);
    layer(moving)->setMode(QCPLayer::lmBuffered);
    new PaintedLayer(this, QStringLiteral("legend"), [this](QCPPainter& p) { paintBelow(p); });
    new PaintedLayer(this, moving, [this](QCPPainter& p) { paintAbove(p); });
    m_tell.setSingleShot(true);
    m_tell.setInterval(frameMs);
    connect(&m_tell, &QTimer::timeout, this, [this] {
        if (m_wanted) {
            Q_EMIT placeWanted(*m_wanted);
            m_wanted.reset();
        }
    });
    setAccessibleName(tr("Regime map"));
    setAccessibleDescription(
        tr("Arrow keys move a cross over the plane, Enter sends the network there"));
}

void RegimePlot::setAxes(const Axis& x, const Axis& y)
{
    m_x = x;
    m_y = y;
    begin({x.title, {x.scale.minimum(), x.scale.maximum()}},
        {y.title, {y.scale.minimum(), y.scale.maximum()}}, regimeQuantityTitle(m_quantity));
    const auto dress = [](QCPAxis& axis, const ValueScale& scale) {
        axis.setScaleType(scale.isLogarithmic() ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
        axis.setTicker(scale.isLogarithmic() ? QSharedPointer<QCPAxisTicker>(new QCPAxisTickerLog)
                                             : QSharedPointer<QCPAxisTicker>::create());
        axis.setRange(scale.minimum(), scale.maximum());
    };
    dress(*xAxis, x.scale);
    dress(*yAxis, y.scale);
    m_columns = m_rows = 0;
    m_field.clear();
    m_tiles = {};
    m_borders.clear();
    m_places.clear();
    m_stops.clear();
    setCursorPlace(std::nullopt);
    showField();
}

void RegimePlot::setCoding(RegimeQuantity quantity, bool logarithmic)
{
    m_quantity = quantity;
    m_logarithmic = logarithmic && quantity != RegimeQuantity::state;
    setQuantity(regimeQuantityTitle(quantity));
    scale().setDataScaleType(m_logarithmic ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
    scale().axis()->setTicker(tickerOf(quantity, m_logarithmic));
    dressMap();
}

void RegimePlot::setField(int columns, int rows, std::vector<double> values)
{
    m_columns = columns;
    m_rows = rows;
    m_field = std::move(values);
    showField();
}

void RegimePlot::setTiles(Tiles tiles, bool old)
{
    if (tiles == m_tiles && old == m_tilesOld) {
        return;
    }
    m_tiles = std::move(tiles);
    m_tilesOld = old;
    if (m_field.empty()) {
        showField(); // they give the range of the colours
    }
    replot(QCustomPlot::rpQueuedReplot);
}

void RegimePlot::showField()
{
    const std::vector<double>& leading = m_field.empty() ? m_tiles.values : m_field;
    const double highest = m_quantity == RegimeQuantity::cv
        ? 1.0
        : usualMaximum(leading, mostMedians); // few that run away do not flatten the others
    m_range = m_quantity == RegimeQuantity::state
        ? QCPRange(0.0, static_cast<double>(regimeStates().size() - 1))
        : QCPRange(m_logarithmic ? highest / std::pow(10.0, decades) : 0.0, highest);
    const std::size_t cells
        = static_cast<std::size_t>(m_columns) * static_cast<std::size_t>(m_rows);
    if (m_field.empty() || cells != m_field.size()) {
        const double nothing = RegimeStop::missing;
        begin({xAxis->label(), {m_x.scale.minimum(), m_x.scale.maximum()}},
            {yAxis->label(), {m_y.scale.minimum(), m_y.scale.maximum()}},
            regimeQuantityTitle(m_quantity));
        setCells({nothing, nothing, nothing, nothing}, m_range);
    } else {
        const auto ends = [](const ValueScale& scale, int points) {
            std::vector<double> values(static_cast<std::size_t>(points), scale.minimum());
            values.back() = scale.maximum();
            return values;
        };
        begin({xAxis->label(), ends(m_x.scale, m_columns)},
            {yAxis->label(), ends(m_y.scale, m_rows)}, regimeQuantityTitle(m_quantity));
        std::vector<double> shown = m_field;
        if (m_logarithmic) {
            for (double& value : shown) {
                value = std::max(value, m_range.lower); // a NaN stays one
            }
        }
        setCells(shown, m_range);
    }
    xAxis->setRange(m_x.scale.minimum(), m_x.scale.maximum());
    yAxis->setRange(m_y.scale.minimum(), m_y.scale.maximum());
    replot(QCustomPlot::rpQueuedReplot);
}

void RegimePlot::setRegions(std::vector<engine::theory::Border> borders,
    std::vector<engine::theory::RegionPlace> places, std::optional<double> balance)
{
    m_borders = std::move(borders);
    m_places = std::move(places);
    m_balance = balance;
    replot(QCustomPlot::rpQueuedReplot);
}

void RegimePlot::setMarks(std::vector<Mark> marks)
{
    m_marks = std::move(marks);
    replot(QCustomPlot::rpQueuedReplot);
}

void RegimePlot::setTrail(const std::vector<RegimeStop>& stops, const QString& verdict)
{
    m_stops = stops;
    m_verdict = verdict;
    layer(QStringLiteral("network"))->replot();
}

void RegimePlot::setDescription(std::function<QString(const QPointF&)> describe)
{
    m_describe = std::move(describe);
}

QCPColorGradient RegimePlot::gradient() const
{
    if (m_quantity != RegimeQuantity::state) {
        return viridis();
    }
    QCPColorGradient colors;
    colors.clearColorStops();
    const int states = static_cast<int>(regimeStates().size());
    colors.setLevelCount(states);
    for (int i = 0; i < states; ++i) {
        colors.setColorStopAt(static_cast<double>(i) / (states - 1), regimeStateColor(i));
    }
    colors.setNanHandling(QCPColorGradient::nhTransparent);
    return colors;
}

QColor RegimePlot::colorOf(double value) const
{
    if (std::isnan(value)) {
        return Qt::transparent;
    }
    if (m_quantity == RegimeQuantity::state) {
        return regimeStateColor(static_cast<int>(value));
    }
    QCPColorGradient colors = viridis();
    return QColor(colors.color(
        m_logarithmic ? std::max(value, m_range.lower) : value, m_range, m_logarithmic));
}

QPointF RegimePlot::toPixel(const QPointF& at) const
{
    return {xAxis->coordToPixel(at.x()), yAxis->coordToPixel(at.y())};
}

QPoint RegimePlot::pixelOf(const QPointF& at) const { return toPixel(at).toPoint(); }

/// Values of few digits, within the plane.
QPointF RegimePlot::placeAt(const QPoint& position) const
{
    const auto value = [](const QCPAxis& axis, const ValueScale& scale, double pixel) {
        return scale.value(std::clamp(scale.position(axis.pixelToCoord(pixel)), 0.0, 1.0));
    };
    return {value(*xAxis, m_x.scale, position.x()), value(*yAxis, m_y.scale, position.y())};
}

std::optional<QPointF> RegimePlot::markNear(const QPoint& position) const
{
    for (const Mark& mark : m_marks) {
        if (QLineF(toPixel(mark.at), position).length() <= reachPx) {
            return mark.at;
        }
    }
    return std::nullopt;
}

QString RegimePlot::textAt(const QPoint& position) const
{
    if (!m_describe || m_dragging || !axisRect()->rect().contains(position)) {
        return {};
    }
    return m_describe({xAxis->pixelToCoord(position.x()), yAxis->pixelToCoord(position.y())});
}

/// Tells of one place a frame: a mouse moves more often.
void RegimePlot::want(const QPointF& at)
{
    m_wanted = at;
    if (!m_tell.isActive()) {
        m_tell.start();
    }
}

void RegimePlot::mousePressEvent(QMouseEvent* event)
{
    const QPoint position = event->position().toPoint();
    constexpr int reach = static_cast<int>(reachPx); // marks may stand on the edge
    const QRect plane = axisRect()->rect().adjusted(-reach, -reach, reach, reach);
    if (event->button() != Qt::LeftButton || !plane.contains(position)) {
        SweepMapPlot::mousePressEvent(event);
        return;
    }
    m_dragging = true;
    setCursorPlace(std::nullopt);
    Q_EMIT gestureStarted();
    Q_EMIT placeWanted(markNear(position).value_or(placeAt(position)));
}

void RegimePlot::mouseMoveEvent(QMouseEvent* event)
{
    if (m_dragging && event->buttons().testFlag(Qt::LeftButton)) {
        want(placeAt(event->position().toPoint()));
        return;
    }
    SweepMapPlot::mouseMoveEvent(event);
}

void RegimePlot::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton && m_dragging) {
        m_dragging = false;
        m_tell.stop();
        if (m_wanted) {
            Q_EMIT placeWanted(*m_wanted);
            m_wanted.reset();
        }
    }
}

void RegimePlot::setCursorPlace(const std::optional<QPointF>& at)
{
    if (at != m_cursor) {
        m_cursor = at;
        layer(QStringLiteral("network"))->replot();
    }
}

void RegimePlot::keyPressEvent(QKeyEvent* event)
{
    const int key = event->key();
    if ((key == Qt::Key_Return || key == Qt::Key_Enter) && m_cursor) {
        Q_EMIT gestureStarted();
        Q_EMIT placeWanted(*m_cursor);
        setCursorPlace(std::nullopt);
        return;
    }
    if (key == Qt::Key_Escape && m_cursor) {
        setCursorPlace(std::nullopt);
        return;
    }
    const int x = key == Qt::Key_Right ? 1 : key == Qt::Key_Left ? -1 : 0;
    const int y = key == Qt::Key_Up ? 1 : key == Qt::Key_Down ? -1 : 0;
    if ((x == 0 && y == 0) || m_stops.empty()) {
        SweepMapPlot::keyPressEvent(event);
        return;
    }
    constexpr int coarse = 5; // steps of the sliders at once
    const int steps = event->modifiers().testFlag(Qt::ShiftModifier) ? 1 : coarse;
    const QPointF at = m_cursor.value_or(m_stops.back().at);
    const auto moved = [steps](const ValueScale& scale, double value, int direction) {
        return direction == 0 ? value : scale.clamped(scale.stepped(value, direction * steps));
    };
    setCursorPlace(QPointF(moved(m_x.scale, at.x(), x), moved(m_y.scale, at.y(), y)));
}

void RegimePlot::focusOutEvent(QFocusEvent* event)
{
    SweepMapPlot::focusOutEvent(event);
    setCursorPlace(std::nullopt);
}

void RegimePlot::applyTheme(const PlotColors& colors)
{
    SweepMapPlot::applyTheme(colors);
    replot(QCustomPlot::rpQueuedReplot);
}

} // namespace ui
