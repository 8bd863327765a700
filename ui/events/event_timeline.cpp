#include "ui/events/event_timeline.hpp"

#include "engine/core/value.hpp"
#include "ui/plots/change_flags.hpp"
#include "ui/widgets/nice_numbers.hpp"

#include <QPainter>

#include <algorithm>
#include <cmath>
#include <limits>

// What the timeline shows; what a person does to it stands in event_timeline_input.cpp.

namespace ui {

using engine::config::Event;
using engine::config::PresetDocument;

namespace {

constexpr int margin = 8;
constexpr int pole = 6; // pixels from a flag's pole to its text
constexpr int mostLanes = 5; // of stimuli; of more the strip under the plots tells
constexpr double least_ms = 100.0;

QString lastOf(const std::string& path) { return shortName(path); }

} // namespace

QString eventText(const Event& event)
{
    if (engine::config::PresetDocument::names_state(event.path)) {
        const bool adds = event.path.find("/jump/") != std::string::npos;
        const QString place = QString::fromStdString(event.path).section('/', 1, 1)
            + QLatin1Char(' ') + QString::fromStdString(event.path).section('/', 3, 3);
        return QStringLiteral("%1 %2 %3 %4")
            .arg(place, lastOf(event.path), adds ? QStringLiteral("+") : QStringLiteral("="),
                QString::fromStdString(engine::core::value_text(event.value)));
    }
    const QString change = changeText(event.path, {}, event.value);
    const QString value = QString::fromStdString(engine::core::value_text(event.value));
    return change.contains(QChar(0x2192)) ? QStringLiteral("%1 = %2").arg(lastOf(event.path), value)
                                          : change;
}

EventTimeline::EventTimeline(QWidget* parent)
    : QWidget(parent)
    , m_colors(plotColors(false))
{
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAccessibleName(tr("Timeline of events and stimuli"));
    setToolTip(tr("Double click: a new event. Drag events and edges of stimuli. Wheel: zoom."));
}

const std::vector<Event>& EventTimeline::events() const
{
    static const std::vector<Event> none;
    return m_document ? m_document->experiment().events : none;
}

void EventTimeline::setDocument(const PresetDocument& document)
{
    const std::size_t lanes = m_stimuli.size();
    m_document = document;
    m_stimuli = engine::config::stimulus_views(document);
    m_current = std::min(m_current, static_cast<int>(events().size()) - 1);
    if (lanes != m_stimuli.size()) {
        updateGeometry();
    }
    if (!m_ownView && m_drag.what == Drag::What::nothing) {
        showAll();
    }
    updateEdges();
    update();
}

void EventTimeline::showAll()
{
    m_ownView = false;
    double last = least_ms;
    if (m_document) {
        const auto& experiment = m_document->experiment();
        last = experiment.simulation.duration_ms.value_or(10.0 * least_ms);
        for (const Event& event : events()) {
            last = std::max(last, event.at_ms);
        }
        for (const auto& stimulus : experiment.stimuli) {
            last = std::max(last, stimulus.stop_ms.value_or(stimulus.start_ms));
        }
    }
    constexpr double before = 0.02;
    constexpr double behind = 1.08; // a flag at the end has room for its text
    setView(-before * last, behind * last);
}

void EventTimeline::setView(double lower_ms, double upper_ms)
{
    const double dt = m_document ? m_document->experiment().simulation.dt_ms : 0.1;
    constexpr double mostSteps = 1e9;
    const double width = std::clamp(upper_ms - lower_ms, 20.0 * dt, mostSteps * dt);
    constexpr double before = 0.05; // a view begins at 0 at the earliest, with a little room
    m_lower_ms = std::max(lower_ms, -before * width);
    m_upper_ms = m_lower_ms + width;
    updateEdges();
    update();
}

void EventTimeline::setNow(double t_ms)
{
    const int before = qRound(pixelOf(m_now_ms));
    m_now_ms = t_ms;
    if (qRound(pixelOf(t_ms)) != before && (area().left() <= before || before <= area().right())) {
        update();
    }
}

void EventTimeline::setCurrent(int event)
{
    if (m_current != event) {
        m_current = event;
        update();
    }
}

void EventTimeline::applyTheme(const PlotColors& colors)
{
    m_colors = colors;
    update();
}

int EventTimeline::lineHeight() const { return fontMetrics().height() + 4; }

int EventTimeline::laneTop(std::size_t lane) const
{
    return lineHeight() * static_cast<int>(lane + 1);
}

QRect EventTimeline::area() const { return rect().adjusted(margin, 0, -margin, 0); }

double EventTimeline::pixelOf(double t_ms) const
{
    return area().left() + (t_ms - m_lower_ms) / (m_upper_ms - m_lower_ms) * area().width();
}

double EventTimeline::timeAt(double x) const
{
    return m_lower_ms + (x - area().left()) / area().width() * (m_upper_ms - m_lower_ms);
}

QRect EventTimeline::flagOf(int event) const
{
    const Event& shown = events().at(static_cast<std::size_t>(event));
    const int x = qRound(pixelOf(shown.at_ms));
    const auto next = std::upper_bound(events().begin(), events().end(), shown.at_ms,
        [](double at, const Event& other) { return at < other.at_ms; });
    const int end = next == events().end() ? width() : qRound(pixelOf(next->at_ms)) - 2;
    const int wanted = pole + fontMetrics().horizontalAdvance(eventText(shown)) + 4;
    return {x, laneTop(0), std::max(pole, std::min(wanted, end - x)), lineHeight()};
}

QPoint EventTimeline::pixelOf(const StimulusHandle& edge) const
{
    return {qRound(pixelOf(edge.t_ms)), laneTop(edge.stimulus + 1) + lineHeight() / 2};
}

void EventTimeline::updateEdges()
{
    m_edges.clear();
    if (!m_document) {
        return;
    }
    const HandleView view {std::max(0.0, m_lower_ms), m_upper_ms};
    for (const auto& stimulus : m_stimuli) {
        if (stimulus.index >= mostLanes) {
            break;
        }
        for (StimulusHandle& handle : stimulusHandles(*m_document, stimulus, view)) {
            if (handle.setTime && handle.t_ms >= view.from_ms && handle.t_ms <= view.to_ms) {
                m_edges.push_back(std::move(handle));
            }
        }
    }
}

QSize EventTimeline::sizeHint() const
{
    const auto lanes = static_cast<int>(std::min<std::size_t>(m_stimuli.size(), mostLanes));
    return {60 * fontMetrics().averageCharWidth(), lineHeight() * (2 + lanes) + 2};
}

QSize EventTimeline::minimumSizeHint() const
{
    return {24 * fontMetrics().averageCharWidth(), sizeHint().height()};
}

void EventTimeline::paintEvent(QPaintEvent* event)
{
    Q_UNUSED(event)
    QPainter painter(this);
    painter.fillRect(rect(), m_colors.background);
    paintRuler(painter);
    paintStimuli(painter);
    paintEvents(painter);
    const double now = pixelOf(m_now_ms);
    if (now >= area().left() && now <= area().right()) {
        painter.setPen(QPen(m_colors.neutral, 1));
        painter.drawLine(QPointF(now, lineHeight() - 3), QPointF(now, height()));
    }
    if (hasFocus()) {
        painter.setPen(QPen(palette().highlight().color(), 1));
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
}

void EventTimeline::paintRuler(QPainter& painter) const
{
    const QString widest = QStringLiteral("%1 ms").arg(m_upper_ms, 0, 'f', 0);
    const double room = 2.0 * fontMetrics().horizontalAdvance(widest);
    double step = niceBelow(room / area().width() * (m_upper_ms - m_lower_ms));
    step = step * area().width() / (m_upper_ms - m_lower_ms) < 0.5 * room ? 2.0 * step : step;
    const int decimals = std::max(0, -static_cast<int>(std::floor(std::log10(step) + 1e-9)));
    for (double t = std::ceil(std::max(0.0, m_lower_ms) / step) * step; t <= m_upper_ms;
         t += step) {
        const double x = pixelOf(t);
        painter.setPen(QPen(m_colors.grid, 1));
        painter.drawLine(QPointF(x, lineHeight() - 3), QPointF(x, height()));
        const QString text = tr("%1 ms").arg(t, 0, 'f', decimals);
        const int half = fontMetrics().horizontalAdvance(text) / 2 + 1;
        const int left = std::clamp(qRound(x) - half, 0, std::max(0, width() - 2 * half));
        painter.setPen(m_colors.text);
        painter.drawText(QRect(left, 0, 2 * half, lineHeight()), Qt::AlignCenter, text);
    }
}

void EventTimeline::paintEvents(QPainter& painter) const
{
    if (events().empty()) {
        painter.setPen(m_colors.axis);
        painter.drawText(QRect(area().left(), laneTop(0), area().width(), lineHeight()),
            Qt::AlignVCenter | Qt::AlignLeft, tr("no events: double click to add one"));
        return;
    }
    for (int i = 0; i < static_cast<int>(events().size()); ++i) {
        const QRect flag = flagOf(i);
        if (flag.right() < 0 || flag.left() > width()) {
            continue;
        }
        const Event& shown = events().at(static_cast<std::size_t>(i));
        const bool acted = shown.at_ms < m_now_ms;
        const QColor color = acted ? m_colors.axis : m_colors.orange;
        painter.setPen(QPen(color, i == m_current ? 3 : 1));
        painter.drawLine(flag.left(), flag.top() + 1, flag.left(), height());
        QPolygon pennant;
        pennant << flag.topLeft() + QPoint(0, 2) << flag.topLeft() + QPoint(pole - 1, 5)
                << flag.topLeft() + QPoint(0, 9);
        painter.setBrush(color);
        painter.setPen(Qt::NoPen);
        painter.drawPolygon(pennant);
        painter.setPen(acted ? m_colors.axis : m_colors.text);
        painter.drawText(flag.adjusted(pole, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft,
            fontMetrics().elidedText(eventText(shown), Qt::ElideRight, flag.width() - pole));
    }
}

void EventTimeline::paintStimuli(QPainter& painter) const
{
    for (const auto& view : m_stimuli) {
        if (view.index >= mostLanes) {
            break;
        }
        const auto& stimulus = m_document->experiment().stimuli.at(view.index);
        const int top = laneTop(view.index + 1);
        const double from = std::max(pixelOf(stimulus.start_ms), -1.0);
        const double to = stimulus.stop_ms ? pixelOf(*stimulus.stop_ms) : width() + 1.0;
        const QRectF bar(
            QPointF(from, top + 2), QPointF(std::min(to, width() + 1.0), top + lineHeight() - 2));
        QColor color = m_colors.cycle(view.index);
        if (bar.width() > 0.0) {
            painter.setPen(QPen(color, 1));
            color.setAlphaF(0.18F);
            painter.setBrush(color);
            painter.drawRect(bar);
        }
        painter.setPen(m_colors.text);
        const double left = std::clamp<double>(bar.left() + pole, margin, width());
        painter.drawText(QRectF(left, top, width() - left, lineHeight()),
            Qt::AlignVCenter | Qt::AlignLeft,
            fontMetrics().elidedText(QString::fromStdString(view.name()), Qt::ElideRight,
                static_cast<int>(width() - left)));
    }
    for (const StimulusHandle& edge : m_edges) {
        const QPoint at = pixelOf(edge);
        painter.setPen(QPen(m_colors.cycle(edge.stimulus), 1));
        painter.setBrush(m_colors.background);
        painter.drawRect(at.x() - 3, at.y() - 3, 6, 6);
    }
}

} // namespace ui
