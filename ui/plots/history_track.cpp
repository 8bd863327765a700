#include "ui/plots/history_track.hpp"

#include "ui/plots/time_axis.hpp"
#include "ui/theme.hpp"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace ui {
namespace {

constexpr double edge = 4.0; // pixels around an edge of the handle that grip it
constexpr double side = 6.0; // pixels left and right of the strip
constexpr int clickTolerance = 3;

} // namespace

HistoryTrack::HistoryTrack(TimeAxis& axis, QWidget* parent)
    : QWidget(parent)
    , m_axis(axis)
{
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setMinimumWidth(120);
    setAccessibleName(tr("History of the run"));
    setToolTip(tr("The whole run: drag the frame to scroll back, click to mark a moment.\n"
                  "Keys: arrows move the mark, Page Up and Page Down the view, Home to the "
                  "beginning, End to the live edge, Return continues from the mark, Escape takes "
                  "it away"));
    connect(&m_axis, &TimeAxis::changed, this, [this] {
        if (!m_axis.live()) { // the live edge is followed as the span grows, some times a second
            update();
        }
    });
    connect(&m_axis, &TimeAxis::liveChanged, this, qOverload<>(&QWidget::update));
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

QSize HistoryTrack::sizeHint() const { return {300, fontMetrics().height() + 12}; }

void HistoryTrack::setSpan(const Span& span)
{
    m_span = span;
    update();
}

void HistoryTrack::setMoments(const ShownMoments& moments)
{
    m_moments = moments;
    update();
}

double HistoryTrack::pixel(double t) const
{
    return side + (m_span.end > 0.0 ? t / m_span.end : 0.0) * (width() - 2.0 * side);
}

double HistoryTrack::time(double x) const
{
    return (x - side) / std::max(1.0, width() - 2.0 * side) * m_span.end;
}

QRectF HistoryTrack::viewRect() const
{
    const double left = std::clamp(pixel(m_axis.lower()), side, width() - side);
    const double right = std::clamp(pixel(m_axis.upper()), side, width() - side);
    constexpr double least = 8.0; // so that it can be gripped
    const double wide = std::max(least, right - left);
    return {std::min(left, width() - side - wide), 1.0, wide, height() - 2.0};
}

void HistoryTrack::drawSpikes(QPainter& painter) const
{
    const PlotColors& colors = Theme::instance().colors();
    const auto& counts = m_overview.counts();
    const std::uint32_t most = *std::max_element(counts.begin(), counts.end());
    if (most == 0) {
        return;
    }
    painter.setPen(Qt::NoPen);
    painter.setBrush(colors.red);
    const double room = height() - 8.0;
    const double bin_ms = static_cast<double>(m_overview.binSteps()) * m_span.dt;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        if (counts[i] == 0) {
            continue;
        }
        const double left = pixel(static_cast<double>(i) * bin_ms);
        const double right = pixel(static_cast<double>(i + 1) * bin_ms);
        // Roots: a single spike is seen beside a burst.
        const double tall = std::max(2.0, room * std::sqrt(static_cast<double>(counts[i]) / most));
        painter.drawRect(
            QRectF(left, height() - 4.0 - tall, std::max(1.0, right - left - 0.5), tall));
    }
}

void HistoryTrack::drawView(QPainter& painter) const
{
    const PlotColors& colors = Theme::instance().colors();
    QColor fill = hasFocus() ? palette().color(QPalette::Highlight) : colors.axis;
    painter.setPen(QPen(fill, 1));
    fill.setAlpha(40);
    painter.setBrush(fill);
    painter.drawRect(viewRect().adjusted(0.5, 0.5, -0.5, -0.5));
}

void HistoryTrack::paintEvent(QPaintEvent* /*event*/)
{
    const PlotColors& colors = Theme::instance().colors();
    QPainter painter(this);
    painter.fillRect(rect(), colors.background);
    const double top = 3.0;
    const double bottom = height() - 3.0;
    const auto stretch = [&](double from, double to) {
        return QRectF(pixel(from), top, std::max(0.0, pixel(to) - pixel(from)), bottom - top);
    };
    painter.fillRect(stretch(m_span.kept, std::min(m_span.now, m_span.end)), colors.grid);
    if (m_span.kept > 0.0) {
        painter.fillRect(stretch(0.0, m_span.kept), QBrush(colors.grid, Qt::BDiagPattern));
    }
    drawSpikes(painter);
    painter.setPen(QPen(colors.text, 1));
    if (m_flags != nullptr) {
        double last = -1.0;
        for (const ChangeFlag& flag : *m_flags) {
            const double x = std::round(pixel(flag.t));
            if (x != last) {
                painter.drawLine(QPointF(x, top), QPointF(x, top + 5.0));
                last = x;
            }
        }
    }
    const double live = pixel(std::min(m_span.now, m_span.end));
    painter.setPen(QPen(colors.blue, 2));
    painter.drawLine(QPointF(live, 1.0), QPointF(live, height() - 1.0));
    drawView(painter);
    if (m_moments.branch) {
        const double x = pixel(*m_moments.branch);
        painter.setPen(QPen(colors.purple, 1, Qt::DashDotLine));
        painter.drawLine(QPointF(x, 0.0), QPointF(x, height()));
    }
    if (m_moments.marked) {
        const double x = pixel(*m_moments.marked);
        painter.setPen(QPen(colors.purple, 2));
        painter.drawLine(QPointF(x, 0.0), QPointF(x, height()));
        painter.setBrush(colors.purple);
        painter.setPen(Qt::NoPen);
        painter.drawPolygon(QPolygonF({{x - 5.0, 0.0}, {x + 5.0, 0.0}, {x, 6.0}}));
    }
}

HistoryTrack::Grip HistoryTrack::gripAt(double x) const
{
    const QRectF view = viewRect();
    if (x < view.left() - edge || x > view.right() + edge) {
        return Grip::outside;
    }
    if (x <= view.left() + edge) {
        return Grip::lower;
    }
    return x >= view.right() - edge ? Grip::upper : Grip::view;
}

void HistoryTrack::mark(double t)
{
    Q_EMIT marked(std::round(std::clamp(t, m_span.kept, m_span.end) / m_span.dt) * m_span.dt);
}

void HistoryTrack::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton) {
        return;
    }
    m_pressX = event->position().x();
    m_grip = gripAt(m_pressX);
    m_moved = false;
    m_pressLower = m_axis.lower();
    m_pressUpper = m_axis.upper();
}

void HistoryTrack::mouseMoveEvent(QMouseEvent* event)
{
    const double x = event->position().x();
    if (m_grip == Grip::none) {
        const Grip grip = gripAt(x);
        setCursor(grip == Grip::lower || grip == Grip::upper ? Qt::SizeHorCursor
                : grip == Grip::view                         ? Qt::OpenHandCursor
                                                             : Qt::ArrowCursor);
        return;
    }
    if (!m_moved && std::abs(x - m_pressX) < clickTolerance) {
        return;
    }
    m_moved = true;
    const double by = time(x) - time(m_pressX);
    const double least = 5.0 * m_span.dt;
    if (m_grip == Grip::view || m_grip == Grip::outside) {
        const double wide = m_pressUpper - m_pressLower;
        // A drag that begins beside the handle takes it along.
        const double lower = m_grip == Grip::view ? m_pressLower + by : time(x) - 0.5 * wide;
        const double kept = std::clamp(lower, 0.0, std::max(0.0, m_span.end - wide));
        m_axis.show(kept, kept + wide);
    } else if (m_grip == Grip::lower) {
        m_axis.show(std::clamp(m_pressLower + by, 0.0, m_pressUpper - least), m_pressUpper);
    } else {
        m_axis.show(m_pressLower, std::max(m_pressUpper + by, m_pressLower + least));
    }
}

void HistoryTrack::mouseReleaseEvent(QMouseEvent* event)
{
    const Grip grip = std::exchange(m_grip, Grip::none);
    if (grip == Grip::none || m_moved || event->button() != Qt::LeftButton) {
        return;
    }
    const double t = std::clamp(time(m_pressX), 0.0, m_span.end);
    if (grip == Grip::outside) {
        const double wide = m_axis.width();
        m_axis.show(t - 0.5 * wide, t + 0.5 * wide);
    }
    mark(t);
}

void HistoryTrack::moveMark(double by)
{
    const double from = m_moments.marked.value_or(std::min(m_axis.upper(), m_span.now));
    const double to = std::clamp(from + by, m_span.kept, m_span.end);
    mark(to);
    if (to < m_axis.lower() || to > m_axis.upper()) {
        m_axis.show(to - 0.5 * m_axis.width(), to + 0.5 * m_axis.width());
    }
}

void HistoryTrack::keyPressEvent(QKeyEvent* event)
{
    const double small = event->modifiers().testFlag(Qt::ControlModifier)
        ? m_span.dt
        : std::max(m_span.dt, 0.01 * m_axis.width());
    switch (event->key()) {
    case Qt::Key_Left:
        moveMark(-small);
        break;
    case Qt::Key_Right:
        moveMark(small);
        break;
    case Qt::Key_PageUp:
        m_axis.pan(-m_axis.width());
        break;
    case Qt::Key_PageDown:
        m_axis.pan(m_axis.width());
        break;
    case Qt::Key_Home:
        mark(m_span.kept);
        m_axis.show(m_span.kept, m_span.kept + m_axis.width());
        break;
    case Qt::Key_End:
        Q_EMIT marked(std::nullopt);
        m_axis.goLive();
        break;
    case Qt::Key_Escape:
        Q_EMIT marked(std::nullopt);
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        Q_EMIT continueAsked();
        break;
    default:
        QWidget::keyPressEvent(event);
    }
}

void HistoryTrack::wheelEvent(QWheelEvent* event)
{
    const double notches = event->angleDelta().y() / 120.0;
    m_axis.pan(-0.2 * notches * m_axis.width());
    event->accept();
}

} // namespace ui
