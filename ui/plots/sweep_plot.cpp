#include "ui/plots/sweep_plot.hpp"

#include "ui/plots/plot_looks.hpp"
#include "ui/plots/vertical_line.hpp"

#include <algorithm>
#include <cmath>

namespace ui {
namespace {

constexpr std::size_t mostEarlier = 3;
constexpr int reach = 12; // pixels around the working point that take hold of it

/// Values of one kind, without those that are missing.
template <class Get>
QVector<QCPGraphData> dataOf(const std::vector<SweepPoint>& points, const Get& get)
{
    QVector<QCPGraphData> data;
    for (const SweepPoint& point : points) {
        if (const double y = get(point); !std::isnan(y)) {
            data.append({point.value, y});
        }
    }
    return data;
}

double rateOf(const SweepPoint& point) { return point.rate_Hz; }

std::vector<double> ratesOf(const SweepCurve& curve)
{
    std::vector<double> rates;
    for (const SweepPoint& point : curve.points) {
        rates.push_back(point.rate_Hz);
    }
    return rates;
}

} // namespace

SweepPlot::SweepPlot(QWidget* parent)
    : QCustomPlot(parent)
    , m_colors(&Theme::instance().colors())
{
    setNotAntialiasedElements(QCP::aeAll);
    setFocusPolicy(Qt::StrongFocus);
    setInteractions(QCP::iRangeDrag | QCP::iRangeZoom);
    setMinimumSize(120, 100);
    axisRect()->setMinimumSize(10, 10);
    yAxis->setLabel(tr("Rate [Hz]"));
    yAxis2->setLabel(tr("Latency [ms]"));
    for (std::size_t i = 0; i < mostEarlier; ++i) {
        m_grey.push_back(addGraph());
    }
    m_theory = addGraph();
    m_firstRate = addGraph();
    m_latency = addGraph(xAxis, yAxis2);
    m_rate = addGraph();
    m_rheobase = verticalLine(this, xAxis, yAxis);
    m_line = verticalLine(this, xAxis, yAxis);
    m_point = addGraph();
    m_point->setLineStyle(QCPGraph::lsNone);
    m_grey.front()->setName(tr("before"));
    m_theory->setName(tr("theory"));
    m_firstRate->setName(tr("1 / first interval"));
    m_latency->setName(tr("latency"));
    m_rate->setName(tr("rate"));
    m_point->setName(tr("now"));
    setAutoAddPlottableToLegend(false);
    legend->clearItems();
    legend->setVisible(true);
    axisRect()->insetLayout()->setInsetAlignment(0, Qt::AlignLeft | Qt::AlignTop);
    for (QCPGraph* graph : {m_rate, m_firstRate, m_latency, m_theory, m_point}) {
        graph->addToLegend();
    }
    setParts({});
    applyTheme(*m_colors);
    setAccessibleName(tr("Rate over a parameter"));
    connect(&Theme::instance(), &Theme::changed, this,
        [this] { applyTheme(Theme::instance().colors()); });
}

void SweepPlot::begin(const QString& title, double low, double high)
{
    m_low = low;
    m_high = high;
    m_curve = {};
    m_fit = true;
    xAxis->setLabel(title);
    xAxis->setRange(low, high);
    setParts(m_parts);
    setEarlier({});
}

void SweepPlot::setParts(const Parts& parts)
{
    m_parts = parts;
    yAxis2->setVisible(parts.latency);
    m_latency->setVisible(parts.latency);
    m_firstRate->setVisible(parts.firstRate);
    const QString title = xAxis->label().isEmpty() && m_intervalRect != nullptr
        ? m_intervalRect->axis(QCPAxis::atBottom)->label()
        : xAxis->label();
    if (parts.intervals && m_intervalRect == nullptr) {
        m_intervalRect = new QCPAxisRect(this);
        m_intervalRect->setMinimumSize(10, 10);
        plotLayout()->addElement(1, 0, m_intervalRect);
        QCPAxis* x = m_intervalRect->axis(QCPAxis::atBottom);
        QCPAxis* y = m_intervalRect->axis(QCPAxis::atLeft);
        y->setLabel(tr("Intervals [ms]"));
        for (QCPAxis* axis : {x, y}) {
            axis->setLayer(QStringLiteral("axes"));
            axis->grid()->setLayer(QStringLiteral("grid"));
        }
        m_intervals = addGraph(x, y);
        m_intervals->setLineStyle(QCPGraph::lsNone);
        m_intervals->setAdaptiveSampling(false); // it would leave out branches of the diagram
        m_intervalLine = verticalLine(this, x, y);
        auto* margins = new QCPMarginGroup(this);
        axisRect()->setMarginGroup(QCP::msLeft | QCP::msRight, margins);
        m_intervalRect->setMarginGroup(QCP::msLeft | QCP::msRight, margins);
        connect(xAxis, qOverload<const QCPRange&>(&QCPAxis::rangeChanged), x,
            qOverload<const QCPRange&>(&QCPAxis::setRange));
        connect(x, qOverload<const QCPRange&>(&QCPAxis::rangeChanged), xAxis,
            qOverload<const QCPRange&>(&QCPAxis::setRange));
        x->setRange(xAxis->range());
    } else if (!parts.intervals && m_intervalRect != nullptr) {
        removeItem(m_intervalLine);
        removeGraph(m_intervals);
        axisRect()->setMarginGroup(QCP::msLeft | QCP::msRight, nullptr);
        plotLayout()->remove(m_intervalRect);
        plotLayout()->simplify();
        m_intervalRect = nullptr;
        m_intervals = nullptr;
        m_intervalLine = nullptr;
    }
    // The title stands below the lowest axis.
    xAxis->setLabel(parts.intervals ? QString() : title);
    xAxis->setTickLabels(!parts.intervals);
    if (m_intervalRect != nullptr) {
        m_intervalRect->axis(QCPAxis::atBottom)->setLabel(title);
    }
    applyTheme(*m_colors);
    fill();
}

void SweepPlot::showCurve(const SweepCurve& curve)
{
    m_curve = curve;
    fill();
}

void SweepPlot::setEarlier(std::vector<SweepCurve> earlier)
{
    m_earlier = std::move(earlier);
    fill();
}

void SweepPlot::fill()
{
    for (std::size_t i = 0; i < m_grey.size(); ++i) {
        m_grey[i]->data()->set(
            i < m_earlier.size() ? dataOf(m_earlier[i].points, rateOf) : QVector<QCPGraphData>(),
            true);
    }
    QVector<QCPGraphData> theory;
    for (const auto& [value, rate] : m_curve.theory) {
        theory.append({value, rate});
    }
    m_theory->data()->set(theory, true);
    m_rate->data()->set(dataOf(m_curve.points, rateOf), true);
    m_firstRate->data()->set(
        dataOf(m_curve.points, [](const SweepPoint& p) { return p.firstRate_Hz; }), true);
    m_latency->data()->set(
        dataOf(m_curve.points, [](const SweepPoint& p) { return p.latency_ms; }), true);
    if (m_intervals != nullptr) {
        QVector<QCPGraphData> intervals;
        for (const SweepPoint& point : m_curve.points) {
            for (const double interval : point.intervals_ms) {
                intervals.append({point.value, interval});
            }
        }
        m_intervals->data()->set(intervals, true);
    }
    const bool theoryKnown = !theory.isEmpty();
    const auto inLegend = [this](QCPGraph* graph, bool wanted) {
        const bool there = legend->itemWithPlottable(graph) != nullptr;
        if (wanted && !there) {
            graph->addToLegend();
        } else if (!wanted && there) {
            graph->removeFromLegend();
        }
    };
    inLegend(m_theory, theoryKnown);
    inLegend(m_firstRate, m_parts.firstRate);
    inLegend(m_latency, m_parts.latency);
    inLegend(m_grey.front(), !m_earlier.empty());
    placeLine(*m_rheobase, m_curve.rheobase);
    placePoint();
    if (m_fit) {
        fit();
    }
    replot(QCustomPlot::rpQueuedReplot);
}

void SweepPlot::fit()
{
    m_fit = true;
    constexpr double mostMedians = 4.0; // a curve that runs away is not flattened by its end
    std::vector<double> rates = ratesOf(m_curve);
    for (const SweepCurve& curve : m_earlier) {
        const std::vector<double> more = ratesOf(curve);
        rates.insert(rates.end(), more.begin(), more.end());
    }
    xAxis->setRange(m_low, m_high);
    constexpr double room = 1.1;
    yAxis->setRange(0.0, room * usualMaximum(std::move(rates), mostMedians));
    bool found = false;
    QCPRange range = m_latency->getValueRange(found);
    yAxis2->setRange(0.0, found && range.upper > 0.0 ? room * range.upper : 1.0);
    if (m_intervals != nullptr) {
        range = m_intervals->getValueRange(found);
        m_intervals->valueAxis()->setRange(
            0.0, found && range.upper > 0.0 ? room * range.upper : 1.0);
    }
    replot(QCustomPlot::rpQueuedReplot);
}

void SweepPlot::setStale(bool stale)
{
    if (stale != m_stale) {
        m_stale = stale;
        paintPens();
        replot(QCustomPlot::rpQueuedReplot);
    }
}

void SweepPlot::setWorkingPoint(std::optional<double> value)
{
    m_working = value;
    placePoint();
    replot(QCustomPlot::rpQueuedReplot);
}

void SweepPlot::placePoint()
{
    const double rate = m_working ? m_curve.rateAt(*m_working) : SweepPoint::missing;
    m_point->data()->clear();
    if (!std::isnan(rate)) {
        m_point->addData(*m_working, rate);
    }
    placeLine(*m_line, m_working);
    if (m_intervalLine != nullptr) {
        placeLine(*m_intervalLine, m_working);
    }
}

QPoint SweepPlot::workingPixel() const
{
    const double value = m_working.value_or(0.0);
    const double rate = m_curve.rateAt(value);
    return QPointF(xAxis->coordToPixel(value), yAxis->coordToPixel(std::isnan(rate) ? 0.0 : rate))
        .toPoint();
}

void SweepPlot::applyTheme(const PlotColors& colors)
{
    m_colors = &colors;
    setBackground(colors.background);
    QFont small = font();
    for (QCPAxisRect* rect : axisRects()) {
        for (QCPAxis* axis : rect->axes()) {
            dressAxis(*axis, colors, small);
        }
    }
    QColor ground = colors.background;
    ground.setAlpha(200);
    legend->setBrush(ground);
    legend->setBorderPen(Qt::NoPen);
    legend->setTextColor(colors.text);
    legend->setFont(small);
    legend->setRowSpacing(0);
    legend->setMargins(QMargins(2, 2, 2, 2));
    paintPens();
    replot(QCustomPlot::rpQueuedReplot);
}

void SweepPlot::paintPens()
{
    const PlotColors& c = *m_colors;
    QColor past = c.axis;
    past.setAlpha(130);
    for (QCPGraph* grey : m_grey) {
        grey->setPen(QPen(past, 1));
    }
    const auto live = [&](const QColor& color) { return m_stale ? c.axis : color; };
    m_rate->setPen(QPen(live(c.blue), 1));
    m_rate->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssDisc, live(c.blue), 4));
    m_firstRate->setPen(QPen(live(c.orange), 1, Qt::DashLine));
    m_latency->setPen(QPen(live(c.purple), 1, Qt::DashDotLine));
    m_theory->setPen(QPen(c.neutral, 1, Qt::DotLine));
    m_rheobase->setPen(QPen(c.green, 1, Qt::DashLine));
    QColor pale = c.red;
    pale.setAlpha(120);
    m_line->setPen(QPen(pale, 1));
    m_point->setPen(QPen(c.red, 1));
    m_point->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssDisc, c.red, c.red, 9));
    if (m_intervals != nullptr) {
        m_intervals->setPen(QPen(live(c.blue), 1));
        m_intervals->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssDisc, live(c.blue), 2));
        m_intervalLine->setPen(QPen(pale, 1));
    }
}

bool SweepPlot::onPoint(const QPoint& position) const
{
    if (!m_working) {
        return false;
    }
    const QPoint point = workingPixel();
    const bool near = (position - point).manhattanLength() <= 2 * reach;
    // Its line is as good, wherever it is taken.
    return axisRect()->rect().contains(position)
        && (near || std::abs(position.x() - point.x()) <= reach / 2);
}

double SweepPlot::valueAt(const QPoint& position) const
{
    return std::clamp(xAxis->pixelToCoord(position.x()), m_low, m_high);
}

void SweepPlot::mousePressEvent(QMouseEvent* event)
{
    if (event->button() == Qt::RightButton) {
        Q_EMIT menuAsked(event->globalPosition().toPoint());
        return;
    }
    if (event->button() == Qt::LeftButton && onPoint(event->position().toPoint())) {
        m_dragging = true;
        Q_EMIT dragStarted();
        return;
    }
    m_fit = false;
    QCustomPlot::mousePressEvent(event);
}

void SweepPlot::mouseMoveEvent(QMouseEvent* event)
{
    if (m_dragging) {
        Q_EMIT valueWanted(valueAt(event->position().toPoint()));
        return;
    }
    if (event->buttons() == Qt::NoButton) {
        setCursor(onPoint(event->position().toPoint()) ? Qt::SizeHorCursor : Qt::ArrowCursor);
    }
    QCustomPlot::mouseMoveEvent(event);
}

void SweepPlot::mouseReleaseEvent(QMouseEvent* event)
{
    if (m_dragging) {
        m_dragging = false;
        Q_EMIT dragFinished();
        return;
    }
    QCustomPlot::mouseReleaseEvent(event);
}

void SweepPlot::mouseDoubleClickEvent(QMouseEvent* event)
{
    Q_UNUSED(event)
    fit();
}

void SweepPlot::keyPressEvent(QKeyEvent* event)
{
    constexpr int page = 10;
    switch (event->key()) {
    case Qt::Key_Right:
    case Qt::Key_Up:
        return void(Q_EMIT stepWanted(1));
    case Qt::Key_Left:
    case Qt::Key_Down:
        return void(Q_EMIT stepWanted(-1));
    case Qt::Key_PageUp:
        return void(Q_EMIT stepWanted(page));
    case Qt::Key_PageDown:
        return void(Q_EMIT stepWanted(-page));
    default:
        QCustomPlot::keyPressEvent(event);
    }
}

void SweepPlot::contextMenuEvent(QContextMenuEvent* event)
{
    if (event->reason() == QContextMenuEvent::Keyboard) {
        Q_EMIT menuAsked(mapToGlobal(rect().center()));
    }
    event->accept();
}

} // namespace ui
