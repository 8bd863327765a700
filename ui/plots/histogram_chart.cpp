#include "ui/plots/histogram_chart.hpp"

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

void setTicks(QValueAxis& axis, double lower, double upper, int count, bool whole)
{
    double step = tickStep(upper, count);
    if (whole) {
        step = std::max(1.0, step);
    }
    const int decimals = std::clamp(static_cast<int>(std::ceil(-std::log10(step))), 0, 6);
    // A label for each tick is made at once: never a fine step over a wide range.
    const bool wider = upper - lower > axis.max() - axis.min();
    axis.setTickType(QValueAxis::TicksDynamic);
    axis.setTickAnchor(0.0);
    if (wider) {
        axis.setTickInterval(step);
    }
    axis.setRange(lower, upper);
    axis.setTickInterval(step);
    axis.setLabelFormat(QStringLiteral("%.%1f").arg(decimals));
}

} // namespace

HistogramChart::HistogramChart(const QString& title, QWidget* parent)
    : QChartView(new QChart, parent)
    , m_area(new QAreaSeries)
    , m_outline(new QLineSeries)
    , m_reference(new QLineSeries)
    , m_measured(new QLineSeries)
    , m_theory(new QLineSeries)
    , m_valueAxis(new QValueAxis(this))
    , m_countAxis(new QValueAxis(this))
{
    setFrameShape(QFrame::NoFrame);
    setMinimumSize(150, 110);
    m_area->setUpperSeries(m_outline);
    chart()->addSeries(m_area);
    chart()->addAxis(m_valueAxis, Qt::AlignBottom);
    chart()->addAxis(m_countAxis, Qt::AlignLeft);
    m_area->attachAxis(m_valueAxis);
    m_area->attachAxis(m_countAxis);
    for (QLineSeries* line : {m_reference, m_measured, m_theory}) {
        addLine(line);
    }
    chart()->legend()->hide();
    chart()->setMargins(QMargins(2, 2, 6, 2));
    chart()->setBackgroundRoundness(0.0);
    chart()->layout()->setContentsMargins(0, 0, 0, 0);
    m_valueAxis->setTitleText(title);
    m_countAxis->setTitleText(tr("Count"));
    applyFonts();
    HistogramChart::applyTheme(Theme::instance().colors());
    updateAxes();
}

void HistogramChart::addLine(QLineSeries* series)
{
    chart()->addSeries(series);
    series->attachAxis(m_valueAxis);
    series->attachAxis(m_countAxis);
}

void HistogramChart::setHistogram(const HistogramData& histogram)
{
    m_histogram = histogram;
    QList<QPointF> steps;
    steps.append({histogram.lower, 0.0});
    for (std::size_t b = 0; b < histogram.counts.size(); ++b) {
        const double left = histogram.lower + histogram.width * static_cast<double>(b);
        const auto count = static_cast<double>(histogram.counts[b]);
        steps.append({left, count});
        steps.append({left + histogram.width, count});
    }
    steps.append({steps.back().x(), 0.0});
    m_outline->replace(steps);
    updateAxes();
}

void HistogramChart::setReference(const QList<QPointF>& curve)
{
    m_reference->replace(curve);
    updateAxes();
}

QList<QPointF> HistogramChart::reference() const { return m_reference->points(); }

void HistogramChart::setMarks(const std::vector<Mark>& marks)
{
    m_marks = marks;
    updateAxes();
}

void HistogramChart::setCaption(const QString& caption) { chart()->setTitle(caption); }

QString HistogramChart::caption() const { return chart()->title(); }

void HistogramChart::drawMarks()
{
    for (QLineSeries* series : {m_measured, m_theory}) {
        QList<QPointF> points;
        for (const Mark& mark : m_marks) {
            // A chart has one line for each kind: at most one mark of each.
            if (mark.theory == (series == m_theory)) {
                points = {{mark.x, 0.0}, {mark.x, m_countAxis->max()}};
            }
        }
        series->replace(points);
    }
}

void HistogramChart::updateAxes()
{
    // Without height to spare the numbers come before the title.
    constexpr int lines = 9;
    m_valueAxis->setTitleVisible(height() >= lines * fontMetrics().height());
    double upper
        = m_histogram.lower + m_histogram.width * static_cast<double>(m_histogram.counts.size());
    double most = 0.0;
    for (const std::uint64_t count : m_histogram.counts) {
        most = std::max(most, static_cast<double>(count));
    }
    for (const QPointF& point : m_reference->points()) {
        most = std::max(most, point.y());
    }
    for (const Mark& mark : m_marks) {
        upper = std::max(upper, mark.x);
    }
    upper = upper > 0.0 ? 1.05 * upper : 100.0;
    const QFontMetrics metrics(font());
    const int label = 3 * metrics.horizontalAdvance(QStringLiteral("0000"));
    setTicks(*m_valueAxis, std::min(0.0, m_histogram.lower), upper,
        std::clamp(width() / std::max(1, label), 2, 8), false);
    setTicks(*m_countAxis, 0.0, std::max(1.0, 1.1 * most),
        std::clamp(height() / (4 * metrics.height()), 2, 6), true);
    drawMarks();
}

void HistogramChart::applyFonts()
{
    for (QValueAxis* axis : {m_valueAxis, m_countAxis}) {
        axis->setLabelsFont(font());
        axis->setTitleFont(font());
    }
    chart()->setTitleFont(font());
}

void HistogramChart::applyTheme(const PlotColors& colors)
{
    setBackgroundBrush(colors.background);
    chart()->setBackgroundBrush(colors.background);
    m_area->setPen(QPen(colors.blue, 1));
    QColor filling = colors.blue;
    filling.setAlpha(120);
    m_area->setBrush(filling);
    chart()->setTitleBrush(colors.text);
    m_reference->setPen(QPen(colors.orange, 1, Qt::DashLine));
    m_measured->setPen(QPen(colors.blue, 1));
    m_theory->setPen(QPen(colors.text, 1, Qt::DashDotLine));
    for (QValueAxis* axis : {m_valueAxis, m_countAxis}) {
        axis->setLabelsColor(colors.text);
        axis->setTitleBrush(colors.text);
        axis->setLinePen(QPen(colors.axis, 1));
        axis->setGridLinePen(QPen(colors.grid, 1));
    }
}

void HistogramChart::paintForExport(QPainter& painter, QSize size)
{
    applyTheme(plotColors(false));
    render(&painter, QRectF(QPointF(0, 0), size));
    applyTheme(Theme::instance().colors());
}

std::string HistogramChart::csv(const std::string& name, const std::string& unit) const
{
    using engine::core::number_text;
    std::string text = name + "_from" + unit + ',' + name + "_to" + unit + ",count\n";
    for (std::size_t b = 0; b < m_histogram.counts.size(); ++b) {
        const double left = m_histogram.lower + m_histogram.width * static_cast<double>(b);
        text += number_text(left) + ',' + number_text(left + m_histogram.width) + ','
            + std::to_string(m_histogram.counts[b]) + '\n';
    }
    return text;
}

void HistogramChart::contextMenuEvent(QContextMenuEvent* event)
{
    Q_EMIT menuAsked(event->globalPos());
    event->accept();
}

void HistogramChart::changeEvent(QEvent* event)
{
    QChartView::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        applyFonts();
        updateAxes();
    }
}

void HistogramChart::resizeEvent(QResizeEvent* event)
{
    QChartView::resizeEvent(event);
    updateAxes();
}

} // namespace ui
