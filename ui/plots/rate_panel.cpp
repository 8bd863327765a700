#include "ui/plots/rate_panel.hpp"

#include "engine/core/value.hpp"
#include "ui/plots/panel_layout.hpp"

#include <algorithm>

namespace ui {

using engine::core::Step;

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
    RatePanel::applyTheme(colors());
}

void RatePanel::begin(const ShownRun& run)
{
    TimePlot::begin(run);
    clearGraphs();
    m_lines.clear();
    m_lineOf.assign(run.experiment->populations.size(), -1);
    for (const std::size_t population : run.experiment->record.spikes) {
        m_lineOf[population] = static_cast<int>(m_lines.size());
        m_lines.push_back({.population = population, .graph = addGraph(), .count = 0});
        m_lines.back().graph->setLineStyle(QCPGraph::lsStepLeft);
    }
    m_fit = true;
    applyTheme(colors());
}

void RatePanel::applyTheme(const PlotColors& colors)
{
    TimePlot::applyTheme(colors);
    m_legend->textColor = colors.text;
    m_legend->noteColor = colors.axis;
    m_legend->entries.clear();
    for (const Line& line : m_lines) {
        const QPen pen(populationColor(*run().experiment, line.population, colors), 1,
            inhibitory(*run().experiment, line.population) ? Qt::DashLine : Qt::SolidLine);
        line.graph->setPen(pen);
        m_legend->entries.push_back({.name = tr("%1 mean").arg(QString::fromStdString(
                                         run().experiment->populations[line.population].name)),
            .unit = QStringLiteral("Hz"),
            .pen = pen,
            .value = 0.0,
            .hasValue = false,
            .block = false});
    }
}

Step RatePanel::resolution() const
{
    return std::max<Step>(1, run().grid.steps(rateBinMs(timeAxis().width())));
}

void RatePanel::clearData()
{
    m_bin.reset();
    for (Line& line : m_lines) {
        line.graph->data()->clear();
        line.count = 0;
    }
}

void RatePanel::trim(double beforeMs)
{
    for (const Line& line : m_lines) {
        line.graph->data()->removeBefore(
            beforeMs - run().grid.dt_ms() * static_cast<double>(resolution()));
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
            line.graph->addData(start,
                1000.0 * static_cast<double>(line.count)
                    / (neurons * run().grid.dt_ms() * static_cast<double>(width)));
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

void RatePanel::refresh(double elapsed_s)
{
    double largest = 0.0;
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
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
    m_legend->note
        = tr("bins of %1 ms")
              .arg(run().grid.dt_ms() * static_cast<double>(run().experiment ? resolution() : 1));
    if (setsOwnRange()) {
        return;
    }
    const ValueRange wanted {0.0, largest > 0.0 ? 1.08 * largest : 1.0};
    const ValueRange next
        = m_fit ? wanted : followed({0.0, yAxis->range().upper}, wanted, elapsed_s);
    m_fit = m_fit && largest == 0.0;
    setValueRange(next.lower, next.upper);
}

QString RatePanel::spoken() const
{
    QStringList parts;
    for (const LegendStrip::Entry& entry : m_legend->entries) {
        parts += LegendStrip::text(entry);
    }
    return parts.join(QStringLiteral(", "));
}

std::string RatePanel::visibleCsv() const
{
    std::string text = "time_ms";
    for (const Line& line : m_lines) {
        text += ',' + run().experiment->populations[line.population].name + ".rate_Hz";
    }
    text += '\n';
    if (m_lines.empty()) {
        return text;
    }
    const auto bins = m_lines.front().graph->data();
    for (int i = 0; i < bins->size(); ++i) {
        if (!xAxis->range().contains(bins->at(i)->key)) {
            continue;
        }
        text += engine::core::number_text(bins->at(i)->key);
        for (const Line& line : m_lines) {
            text += ',' + engine::core::number_text(line.graph->data()->at(i)->value);
        }
        text += '\n';
    }
    return text;
}

} // namespace ui
