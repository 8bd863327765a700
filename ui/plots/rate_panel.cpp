#include "ui/plots/rate_panel.hpp"

#include "engine/analysis/population_rate.hpp"
#include "engine/analysis/spike_train.hpp"
#include "engine/core/value.hpp"
#include "ui/plots/ghost_lines.hpp"
#include "ui/plots/panel_layout.hpp"

#include <QActionGroup>
#include <QElapsedTimer>
#include <QMenu>
#include <QSettings>
#include <QTimer>

#include <algorithm>

namespace ui {

using engine::core::Step;

namespace {

constexpr const char* binKey = "rate/bin_ms"; // absent: automatic
constexpr const char* smoothingKey = "rate/smoothing_ms";
constexpr const char* theoryKey = "rate/theory";
constexpr int paleAlpha = 90; // bins behind their smoothed line

/// A submenu of values of which one is checked.
template <class Choose>
void addChoices(QMenu& menu, const QString& title, const std::vector<double>& values,
    double current, const QString& first, const Choose& choose)
{
    QMenu* choices = menu.addMenu(title);
    auto* group = new QActionGroup(choices);
    for (const double value : values) {
        QAction* action = choices->addAction(
            value == 0.0 ? first : RatePanel::tr("%1 ms").arg(value), [=] { choose(value); });
        action->setCheckable(true);
        action->setChecked(value == current);
        group->addAction(action);
    }
}

} // namespace

double rateBinMs(double viewMs)
{
    double bin = 1.0;
    for (const double next : {2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 1000.0}) {
        if (viewMs <= bin * 1200.0) {
            break;
        }
        bin = next;
    }
    return bin;
}

RatePanel::RatePanel(TimeAxis& axis, QWidget* parent)
    : TimePlot(axis, parent)
    , m_legend(new LegendStrip(this))
{
    setValueTitle(tr("Rate"), QStringLiteral("Hz"));
    setAccessibleName(tr("Population rate [Hz]"));
    const QSettings settings;
    if (const double bin = settings.value(binKey).toDouble(); bin > 0.0) {
        m_binMs = bin;
    }
    m_smoothingMs = std::max(0.0, settings.value(smoothingKey).toDouble());
    m_showsTheory = settings.value(theoryKey, true).toBool();
    RatePanel::applyTheme(colors());
}

void RatePanel::fillMenu(QMenu& menu)
{
    menu.addSeparator();
    addChoices(menu, tr("&Bins"), {0.0, 0.5, 1.0, 2.0, 5.0, 10.0, 50.0}, m_binMs.value_or(0.0),
        tr("Automatic"), [this](double ms) {
            setBinMs(ms > 0.0 ? std::optional(ms) : std::nullopt);
            QSettings().setValue(binKey, ms);
        });
    addChoices(menu, tr("&Smoothing (Gaussian, sd)"), {0.0, 1.0, 3.0, 10.0, 30.0}, m_smoothingMs,
        tr("None"), [this](double ms) {
            setSmoothingMs(ms);
            QSettings().setValue(smoothingKey, ms);
        });
    QAction* theory = menu.addAction(tr("&Theory's rate"));
    theory->setCheckable(true);
    theory->setChecked(m_showsTheory);
    connect(theory, &QAction::toggled, this, [this](bool shown) {
        setShowsTheory(shown);
        QSettings().setValue(theoryKey, shown);
    });
}

void RatePanel::setBinMs(std::optional<double> binMs)
{
    m_binMs = binMs;
    m_fit = true;
    loadMore();
}

void RatePanel::setSmoothingMs(double smoothingMs)
{
    m_smoothingMs = smoothingMs;
    applyPens();
    loadMore();
}

void RatePanel::begin(const ShownRun& run)
{
    TimePlot::begin(run);
    m_other.reset();
    clearGraphs();
    m_lines.clear();
    m_lineOf.assign(run.experiment->populations.size(), -1);
    for (const std::size_t population : run.experiment->record.spikes) {
        m_lineOf[population] = static_cast<int>(m_lines.size());
        m_lines.push_back(
            {.population = population, .graph = addGraph(), .smooth = nullptr, .count = 0});
        m_lines.back().graph->setLineStyle(QCPGraph::lsStepLeft);
    }
    for (Line& line : m_lines) {
        line.smooth = addGraph(); // over the bins of all populations
    }
    m_theory = addGraph();
    m_theory->setLineStyle(QCPGraph::lsStepLeft);
    m_theorySteps.clear();
    m_noTheory.clear();
    m_fit = true;
    applyTheme(colors());
}

void RatePanel::beginSweep(const ShownRun& run, const ShownRun& previous)
{
    TimePlot::beginSweep(run, previous);
    if (!m_theorySteps.empty()) {
        m_theorySteps = {{0.0, m_theorySteps.back().second}};
    }
}

void RatePanel::setOther(const std::optional<ShownRun>& other)
{
    const bool had = m_other != nullptr;
    if (!other) {
        m_other.reset();
    } else if (!m_other || !m_other->shows(other->history.get())) {
        if (!m_other) {
            m_other = std::make_unique<GhostRate>(*this);
        }
        m_other->setRun(*other);
        applyPens();
    } else {
        m_other->growTo(other->now);
    }
    if (had != (m_other != nullptr)) {
        fillLegend();
    }
}

void RatePanel::applyTheme(const PlotColors& colors)
{
    TimePlot::applyTheme(colors);
    fillLegend();
}

void RatePanel::fillLegend()
{
    const PlotColors& colors = this->colors();
    m_legend->textColor = colors.text;
    m_legend->noteColor = colors.axis;
    m_legend->entries.clear();
    for (const Line& line : m_lines) {
        const QPen pen(populationColor(*run().experiment, line.population, colors), 1,
            inhibitory(*run().experiment, line.population) ? Qt::DashLine : Qt::SolidLine);
        m_legend->entries.push_back({.name = tr("%1 mean").arg(QString::fromStdString(
                                         run().experiment->populations[line.population].name)),
            .unit = QStringLiteral("Hz"),
            .pen = pen,
            .value = 0.0,
            .hasValue = false,
            .block = false});
    }
    if (m_showsTheory && !m_theorySteps.empty()) {
        m_theory->setPen(QPen(colors.text, 1, Qt::DashDotLine));
        m_legend->entries.push_back({.name = tr("theory"),
            .unit = QStringLiteral("Hz"),
            .pen = m_theory->pen(),
            .value = m_theorySteps.back().second,
            .hasValue = true,
            .block = false});
    }
    if (m_other) {
        m_legend->entries.push_back({.name = tr("B"),
            .unit = {},
            .pen = pinPen(0, colors),
            .value = 0.0,
            .hasValue = false,
            .block = false});
    }
    applyPens();
}

void RatePanel::applyPens()
{
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        QPen pen = m_legend->entries[i].pen;
        m_lines[i].smooth->setPen(pen);
        m_lines[i].smooth->setVisible(m_smoothingMs > 0.0);
        if (m_smoothingMs > 0.0) {
            QColor pale = pen.color();
            pale.setAlpha(paleAlpha);
            pen.setColor(pale);
        }
        m_lines[i].graph->setPen(pen);
    }
    if (m_other) {
        // As the lines of the populations, inhibitory ones dashed.
        std::vector<QPen> pens;
        for (std::size_t i = 0; i < m_other->size(); ++i) {
            QPen pen = pinPen(0, colors());
            const bool dashed = m_other->population(i) < run().experiment->populations.size()
                && inhibitory(*run().experiment, m_other->population(i));
            pen.setStyle(dashed ? Qt::DashLine : Qt::SolidLine);
            pens.push_back(pen);
        }
        m_other->setPens(pens);
    }
}

Step RatePanel::resolution() const
{
    return std::max<Step>(1, run().grid.steps(m_binMs.value_or(rateBinMs(timeAxis().width()))));
}

double RatePanel::binWidthMs() const
{
    return run().grid.dt_ms() * static_cast<double>(resolution());
}

void RatePanel::clearData()
{
    m_bin.reset();
    for (Line& line : m_lines) {
        line.graph->data()->clear();
        line.smooth->data()->clear();
        line.count = 0;
    }
}

void RatePanel::trim(double beforeMs)
{
    for (const Line& line : m_lines) {
        line.graph->data()->removeBefore(beforeMs - binWidthMs());
    }
}

void RatePanel::closeBins(Step upTo)
{
    const Step width = resolution();
    while (m_bin && (*m_bin + 1) * width <= upTo) {
        const double start = run().grid.time_ms(*m_bin * width);
        for (Line& line : m_lines) {
            const auto neurons
                = static_cast<double>(run().experiment->populations[line.population].size);
            line.graph->addData(
                start, 1000.0 * static_cast<double>(line.count) / (neurons * binWidthMs()));
            line.count = 0;
        }
        ++*m_bin;
    }
}

void RatePanel::append(const Slice& slice)
{
    const Step width = resolution();
    if (!m_bin) {
        m_bin = (slice.from + width - 1) / width; // the first whole bin
    }
    const auto count = [&](const std::vector<engine::recording::Spike>& spikes) {
        for (const auto& spike : spikes) {
            const int index = m_lineOf[spike.population];
            if (spike.step <= slice.from || spike.step > slice.to || spike.step <= *m_bin * width
                || index < 0) {
                continue;
            }
            if (spike.step > (*m_bin + 1) * width) {
                closeBins(spike.step - 1);
            }
            ++m_lines[static_cast<std::size_t>(index)].count;
        }
    };
    if (slice.frame != nullptr) {
        count(slice.frame->spikes);
    } else {
        count(run().history->spikes(slice.from, slice.to));
    }
    closeBins(slice.to);
}

void RatePanel::autoscale()
{
    TimePlot::autoscale();
    m_fit = true;
}

void RatePanel::smoothLine(const Line& line) const
{
    const QSharedPointer<QCPGraphDataContainer> bins = line.graph->data();
    std::vector<double> rate;
    for (const QCPGraphData& bin : *bins) {
        rate.push_back(bin.value);
    }
    const std::vector<double> smooth
        = engine::analysis::smoothed(rate, m_smoothingMs / binWidthMs());
    QVector<QCPGraphData> points;
    for (std::size_t b = 0; b < smooth.size(); ++b) {
        const double middle = bins->at(static_cast<int>(b))->key + binWidthMs() / 2.0;
        points.append(QCPGraphData(middle, smooth[b]));
    }
    line.smooth->data()->set(points, true);
}

void RatePanel::refresh(double elapsed_s)
{
    double largest = drawTheory();
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        if (m_smoothingMs > 0.0) {
            smoothLine(m_lines[i]);
        }
        double sum = 0.0;
        int bins = 0;
        for (const QCPGraphData& bin : *m_lines[i].graph->data()) {
            if (xAxis->range().contains(bin.key)) {
                sum += bin.value;
                ++bins;
                largest = std::max(largest, bin.value);
            }
        }
        m_legend->entries[i].hasValue = bins > 0;
        m_legend->entries[i].value = bins > 0 ? sum / bins : 0.0;
    }
    m_legend->note = noteText();
    if (m_other) {
        QElapsedTimer spent;
        spent.start();
        if (m_other->load(xAxis->range().lower, xAxis->range().upper, binWidthMs(), spent)) {
            QTimer::singleShot(0, this, [this] { loadMore(); });
        }
        largest = std::max(largest, m_other->largest(xAxis->range().lower, xAxis->range().upper));
    }
    m_largest = largest;
    if (m_partner) {
        largest = std::max(largest, m_partner->largestShown());
    }
    if (setsOwnRange()) {
        return;
    }
    const ValueRange wanted {0.0, largest > 0.0 ? 1.08 * largest : 1.0};
    const ValueRange next
        = m_fit ? wanted : followed({0.0, yAxis->range().upper}, wanted, elapsed_s);
    m_fit = m_fit && largest == 0.0;
    setValueRange(next.lower, next.upper);
}

} // namespace ui
