#include "ui/plots/time_plot.hpp"

#include "ui/plots/flag_layer.hpp"
#include "ui/plots/plot_looks.hpp"

#include <algorithm>
#include <cmath>

namespace ui {

using engine::core::Step;

namespace {

constexpr double frameBudget_ms = 8.0; // of a frame's 16: drawing needs the rest
constexpr int clickTolerance = 4;

/// Decimals that the ticks of an axis need.
int decimals(const QCPAxis& axis)
{
    QVector<double> ticks;
    axis.ticker()->generate(axis.range(), QLocale::c(), 'f', 6, ticks, nullptr, nullptr);
    if (ticks.size() < 2) {
        return 0;
    }
    double step = std::abs(ticks[1] - ticks[0]);
    int count = 0;
    while (count < 6 && std::abs(step - std::round(step)) > 1e-4 * step) {
        step *= 10.0;
        ++count;
    }
    return count;
}

} // namespace

TimePlot::TimePlot(TimeAxis& axis, QWidget* parent)
    : QCustomPlot(parent)
    , m_axis(axis)
    , m_colors(&Theme::instance().colors())
    , m_band(new QRubberBand(QRubberBand::Rectangle, this))
    , m_flagLayer(nullptr)
    , m_cursorLayer(nullptr)
{
    // Thick or smooth lines cost ten times as much.
    setNotAntialiasedElements(QCP::aeAll);
    setContextMenuPolicy(Qt::DefaultContextMenu);
    setFocusPolicy(Qt::ClickFocus);
    setMinimumHeight(60);
    m_flagLayer = new FlagLayer(this);
    m_cursorLayer = new CursorLayer(this);
    axisRect()->setupFullAxesBox(false);
    xAxis2->setTicks(false);
    yAxis2->setTicks(false);
    xAxis->setNumberFormat(QStringLiteral("f"));
    yAxis->setNumberFormat(QStringLiteral("f"));
    yAxis->ticker()->setTickCount(4);
    axisRect()->setMinimumSize(10, 10);
    connect(&m_axis, &TimeAxis::changed, this, &TimePlot::timeChanged);
    m_sinceDraw.start();
    xAxis->setRange(m_axis.lower(), m_axis.upper());
}

void TimePlot::begin(const ShownRun& run)
{
    m_run = run;
    m_userRange = false;
    invalidate();
}

void TimePlot::beginSweep(const ShownRun& run, const ShownRun& /*previous*/)
{
    m_run = run;
    invalidate();
}

void TimePlot::setExperiment(std::shared_ptr<const engine::config::Experiment> experiment)
{
    m_run.experiment = std::move(experiment);
}

void TimePlot::invalidate() { m_resolution = 0; }

Step TimePlot::viewFrom() const { return std::max<Step>(0, m_run.grid.steps(m_axis.lower()) - 1); }

Step TimePlot::viewTo() const { return m_run.grid.steps(m_axis.upper()) + 1; }

int TimePlot::pixelColumns() const
{
    return std::max(1, static_cast<int>(axisRect()->width() * bufferDevicePixelRatio()));
}

bool TimePlot::load(const engine::Frame* frame)
{
    if (!m_run.history) {
        return false;
    }
    const Step from = viewFrom();
    const Step to = std::min(viewTo(), m_run.now);
    const Step wanted = resolution();
    if (wanted != m_resolution || from < m_from || from > m_cursor) {
        clearData();
        m_resolution = wanted;
        m_from = m_cursor = from;
    } else if (from > m_from) {
        trim(m_run.grid.time_ms(from));
        m_from = from;
    }
    QElapsedTimer spent;
    spent.start();
    while (m_cursor < to) {
        Slice slice {.from = m_cursor, .to = to, .frame = nullptr};
        if (frame != nullptr && frame->from <= m_cursor) {
            slice.frame = frame;
            slice.to = std::min(to, frame->to);
        } else {
            slice.to = std::min(to, m_cursor + sliceSteps());
            if (frame != nullptr && frame->from < slice.to) {
                slice.to = frame->from;
            }
        }
        if (slice.to <= m_cursor) {
            break;
        }
        append(slice);
        m_cursor = slice.to;
        if (static_cast<double>(spent.nsecsElapsed()) > frameBudget_ms * 1e6) {
            break;
        }
    }
    return m_cursor < to;
}

bool TimePlot::add(const engine::Frame& frame)
{
    m_run.now = std::max(m_run.now, frame.to);
    const auto isShown
        = [this](const engine::AppliedChange& change) { return change.step <= m_cursor; };
    if (showsSamples() && std::any_of(frame.changes.begin(), frame.changes.end(), isShown)) {
        invalidate();
    }
    if (!isVisible()) {
        return false;
    }
    const bool more = load(&frame);
    draw();
    return more;
}

bool TimePlot::loadMore()
{
    if (!isVisible() || !m_run.history) {
        return false;
    }
    const Step before = m_cursor;
    const bool more = load(nullptr);
    if (m_cursor != before || !more) {
        draw();
    }
    return more;
}

void TimePlot::draw()
{
    if (!m_run.history) {
        return;
    }
    const double elapsed_s = static_cast<double>(m_sinceDraw.restart()) * 1e-3;
    refresh(std::min(elapsed_s, 0.25));
    updateTicks();
    replot(QCustomPlot::rpQueuedReplot);
}

void TimePlot::setMoments(const ShownMoments* moments) { m_flagLayer->moments = moments; }

void TimePlot::setFlags(const std::vector<ChangeFlag>* flags, bool withText)
{
    m_flagLayer->flags = flags;
    m_flagLayer->withText = withText;
}

void TimePlot::setTimeLabels(bool shown)
{
    m_timeLabels = shown;
    xAxis->setTickLabels(shown);
    xAxis->setLabel(shown ? timeTitle() : QString());
    m_cursorLayer->setTimeShown(shown);
    updateMargins();
}

std::vector<CursorReading> TimePlot::readings(const ShownRun& /*run*/, Step /*at*/) const
{
    return {};
}

QString TimePlot::timeTitle() const { return tr("Time [ms]"); }

int TimePlot::stripHeight() const { return fontMetrics().height() + 4; }

void TimePlot::updateMargins()
{
    // Fixed, so that stacked panels line up and do not jump with the length of a number.
    const QFontMetrics metrics = fontMetrics();
    const int left = metrics.horizontalAdvance(QStringLiteral("-0000.00")) + metrics.height() + 16;
    const int bottom = m_timeLabels ? 2 * metrics.height() + 14 : 5;
    const int right = metrics.horizontalAdvance(QStringLiteral("00"));
    axisRect()->setAutoMargins(QCP::msNone);
    axisRect()->setMargins(QMargins(left, stripHeight(), right, bottom));
    for (QCPAxis* axis : {xAxis, yAxis}) {
        axis->setTickLabelFont(font());
        axis->setLabelFont(font());
        axis->setLabelPadding(2);
        axis->setTickLabelPadding(3);
    }
    yAxis->setLabelPadding(std::max(
        2, left - metrics.height() - metrics.horizontalAdvance(QStringLiteral("-000.0")) - 14));
    updateValueTitle();
}

void TimePlot::updateTicks()
{
    const int room = 2 * fontMetrics().height();
    yAxis->ticker()->setTickCount(std::clamp(axisRect()->height() / std::max(1, room), 2, 5));
    xAxis->setNumberPrecision(decimals(*xAxis));
    yAxis->setNumberPrecision(decimals(*yAxis));
}

void TimePlot::applyTheme(const PlotColors& colors)
{
    m_colors = &colors;
    setBackground(colors.background);
    for (QCPAxis* axis : {xAxis, yAxis, xAxis2, yAxis2}) {
        dressAxis(*axis, colors, font());
    }
    m_flagLayer->color = colors.text;
    m_flagLayer->momentColor = colors.purple;
    m_flagLayer->ground = colors.background;
    m_flagLayer->ground.setAlpha(210);
    m_cursorLayer->setColors(colors.neutral, colors.text, m_flagLayer->ground);
    updateMargins();
}

void TimePlot::setValueAxisLocked(bool locked) { m_locked = locked; }

void TimePlot::autoscale()
{
    m_userRange = false;
    m_locked = false;
}

void TimePlot::setValueRange(double lower, double upper) { yAxis->setRange(lower, upper); }

void TimePlot::setValueTitle(const QString& title, const QString& unit, const QString& symbol)
{
    m_valueTitle = title;
    m_valueUnit = unit;
    m_valueSymbol = symbol;
    updateValueTitle();
}

void TimePlot::updateValueTitle()
{
    const int room = height() - axisRect()->margins().top() - axisRect()->margins().bottom();
    const QFontMetrics metrics = fontMetrics();
    const QString unit
        = m_valueUnit.isEmpty() ? QString() : QStringLiteral("[%1]").arg(m_valueUnit);
    for (const QString& title : {m_valueTitle, m_valueSymbol, QString()}) {
        const QString label = (title + QLatin1Char(' ') + unit).trimmed();
        if (!label.isEmpty() && metrics.horizontalAdvance(label) <= room) {
            yAxis->setLabel(label);
            return;
        }
    }
    yAxis->setLabel(metrics.elidedText(m_valueTitle, Qt::ElideRight, room));
}

void TimePlot::timeChanged() { xAxis->setRange(m_axis.lower(), m_axis.upper()); }

bool TimePlot::onValueAxis(const QPoint& position) const
{
    return position.x() < axisRect()->left();
}

void TimePlot::wheelEvent(QWheelEvent* event)
{
    const double factor = std::pow(0.85, event->angleDelta().y() / 120.0);
    const QPoint position = event->position().toPoint();
    if (onValueAxis(position)) {
        yAxis->scaleRange(factor, yAxis->pixelToCoord(position.y()));
        m_userRange = true;
        draw();
    } else {
        m_axis.zoom(factor, xAxis->pixelToCoord(position.x()));
    }
    event->accept();
}

void TimePlot::mousePressEvent(QMouseEvent* event)
{
    m_dragFrom = event->pos();
    if (event->button() == Qt::RightButton) {
        m_drag = Drag::box;
    } else if (event->button() == Qt::LeftButton) {
        m_drag = onValueAxis(event->pos()) ? Drag::value : Drag::time;
        const QCPRange range = m_drag == Drag::value ? yAxis->range() : xAxis->range();
        m_dragLower = range.lower;
        m_dragUpper = range.upper;
    }
    event->accept();
}

void TimePlot::mouseMoveEvent(QMouseEvent* event)
{
    const QPoint moved = event->pos() - m_dragFrom;
    if (m_drag == Drag::none || moved.manhattanLength() < clickTolerance) {
        return;
    }
    if (m_drag == Drag::time) {
        const double shift
            = moved.x() * (m_dragUpper - m_dragLower) / std::max(1, axisRect()->width());
        m_axis.show(m_dragLower - shift, m_dragUpper - shift);
    } else if (m_drag == Drag::value) {
        const double shift
            = moved.y() * (m_dragUpper - m_dragLower) / std::max(1, axisRect()->height());
        m_userRange = true;
        setValueRange(m_dragLower + shift, m_dragUpper + shift);
        draw();
    } else {
        m_band->setGeometry(QRect(m_dragFrom, event->pos()).normalized());
        m_band->show();
    }
}

void TimePlot::mouseReleaseEvent(QMouseEvent* event)
{
    const Drag drag = std::exchange(m_drag, Drag::none);
    m_band->hide();
    if (drag != Drag::box) {
        return;
    }
    if ((event->pos() - m_dragFrom).manhattanLength() < clickTolerance) {
        Q_EMIT menuAsked(event->globalPosition().toPoint());
    } else {
        zoomToBox(QRect(m_dragFrom, event->pos()).normalized());
    }
}

void TimePlot::zoomToBox(const QRect& box)
{
    const QRect area = box.intersected(axisRect()->rect());
    if (area.width() < clickTolerance || area.height() < clickTolerance) {
        return;
    }
    m_userRange = true;
    setValueRange(yAxis->pixelToCoord(area.bottom()), yAxis->pixelToCoord(area.top()));
    m_axis.show(xAxis->pixelToCoord(area.left()), xAxis->pixelToCoord(area.right()));
    draw();
}

void TimePlot::mouseDoubleClickEvent(QMouseEvent* event)
{
    autoscale();
    draw();
    event->accept();
}

void TimePlot::contextMenuEvent(QContextMenuEvent* event)
{
    // With the mouse the menu comes on release, because a right drag is a box.
    if (event->reason() == QContextMenuEvent::Keyboard) {
        Q_EMIT menuAsked(mapToGlobal(rect().center()));
    }
    event->accept();
}

void TimePlot::resizeEvent(QResizeEvent* event)
{
    QCustomPlot::resizeEvent(event);
    updateValueTitle();
    if (loadMore()) {
        QTimer::singleShot(0, this, [this] { loadMore(); });
    }
}

void TimePlot::changeEvent(QEvent* event)
{
    QCustomPlot::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        updateMargins();
    }
}

void TimePlot::showEvent(QShowEvent* event)
{
    QCustomPlot::showEvent(event);
    loadMore();
}

} // namespace ui
