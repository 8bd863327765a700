#include "ui/plots/interval_chart.hpp"

#include "engine/core/value.hpp"

#include <QContextMenuEvent>
#include <QGraphicsLayout>
#include <QtCharts/QAreaSeries>
#include <QtCharts/QChart>
#include <QtCharts/QLineSeries>
#include <QtCharts/QValueAxis>

#include <algorithm>
#include <cmath>

namespace ui {
namespace {

/// A step between ticks, of 1, 2 and 5, that makes about `count` of them.
double tickStep(double upper, int count)
{
    const double rough = upper / std::max(1, count);
    const double decade = std::pow(10.0, std::floor(std::log10(rough)));
    for (const double factor : {1.0, 2.0, 5.0}) {
        if (factor * decade >= rough * 0.999) {
            return factor * decade;
        }
    }
    return 10.0 * decade;
}

void setTicks(QValueAxis& axis, double upper, int count, bool whole)
{
    double step = tickStep(upper, count);
    if (whole) {
        step = std::max(1.0, step);
    }
    const int decimals = std::clamp(static_cast<int>(std::ceil(-std::log10(step))), 0, 6);
    axis.setRange(0.0, upper);
    axis.setTickType(QValueAxis::TicksDynamic);
    axis.setTickAnchor(0.0);
    axis.setTickInterval(step);
    axis.setLabelFormat(QStringLiteral("%.%1f").arg(decimals));
}

} // namespace

IntervalChart::IntervalChart(QWidget* parent)
    : QChartView(new QChart, parent)
    , m_area(new QAreaSeries)
    , m_outline(new QLineSeries)
    , m_intervalAxis(new QValueAxis(this))
    , m_countAxis(new QValueAxis(this))
{
    setAccessibleName(tr("Histogram of intervals"));
    setFrameShape(QFrame::NoFrame);
    setMinimumSize(150, 110);
    m_area->setUpperSeries(m_outline);
    chart()->addSeries(m_area);
    chart()->addAxis(m_intervalAxis, Qt::AlignBottom);
    chart()->addAxis(m_countAxis, Qt::AlignLeft);
    m_area->attachAxis(m_intervalAxis);
    m_area->attachAxis(m_countAxis);
    chart()->legend()->hide();
    chart()->setMargins(QMargins(2, 2, 6, 2));
    chart()->setBackgroundRoundness(0.0);
    chart()->layout()->setContentsMargins(0, 0, 0, 0);
    m_intervalAxis->setTitleText(tr("Interval [ms]"));
    m_countAxis->setTitleText(tr("Count"));
    applyFonts();
    applyTheme(Theme::instance().colors());
    updateAxes();
}

void IntervalChart::setIntervals(const engine::analysis::RegroupedIntervals& intervals)
{
    m_intervals = intervals;
    QList<QPointF> steps;
    steps.append({0.0, 0.0});
    for (std::size_t b = 0; b < intervals.counts.size(); ++b) {
        const double left = intervals.width_ms * static_cast<double>(b);
        const auto count = static_cast<double>(intervals.counts[b]);
        steps.append({left, count});
        steps.append({left + intervals.width_ms, count});
    }
    steps.append({steps.back().x(), 0.0});
    m_outline->replace(steps);
    updateAxes();
}

void IntervalChart::updateAxes()
{
    double longest = m_intervals.width_ms * static_cast<double>(m_intervals.counts.size());
    double most = 0.0;
    for (const std::uint64_t count : m_intervals.counts) {
        most = std::max(most, static_cast<double>(count));
    }
    longest = longest > 0.0 ? 1.05 * longest : 100.0;
    const QFontMetrics metrics(font());
    const int label = 3 * metrics.horizontalAdvance(QStringLiteral("0000"));
    setTicks(*m_intervalAxis, longest, std::clamp(width() / std::max(1, label), 2, 8), false);
    setTicks(*m_countAxis, std::max(1.0, 1.1 * most),
        std::clamp(height() / (4 * metrics.height()), 2, 6), true);
}

void IntervalChart::applyFonts()
{
    for (QValueAxis* axis : {m_intervalAxis, m_countAxis}) {
        axis->setLabelsFont(font());
        axis->setTitleFont(font());
    }
}

void IntervalChart::applyTheme(const PlotColors& colors)
{
    setBackgroundBrush(colors.background);
    chart()->setBackgroundBrush(colors.background);
    m_area->setPen(QPen(colors.blue, 1));
    QColor filling = colors.blue;
    filling.setAlpha(120);
    m_area->setBrush(filling);
    for (QValueAxis* axis : {m_intervalAxis, m_countAxis}) {
        axis->setLabelsColor(colors.text);
        axis->setTitleBrush(colors.text);
        axis->setLinePen(QPen(colors.axis, 1));
        axis->setGridLinePen(QPen(colors.grid, 1));
    }
}

void IntervalChart::paintForExport(QPainter& painter, QSize size)
{
    applyTheme(plotColors(false));
    render(&painter, QRectF(QPointF(0, 0), size));
    applyTheme(Theme::instance().colors());
}

std::string IntervalChart::csv() const
{
    using engine::core::number_text;
    std::string text = "interval_from_ms,interval_to_ms,count\n";
    for (std::size_t b = 0; b < m_intervals.counts.size(); ++b) {
        text += number_text(m_intervals.width_ms * static_cast<double>(b)) + ','
            + number_text(m_intervals.width_ms * static_cast<double>(b + 1)) + ','
            + std::to_string(m_intervals.counts[b]) + '\n';
    }
    return text;
}

void IntervalChart::contextMenuEvent(QContextMenuEvent* event)
{
    Q_EMIT menuAsked(event->globalPos());
    event->accept();
}

void IntervalChart::changeEvent(QEvent* event)
{
    QChartView::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        applyFonts();
        updateAxes();
    }
}

void IntervalChart::resizeEvent(QResizeEvent* event)
{
    QChartView::resizeEvent(event);
    updateAxes();
}

} // namespace ui
