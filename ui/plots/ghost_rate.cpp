#include "ui/plots/ghost_rate.hpp"

#include <qcustomplot.h>

#include <QElapsedTimer>

#include <algorithm>

namespace ui {

using engine::core::Step;

namespace {

constexpr double budget_ms = 3.0; // of a frame's 16
constexpr Step sliceSteps = 2000;
const QString layerName = QStringLiteral("ghosts");

} // namespace

GhostRate::GhostRate(QCustomPlot& plot)
    : m_plot(plot)
{
    if (plot.layer(layerName) == nullptr) {
        plot.addLayer(layerName, plot.layer(QStringLiteral("main")), QCustomPlot::limBelow);
    }
}

GhostRate::~GhostRate()
{
    for (const Line& line : m_lines) {
        m_plot.removePlottable(line.graph);
    }
}

void GhostRate::setRun(const ShownRun& run)
{
    for (const Line& line : m_lines) {
        m_plot.removePlottable(line.graph);
    }
    m_lines.clear();
    m_run = run;
    for (const std::size_t population : run.experiment->record.spikes) {
        m_lines.push_back({population, m_plot.addGraph()});
        m_lines.back().graph->setLineStyle(QCPGraph::lsStepLeft);
        m_lines.back().graph->setLayer(layerName);
    }
    m_width = 0;
}

void GhostRate::setPens(const std::vector<QPen>& pens)
{
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        m_lines[i].graph->setPen(pens.at(i));
    }
}

void GhostRate::clear()
{
    for (const Line& line : m_lines) {
        line.graph->data()->clear();
    }
}

bool GhostRate::load(double lowerMs, double upperMs, double binMs, const QElapsedTimer& spent)
{
    const Step width = std::max<Step>(1, m_run.grid.steps(binMs));
    const auto binOf = [&](double ms) { return m_run.grid.steps(std::max(0.0, ms)) / width; };
    const Step first = binOf(lowerMs);
    const Step end = std::min(m_run.now / width, binOf(upperMs) + 1); // whole bins only
    if (width != m_width || first < m_from || first > m_end) {
        clear();
        m_width = width;
        m_from = m_end = first;
    } else if (first > m_from) {
        m_from = first;
        for (const Line& line : m_lines) {
            line.graph->data()->removeBefore(m_run.grid.time_ms((first - 1) * width));
        }
    }
    const Step most = std::max<Step>(1, sliceSteps / width);
    while (m_end < end && static_cast<double>(spent.nsecsElapsed()) < budget_ms * 1e6) {
        const Step next = std::min(end, m_end + most);
        addBins(m_end, next);
        m_end = next;
    }
    return m_end < end;
}

void GhostRate::addBins(Step first, Step end)
{
    const std::size_t bins = static_cast<std::size_t>(end - first);
    std::vector<std::vector<std::uint64_t>> counts(
        m_run.experiment->populations.size(), std::vector<std::uint64_t>(bins, 0));
    for (const auto& spike : m_run.history->spikes(first * m_width, end * m_width)) {
        ++counts[spike.population][static_cast<std::size_t>((spike.step - 1) / m_width - first)];
    }
    constexpr double ms_per_s = 1000.0;
    const double binMs = m_run.grid.time_ms(m_width);
    for (const Line& line : m_lines) {
        const auto neurons
            = static_cast<double>(m_run.experiment->populations[line.population].size);
        for (std::size_t b = 0; b < bins; ++b) {
            line.graph->addData(m_run.grid.time_ms((first + static_cast<Step>(b)) * m_width),
                ms_per_s * static_cast<double>(counts[line.population][b]) / (neurons * binMs));
        }
    }
}

double GhostRate::largest(double lowerMs, double upperMs) const
{
    double largest = 0.0;
    for (const Line& line : m_lines) {
        for (const QCPGraphData& bin : *line.graph->data()) {
            if (bin.key >= lowerMs && bin.key <= upperMs) {
                largest = std::max(largest, bin.value);
            }
        }
    }
    return largest;
}

} // namespace ui
