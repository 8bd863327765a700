#include "ui/plots/interval_plots.hpp"

#include "engine/core/value.hpp"
#include "ui/plots/plot_looks.hpp"
#include "ui/plots/plot_menu.hpp"

#include <algorithm>
#include <cmath>

namespace ui {

using engine::analysis::IntervalPair;

// --- return map

ReturnMap::ReturnMap(QWidget* parent)
    : SmallPlot(parent)
    , m_diagonal(addGraph())
    , m_single(addGraph())
    , m_burst(addGraph())
{
    setAccessibleName(tr("Return map of intervals"));
    xAxis->setLabel(tr("Interval n [ms]"));
    yAxis->setLabel(tr("Interval n + 1 [ms]"));
    for (QCPGraph* graph : {m_single, m_burst}) {
        graph->setLineStyle(QCPGraph::lsNone);
        graph->setAdaptiveSampling(false); // several points share a key
    }
    m_single->setName(tr("single"));
    m_burst->setName(tr("in bursts"));
    m_diagonal->removeFromLegend();
    legend->setVisible(true);
    legend->setBorderPen(Qt::NoPen);
    legend->setRowSpacing(0);
    legend->setFillOrder(QCPLegend::foColumnsFirst);
    legend->setMargins(QMargins(0, 0, 0, 0));
    legend->setIconSize(10, 10);
    // Above the plot: within it there are points in every corner.
    plotLayout()->insertRow(0);
    plotLayout()->addElement(0, 0, legend);
    plotLayout()->setRowStretchFactor(0, 0.001);
    plotLayout()->setRowSpacing(0);
    ReturnMap::applyTheme(Theme::instance().colors());
    setPairs({});
}

void ReturnMap::applyTheme(const PlotColors& colors)
{
    SmallPlot::applyTheme(colors);
    m_diagonal->setPen(QPen(colors.axis, 1, Qt::DotLine));
    constexpr double size = 6.0;
    m_single->setScatterStyle(
        QCPScatterStyle(QCPScatterStyle::ssCircle, QPen(colors.blue), Qt::NoBrush, size));
    m_burst->setScatterStyle(
        QCPScatterStyle(QCPScatterStyle::ssTriangle, colors.orange, colors.orange, size));
    legend->setBrush(Qt::NoBrush);
    legend->setTextColor(colors.text);
    legend->setFont(font());
    replot(QCustomPlot::rpQueuedReplot);
}

void ReturnMap::setRange(double lower, double upper, bool logarithmic)
{
    for (QCPAxis* axis : {xAxis, yAxis}) {
        axis->setScaleType(logarithmic ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
        axis->setTicker(logarithmic ? logTicker(lower, upper)
                                    : QSharedPointer<QCPAxisTicker>(new QCPAxisTicker));
        axis->ticker()->setTickCount(4);
        axis->setRange(lower, upper);
    }
}

void ReturnMap::setPairs(std::vector<IntervalPair> pairs)
{
    m_pairs = std::move(pairs);
    QVector<QCPGraphData> single;
    QVector<QCPGraphData> burst;
    double shortest = 0.0;
    double longest = 0.0;
    for (const IntervalPair& pair : m_pairs) {
        (pair.in_burst ? burst : single).append({pair.before_ms, pair.after_ms});
        const auto [low, high] = std::minmax(pair.before_ms, pair.after_ms);
        shortest = shortest > 0.0 ? std::min(shortest, low) : low;
        longest = std::max(longest, high);
    }
    m_single->data()->set(single);
    m_burst->data()->set(burst);
    // Within bursts intervals are a tenth of those between them, or less.
    constexpr double wide = 8.0;
    const bool logarithmicNow = longest > wide * shortest && shortest > 0.0;
    double lower = 0.0;
    double upper = longest > 0.0 ? 1.2 * longest : 100.0;
    if (logarithmicNow) {
        lower = shortest / 1.5;
        upper = longest * 2.0;
    }
    setRange(lower, upper, logarithmicNow);
    m_diagonal->data()->set({{lower, lower}, {upper, upper}}, true);
    legend->setVisible(!burst.isEmpty());
    replot(QCustomPlot::rpQueuedReplot);
}

std::string ReturnMap::csv() const
{
    using engine::core::number_text;
    std::string text = "before_ms,after_ms,in_burst\n";
    for (const IntervalPair& pair : m_pairs) {
        text += number_text(pair.before_ms) + ',' + number_text(pair.after_ms)
            + (pair.in_burst ? ",1\n" : ",0\n");
    }
    return text;
}

// --- instantaneous rate

InstantRatePlot::InstantRatePlot(QWidget* parent)
    : SmallPlot(parent)
    , m_rate(addGraph())
{
    setAccessibleName(tr("Instantaneous rate"));
    xAxis->setLabel(tr("Time [ms]"));
    yAxis->setLabel(tr("1 / interval [Hz]"));
    InstantRatePlot::applyTheme(Theme::instance().colors());
}

void InstantRatePlot::applyTheme(const PlotColors& colors)
{
    SmallPlot::applyTheme(colors);
    m_rate->setPen(QPen(colors.blue, 1));
    constexpr double size = 5.0;
    m_rate->setScatterStyle(
        QCPScatterStyle(QCPScatterStyle::ssDisc, colors.blue, colors.blue, size));
    replot(QCustomPlot::rpQueuedReplot);
}

void InstantRatePlot::setIntervals(const engine::analysis::RecordedIntervals& intervals)
{
    const engine::core::TimeGrid grid(intervals.dt_ms);
    constexpr double ms_per_s = 1000.0;
    QVector<QCPGraphData> points;
    double largest = 0.0;
    for (std::size_t i = 1; i < intervals.stamps.size(); ++i) {
        const auto interval
            = static_cast<double>(intervals.stamps[i] - intervals.stamps[i - 1]) * intervals.dt_ms;
        points.append({grid.time_ms(intervals.stamps[i]), ms_per_s / interval});
        largest = std::max(largest, ms_per_s / interval);
    }
    m_rate->data()->set(points, true);
    const double from = grid.time_ms(intervals.from);
    xAxis->setRange(from, std::max(from + intervals.dt_ms, grid.time_ms(intervals.to)));
    yAxis->setRange(0.0, largest > 0.0 ? 1.1 * largest : 1.0);
    replot(QCustomPlot::rpQueuedReplot);
}

std::string InstantRatePlot::csv() const
{
    using engine::core::number_text;
    std::string text = "time_ms,rate_Hz\n";
    for (const QCPGraphData& point : *m_rate->data()) {
        text += number_text(point.key) + ',' + number_text(point.value) + '\n';
    }
    return text;
}

} // namespace ui
