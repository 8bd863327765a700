#include "ui/panels/distributions_panel.hpp"

#include "engine/analysis/recorded_intervals.hpp"
#include "ui/panels/quantity_texts.hpp"
#include "ui/widgets/column_size.hpp"

#include <QComboBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QTabBar>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace ui {

using engine::analysis::IntervalHistogram;
using engine::analysis::PopulationStatistics;

namespace {

constexpr double ms_per_s = 1000.0;

/// `unit`: of one step of the histogram, on the chart's axis.
HistogramData shown(const IntervalHistogram& histogram, double unit)
{
    const double width = engine::analysis::automatic_width_ms(histogram, unit);
    const auto bins = engine::analysis::regrouped(histogram, unit, width);
    return {0.0, bins.width_ms, bins.counts};
}

std::uint64_t total(const IntervalHistogram& histogram)
{
    return std::accumulate(histogram.counts().begin(), histogram.counts().end(), std::uint64_t {0});
}

QString number(double value, int decimals) { return QString::number(value, 'f', decimals); }

/// Counts that intervals of a Poisson process of the same mean would have: n w r exp(-r t).
QList<QPointF> exponential(const HistogramData& bins, double n, double mean)
{
    QList<QPointF> curve;
    for (std::size_t b = 0; b < bins.counts.size(); ++b) {
        const double middle = bins.width * (static_cast<double>(b) + 0.5);
        curve.append({middle, n * bins.width / mean * std::exp(-middle / mean)});
    }
    return curve;
}

/// Neurons in each bin of counts where all have the same rate and Poisson trains; `together` counts
/// in a bin.
QList<QPointF> poisson(const HistogramData& bins, double neurons, double mean, int together)
{
    QList<QPointF> curve;
    for (std::size_t b = 0; b < bins.counts.size(); ++b) {
        double share = 0.0;
        for (int i = 0; i < together; ++i) {
            const double k = static_cast<double>(b) * together + i;
            share += std::exp(k * std::log(mean) - mean - std::lgamma(k + 1.0));
        }
        curve.append({bins.lower + bins.width * (static_cast<double>(b) + 0.5), neurons * share});
    }
    return curve;
}

} // namespace

DistributionsPanel::DistributionsPanel(
    EngineBridge& bridge, const NetworkTheory& theory, QWidget* parent)
    : NetworkPanel(bridge, theory, Together::yes, parent)
    , m_intervals(new HistogramChart(tr("Interval [ms]"), this))
    , m_cvs(new HistogramChart(tr("CV of a neuron's intervals"), this))
    , m_rates(new HistogramChart(tr("Rate of a neuron [Hz]"), this))
    , m_tabs(new QTabBar(this))
    , m_grid(new QGridLayout)
{
    setAccessibleName(tr("Distributions"));
    m_intervals->setAccessibleName(tr("Histogram of intervals"));
    m_cvs->setAccessibleName(tr("Histogram of the neurons' CV"));
    m_rates->setAccessibleName(tr("Histogram of the neurons' rates"));
    m_tabs->addTab(tr("Intervals"));
    m_tabs->addTab(tr("CV"));
    m_tabs->addTab(tr("Rates"));
    m_tabs->setDrawBase(false);
    m_tabs->setAccessibleName(tr("Which distribution"));
    choices().addWidget(m_tabs);
    choices().addStretch();
    m_grid->setSpacing(4);
    column().addLayout(m_grid, 1);
    addChart(*m_intervals, [this] { return m_intervals->csv("interval", "_ms"); });
    addChart(*m_cvs, [this] { return m_cvs->csv("cv", ""); });
    addChart(*m_rates, [this] { return m_rates->csv("rate", "_Hz"); });
    connect(m_tabs, &QTabBar::currentChanged, this, &DistributionsPanel::arrange);
    arrange();
}

void DistributionsPanel::beginSession()
{
    for (HistogramChart* chart : {m_intervals, m_cvs, m_rates}) {
        chart->setHistogram({});
        chart->setReference({});
        chart->setMarks({});
        chart->setCaption({});
    }
}

void DistributionsPanel::renew()
{
    const PopulationStatistics* s = chosen();
    if (s == nullptr) {
        setWords(tr("Nothing has been measured yet."));
        return;
    }
    std::uint64_t neurons = 0; // in the pooled histograms they stand for the others
    for (const PopulationStatistics& p : statistics()->populations) {
        neurons += !population() || &p == s ? total(p.distributions.counts) : 0;
    }
    setWords(
        tr("%1 of %2 neurons, %3. Solid: mean. Dash-dotted: theory. Dashed: a Poisson process of "
           "this rate.")
            .arg(neurons)
            .arg(s->neurons)
            .arg(spanText(statistics()->from_ms, statistics()->to_ms)));
    showIntervals(*s);
    showCvs(*s);
    showRates(*s);
}

void DistributionsPanel::showIntervals(const PopulationStatistics& s)
{
    const IntervalHistogram& intervals = s.distributions.intervals;
    const double dt_ms = experiment()->simulation.dt_ms;
    const HistogramData bins = shown(intervals, dt_ms);
    m_intervals->setHistogram(bins);
    const auto n = static_cast<double>(total(intervals));
    std::vector<HistogramChart::Mark> marks;
    QStringList caption;
    QList<QPointF> reference;
    if (n > 0.0) {
        double sum = 0.0;
        for (std::size_t b = 0; b < intervals.counts().size(); ++b) {
            sum += static_cast<double>(intervals.counts()[b]) * static_cast<double>(b)
                * static_cast<double>(intervals.width());
        }
        const double mean = dt_ms * sum / n;
        marks.push_back({mean, false});
        caption += tr("mean %1 ms").arg(number(mean, 1));
        reference = exponential(bins, n, mean);
    }
    // Where neurons hardly fire, theory's interval is beyond any chart.
    constexpr double least_Hz = 0.1;
    if (const auto* state = theory().complete().active();
        state != nullptr && state->rate_Hz > least_Hz) {
        marks.push_back({ms_per_s / state->rate_Hz, true});
        caption += tr("theory %1 ms").arg(number(ms_per_s / state->rate_Hz, 1));
    }
    m_intervals->setReference(reference);
    m_intervals->setMarks(marks);
    m_intervals->setCaption(caption.join(QStringLiteral("; ")));
}

void DistributionsPanel::showCvs(const PopulationStatistics& s)
{
    constexpr double unit = engine::analysis::TrainDistributions::cv_unit;
    m_cvs->setHistogram(shown(s.distributions.cvs, unit));
    std::vector<HistogramChart::Mark> marks;
    QStringList caption;
    if (s.cv_isi) {
        marks.push_back({*s.cv_isi, false});
        caption += tr("mean %1").arg(number(*s.cv_isi, 2));
    }
    if (const auto* state = theory().complete().active()) {
        marks.push_back({state->cv, true});
        caption += tr("theory %1").arg(number(state->cv, 2));
    }
    m_cvs->setMarks(marks);
    m_cvs->setCaption(caption.join(QStringLiteral("; ")));
}

void DistributionsPanel::showRates(const PopulationStatistics& s)
{
    const IntervalHistogram& counts = s.distributions.counts;
    const double per_spike_Hz = ms_per_s / s.window_ms;
    HistogramData bins = shown(counts, per_spike_Hz);
    const auto together = static_cast<int>(std::lround(bins.width / per_spike_Hz));
    bins.lower = -0.5 * per_spike_Hz; // a bin of one count has that count in its middle
    m_rates->setHistogram(bins);
    std::vector<HistogramChart::Mark> marks;
    QStringList caption;
    QList<QPointF> reference;
    if (s.rate_Hz) {
        marks.push_back({*s.rate_Hz, false});
        caption += tr("mean %1 Hz").arg(number(*s.rate_Hz, 1));
        const double mean = *s.rate_Hz / per_spike_Hz;
        if (mean > 0.0) {
            reference = poisson(bins, static_cast<double>(total(counts)), mean, together);
        }
    }
    if (const auto* state = theory().complete().active()) {
        marks.push_back({state->rate_Hz, true});
        caption += tr("theory %1 Hz").arg(number(state->rate_Hz, 1));
    }
    m_rates->setReference(reference);
    m_rates->setMarks(marks);
    m_rates->setCaption(caption.join(QStringLiteral("; ")));
}

void DistributionsPanel::arrange()
{
    // Side by side, above each other, or one at a time.
    constexpr int enoughWidth = 200;
    constexpr int enoughHeight = 130;
    const QList<HistogramChart*> charts {m_intervals, m_cvs, m_rates};
    const bool row = width() >= charts.size() * enoughWidth;
    const bool stack = !row && height() >= charts.size() * enoughHeight + 80;
    m_tabs->setVisible(!row && !stack);
    for (int i = 0; i < charts.size(); ++i) {
        m_grid->removeWidget(charts[i]);
        m_grid->addWidget(charts[i], stack ? i : 0, row ? i : 0);
        m_grid->setColumnStretch(i, row || i == 0 ? 1 : 0);
        charts[i]->setVisible(row || stack || i == m_tabs->currentIndex());
    }
}

void DistributionsPanel::resizeEvent(QResizeEvent* event)
{
    NetworkPanel::resizeEvent(event);
    arrange();
}

void DistributionsPanel::applyTheme(const PlotColors& colors)
{
    for (HistogramChart* chart : {m_intervals, m_cvs, m_rates}) {
        chart->applyTheme(colors);
    }
}

QSize DistributionsPanel::minimumSizeHint() const { return leastOfColumn(*this); }

} // namespace ui
