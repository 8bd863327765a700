#include "ui/response/response_plot.hpp"

#include "engine/core/value.hpp"
#include "ui/plots/plot_looks.hpp"
#include "ui/plots/vertical_line.hpp"
#include "ui/response/trial_raster.hpp"

#include <algorithm>
#include <cmath>

namespace ui {

using engine::analysis::Psth;
using engine::analysis::PsthBin;
using engine::analysis::Trial;

namespace {

constexpr int hintHeight = 16; // pixels
constexpr int paleAlpha = 60;

double startMs(const Psth& psth, const PsthBin& bin)
{
    return psth.dt_ms * static_cast<double>(bin.from);
}

/// A step for each bin; `shift` times the error is added.
QVector<QCPGraphData> stepsOf(const Psth& psth, double shift)
{
    QVector<QCPGraphData> out;
    for (const PsthBin& bin : psth.bins) {
        const double error = std::isnan(bin.rate_Hz.error) ? 0.0 : bin.rate_Hz.error;
        out.append({startMs(psth, bin), std::max(0.0, bin.rate_Hz.value + shift * error)});
    }
    if (!out.isEmpty()) { // the last bin ends somewhere too
        out.append(
            {out.back().key + psth.dt_ms * static_cast<double>(psth.width), out.back().value});
    }
    return out;
}

} // namespace

ResponsePlot::ResponsePlot(QWidget* parent)
    : SmallPlot(parent)
{
    setAccessibleName(tr("Response over trials"));
    m_hintRect = makeRect();
    m_rasterRect = makeRect();
    m_rateRect = axisRect(); // of xAxis and yAxis
    plotLayout()->setRowSpacing(0);
    arrange(false);
    m_hintRect->setMinimumSize(10, hintHeight);
    m_hintRect->setMaximumSize(QWIDGETSIZE_MAX, hintHeight);
    m_hintRect->setupFullAxesBox(false);
    for (QCPAxis* axis : m_hintRect->axes()) {
        axis->setVisible(false);
        axis->grid()->setVisible(false);
    }
    auto* margins = new QCPMarginGroup(this);
    for (QCPAxisRect* rect : axisRects()) {
        rect->setMarginGroup(QCP::msLeft | QCP::msRight, margins);
        rect->setMinimumMargins(QMargins(2, 4, 8, 2));
        m_triggerLines.push_back(
            verticalLine(this, rect->axis(QCPAxis::atBottom), rect->axis(QCPAxis::atLeft)));
        placeLine(*m_triggerLines.back(), 0.0);
    }
    m_hintRect->setMinimumMargins(QMargins(2, 2, 8, 0));
    m_rasterRect->setMinimumMargins(QMargins(2, 0, 8, 0));
    QCPAxis* trials = m_rasterRect->axis(QCPAxis::atLeft);
    trials->setLabel(tr("Trial"));
    const QSharedPointer<QCPAxisTickerFixed> whole(new QCPAxisTickerFixed); // trials are counted
    whole->setTickStep(1.0);
    whole->setScaleStrategy(QCPAxisTickerFixed::ssMultiples);
    whole->setTickCount(4);
    trials->setTicker(whole);
    xAxis->setLabel(tr("Time from the trigger [ms]"));
    yAxis->setLabel(tr("Rate [Hz]"));

    m_current = addGraph(m_hintRect->axis(QCPAxis::atBottom), m_hintRect->axis(QCPAxis::atLeft));
    m_current->setLineStyle(QCPGraph::lsStepLeft);
    m_mark = addGraph(m_hintRect->axis(QCPAxis::atBottom), m_hintRect->axis(QCPAxis::atLeft));
    m_mark->setLineStyle(QCPGraph::lsNone);
    m_raster = new TrialRaster(
        m_rasterRect->axis(QCPAxis::atBottom), m_rasterRect->axis(QCPAxis::atLeft));
    for (QCPGraph** graph : {&m_earlier, &m_low, &m_high, &m_baseline, &m_rate, &m_peak}) {
        *graph = addGraph();
        (*graph)->setLineStyle(QCPGraph::lsStepLeft);
        (*graph)->setAdaptiveSampling(false); // steps keep their corners
    }
    m_high->setChannelFillGraph(m_low);
    m_peak->setLineStyle(QCPGraph::lsNone);
    setResponse({}, {}, {}, {});
    ResponsePlot::applyTheme(Theme::instance().colors());
}

QCPAxisRect* ResponsePlot::makeRect()
{
    auto* rect = new QCPAxisRect(this);
    rect->setMinimumSize(10, 10);
    rect->setupFullAxesBox(false);
    for (QCPAxis* axis : rect->axes()) {
        axis->setLayer(QStringLiteral("axes"));
        axis->grid()->setLayer(QStringLiteral("grid"));
    }
    for (const auto side : {QCPAxis::atTop, QCPAxis::atRight}) {
        rect->axis(side)->setTicks(false);
    }
    for (const auto side : {QCPAxis::atBottom, QCPAxis::atLeft}) {
        rect->axis(side)->ticker()->setTickCount(4);
    }
    return rect;
}

void ResponsePlot::arrange(bool beside)
{
    for (QCPAxisRect* rect : {m_hintRect, m_rasterRect, m_rateRect}) {
        if (rect->layout() != nullptr) {
            rect->layout()->take(rect);
        }
    }
    plotLayout()->clear(); // an empty column of trials
    plotLayout()->simplify();
    if (beside) {
        auto* trials = new QCPLayoutGrid;
        trials->setRowSpacing(0);
        trials->addElement(0, 0, m_hintRect);
        trials->addElement(1, 0, m_rasterRect);
        trials->setRowStretchFactor(0, 0.001);
        plotLayout()->addElement(0, 0, trials);
        plotLayout()->addElement(0, 1, m_rateRect);
    } else {
        plotLayout()->addElement(0, 0, m_hintRect);
        plotLayout()->addElement(1, 0, m_rasterRect);
        plotLayout()->addElement(2, 0, m_rateRect);
        plotLayout()->setRowStretchFactor(1, 1.0);
        plotLayout()->setRowStretchFactor(2, 1.0);
    }
    plotLayout()->setRowStretchFactor(0, beside ? 1.0 : 0.001);
    m_rasterRect->axis(QCPAxis::atBottom)->setTickLabels(beside);
    m_beside = beside;
}

const std::vector<Trial>& ResponsePlot::trials() const { return m_raster->trials(); }

bool ResponsePlot::isInRaster(const QPoint& position) const
{
    return !m_rateRect->outerRect().contains(position);
}

void ResponsePlot::setResponse(std::vector<Trial> trials,
    const engine::analysis::TrialWindow& window, const Psth& psth, const Psth& earlier)
{
    const bool other = window.before + window.after > 0 && psth.neurons != m_psth.neurons;
    m_psth = psth;
    m_highest = other ? 0.0 : m_highest;
    const double dt = psth.dt_ms > 0.0 ? psth.dt_ms : 0.1;
    const auto ms = [dt](engine::core::Step steps) { return dt * static_cast<double>(steps); };
    const bool empty = window.before + window.after <= 0;
    const QCPRange times(empty ? -50.0 : -ms(window.before), empty ? 100.0 : ms(window.after));
    for (QCPAxisRect* rect : axisRects()) {
        rect->axis(QCPAxis::atBottom)->setRange(times);
    }
    // Few rows stay low: a single one would fill the plot.
    constexpr std::size_t leastRows = 10;
    const auto rows = static_cast<double>(std::max(trials.size(), leastRows));
    m_rasterRect->axis(QCPAxis::atLeft)->setRange(0.0, rows);
    m_raster->setTrials(std::move(trials), dt);
    m_earlier->data()->set(stepsOf(earlier, 0.0), true);
    fillRates();
    replot(QCustomPlot::rpQueuedReplot);
}

void ResponsePlot::fillRates()
{
    m_rate->data()->set(stepsOf(m_psth, 0.0), true);
    m_low->data()->set(stepsOf(m_psth, -1.0), true);
    m_high->data()->set(stepsOf(m_psth, 1.0), true);
    m_baseline->data()->clear();
    if (m_psth.baseline_Hz) {
        const QCPRange times = xAxis->range();
        m_baseline->data()->set(
            {{times.lower, m_psth.baseline_Hz->value}, {times.upper, m_psth.baseline_Hz->value}},
            true);
    }
    m_peak->data()->clear();
    if (m_psth.peak) {
        m_peak->addData(m_psth.middle_ms(*m_psth.peak), m_psth.peak->rate_Hz.value);
    }
    double highest = 0.0;
    for (const QCPGraph* graph : {m_high, m_earlier}) {
        for (const QCPGraphData& point : *graph->data()) {
            highest = std::max(highest, point.value);
        }
    }
    // Grows at once and shrinks only when it is much too high.
    constexpr double room = 1.15;
    constexpr double shrink = 0.6;
    const double top = highest > 0.0 ? room * highest : 1.0;
    m_highest = top > m_highest || top < shrink * m_highest ? top : m_highest;
    yAxis->setRange(0.0, m_highest);
}

void ResponsePlot::setHint(const StimulusHint& hint)
{
    m_hint = hint;
    fillHint();
    replot(QCustomPlot::rpQueuedReplot);
}

void ResponsePlot::fillHint()
{
    QVector<QCPGraphData> points;
    double low = 0.0;
    double high = 0.0;
    for (const QPointF& point : m_hint.current) {
        points.append({point.x(), point.y()});
        low = std::min(low, point.y());
        high = std::max(high, point.y());
    }
    m_current->data()->set(points, true);
    const double size = high > low ? high - low : 1.0;
    m_hintRect->axis(QCPAxis::atLeft)->setRange(low - 0.05 * size, high + 0.15 * size);
    m_mark->data()->clear();
    if (m_hint.mark) {
        m_mark->addData(0.0, low + 0.5 * size);
    }
}

void ResponsePlot::applyTheme(const PlotColors& colors)
{
    SmallPlot::applyTheme(colors);
    for (QCPAxisRect* rect : {m_hintRect, m_rasterRect}) {
        for (QCPAxis* axis : rect->axes()) {
            dressAxis(*axis, colors, font());
        }
    }
    QColor pale = colors.blue;
    pale.setAlpha(paleAlpha);
    QColor paleStimulus = colors.orange;
    paleStimulus.setAlpha(paleAlpha);
    m_current->setPen(QPen(colors.orange, 1));
    m_current->setBrush(paleStimulus);
    constexpr double size = 8.0;
    m_mark->setScatterStyle(QCPScatterStyle(
        QCPScatterStyle::ssTriangleInverted, QPen(colors.orange), colors.orange, size));
    m_raster->setColor(colors.blue);
    QColor past = colors.axis;
    constexpr int pastAlpha = 130;
    past.setAlpha(pastAlpha);
    m_earlier->setPen(QPen(past, 1));
    m_low->setPen(Qt::NoPen);
    m_high->setPen(Qt::NoPen);
    m_high->setBrush(pale);
    m_baseline->setPen(QPen(colors.neutral, 1, Qt::DashLine));
    m_rate->setPen(QPen(colors.blue, 1));
    m_peak->setScatterStyle(
        QCPScatterStyle(QCPScatterStyle::ssTriangleInverted, QPen(colors.red), colors.red, size));
    for (QCPItemStraightLine* line : m_triggerLines) {
        line->setPen(QPen(colors.orange, 1));
    }
    replot(QCustomPlot::rpQueuedReplot);
}

void ResponsePlot::resizeEvent(QResizeEvent* event)
{
    SmallPlot::resizeEvent(event);
    // Below that, one above the other, neither has room for its axis.
    constexpr int lines = 14;
    const bool beside = height() < lines * fontMetrics().height() && width() > 2 * height();
    if (beside != m_beside) {
        arrange(beside);
        replot(QCustomPlot::rpQueuedReplot);
    }
}

std::string ResponsePlot::csv() const
{
    using engine::core::number_text;
    const engine::core::TimeGrid grid(m_psth.dt_ms > 0.0 ? m_psth.dt_ms : 0.1);
    std::string text = "from_ms,to_ms,rate_Hz,rate_error_Hz\n";
    for (const PsthBin& bin : m_psth.bins) {
        text += number_text(grid.time_ms(bin.from)) + ','
            + number_text(grid.time_ms(bin.from + m_psth.width)) + ','
            + number_text(bin.rate_Hz.value) + ','
            + (std::isnan(bin.rate_Hz.error) ? std::string() : number_text(bin.rate_Hz.error))
            + '\n';
    }
    return text;
}

std::string ResponsePlot::trialsCsv() const
{
    using engine::core::number_text;
    const engine::core::TimeGrid grid(m_psth.dt_ms > 0.0 ? m_psth.dt_ms : 0.1);
    std::string text = "trial,trigger_ms,time_ms,spikes\n";
    for (std::size_t n = 0; n < trials().size(); ++n) {
        const std::string start
            = std::to_string(n + 1) + ',' + number_text(grid.time_ms(trials()[n].trigger)) + ',';
        for (const auto& spikes : trials()[n].spikes) {
            text += start + number_text(grid.time_ms(spikes.offset)) + ','
                + std::to_string(spikes.count) + '\n';
        }
    }
    return text;
}

} // namespace ui
