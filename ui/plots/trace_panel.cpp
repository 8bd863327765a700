#include "ui/plots/trace_panel.hpp"

#include "engine/core/value.hpp"
#include "ui/plots/graph_data.hpp"
#include "ui/plots/visible_csv.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace ui {

using engine::core::Step;
using engine::models::QuantityKind;

TracePanel::TracePanel(PanelSpec spec, TimeAxis& axis, QWidget* parent)
    : TimePlot(axis, parent)
    , m_spec(std::move(spec))
    , m_spikes(nullptr)
    , m_legend(new LegendStrip(this))
    , m_previous(*this, m_spec)
{
    setValueTitle(m_spec.title, m_spec.unit, m_spec.symbol);
    setAccessibleName(m_spec.axisTitle());
    for (std::size_t i = 0; i < m_spec.traces.size(); ++i) {
        m_lines.push_back({.now = nullptr,
            .stream = MinMaxStream(1),
            .complete = noTime,
            .last = 0.0,
            .any = false});
    }
    for (std::size_t i = 0; i < m_spec.thresholds.size(); ++i) {
        m_thresholds.push_back(addGraph());
    }
    for (Line& line : m_lines) {
        line.now = addGraph();
    }
    for (const TraceSpec& trace : m_spec.traces) {
        if (std::find(m_groups.begin(), m_groups.end(), trace.group) == m_groups.end()) {
            m_groups.push_back(trace.group);
        }
    }
    m_spikes = new SpikeMarks(xAxis, yAxis);
    applyTheme(colors());
}

void TracePanel::begin(const ShownRun& run)
{
    m_previous.clear();
    for (Line& line : m_lines) {
        line.any = false;
    }
    m_fit = true;
    TimePlot::begin(run);
    updateThresholds();
}

void TracePanel::beginSweep(const ShownRun& run, const ShownRun& previous)
{
    m_previous.setRun(previous, *run.history);
    TimePlot::beginSweep(run, previous);
}

void TracePanel::setExperiment(std::shared_ptr<const engine::config::Experiment> experiment)
{
    TimePlot::setExperiment(std::move(experiment));
    updateThresholds();
}

void TracePanel::applyTheme(const PlotColors& colors)
{
    TimePlot::applyTheme(colors);
    std::vector<QColor> strokes;
    m_legend->entries.clear();
    m_legend->textColor = colors.text;
    m_legend->noteColor = colors.axis;
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        const TraceSpec& trace = m_spec.traces[i];
        const QPen pen = tracePen(trace, colors);
        m_lines[i].now->setPen(pen);
        if (trace.kind == QuantityKind::potential) {
            strokes.push_back(pen.color());
        }
        m_legend->entries.push_back({.name = trace.name,
            .unit = trace.unit,
            .pen = pen,
            .value = 0.0,
            .hasValue = false,
            .block = false});
    }
    for (std::size_t i = 0; i < m_thresholds.size(); ++i) {
        const QPen pen(colors.green, 1, Qt::DashLine);
        m_thresholds[i]->setPen(pen);
        m_legend->entries.push_back({.name = m_spec.thresholds[i].param,
            .unit = m_spec.unit,
            .pen = pen,
            .value = 0.0,
            .hasValue = false,
            .block = false});
    }
    m_spikes->setColors(colors.red, std::move(strokes));
    updateThresholds();
    applyGhostColors();
}

Step TracePanel::bucketOf(std::size_t trace) const
{
    const auto& groups = run().history->groups();
    return bucketSteps(run().grid.steps(timeAxis().width()),
        groups.at(m_spec.traces[trace].group).interval, pixelColumns());
}

Step TracePanel::resolution() const { return m_lines.empty() ? 1 : bucketOf(0); }

void TracePanel::clearData()
{
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        m_lines[i].now->data()->clear();
        m_lines[i].stream = MinMaxStream(bucketOf(i));
        m_lines[i].complete = noTime;
    }
    m_spikes->clear();
}

void TracePanel::trim(double beforeMs)
{
    // One point outside stays, so that the line reaches the edge.
    for (Line& line : m_lines) {
        const auto shown = line.now->data();
        const auto first = shown->findBegin(beforeMs);
        if (first != shown->constBegin() && first != shown->constEnd()) {
            shown->removeBefore(first->key);
        }
    }
    m_spikes->removeBefore(beforeMs);
}

void TracePanel::append(const Slice& slice)
{
    for (const std::size_t group : m_groups) {
        if (slice.frame != nullptr) {
            appendRows(group, slice.frame->traces.at(group), slice.from, slice.to);
        } else {
            appendRows(
                group, run().history->rows(group, slice.from, slice.to), slice.from, slice.to);
        }
    }
    if (!m_spec.spikes) {
        return;
    }
    if (slice.frame != nullptr) {
        appendSpikes(slice.frame->spikes, slice.from, slice.to);
    } else {
        appendSpikes(run().history->spikes(slice.from, slice.to), slice.from, slice.to);
    }
}

void TracePanel::appendRows(
    std::size_t group, const engine::recording::TraceRows& rows, Step after, Step upTo)
{
    const std::size_t columns = run().history->groups().at(group).columns.size();
    const auto first = std::upper_bound(rows.steps.begin(), rows.steps.end(), after);
    const auto last = std::upper_bound(first, rows.steps.end(), upTo);
    const auto begin = static_cast<std::size_t>(first - rows.steps.begin());
    const auto end = static_cast<std::size_t>(last - rows.steps.begin());
    std::vector<PlotPoint> points;
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        if (m_spec.traces[i].group != group || begin == end) {
            continue;
        }
        Line& line = m_lines[i];
        points.clear();
        for (std::size_t row = begin; row < end; ++row) {
            const double value = rows.values[row * columns + m_spec.traces[i].column];
            line.stream.add(rows.steps[row], run().grid.time_ms(rows.steps[row]), value, points);
            line.last = value;
        }
        line.any = true;
        // The newest samples are drawn too; their bucket is drawn anew as it fills.
        line.now->data()->removeAfter(line.complete);
        if (!points.empty()) {
            line.complete = points.back().t;
        }
        line.stream.pending(points);
        line.now->data()->add(graphData(points), true);
    }
}

void TracePanel::appendSpikes(
    const std::vector<engine::recording::Spike>& spikes, Step after, Step upTo)
{
    std::vector<std::size_t> potentials;
    std::uint32_t last = 0; // neuron with the largest number
    for (std::size_t i = 0; i < m_spec.traces.size(); ++i) {
        if (m_spec.traces[i].kind == QuantityKind::potential) {
            potentials.push_back(i);
            last = std::max(last, m_spec.traces[i].neuron);
        }
    }
    for (const engine::recording::Spike& spike : spikes) {
        // Of a large network nearly none is followed.
        if (spike.neuron > last || spike.step <= after || spike.step > upTo) {
            continue;
        }
        for (std::size_t n = 0; n < potentials.size(); ++n) {
            const TraceSpec& trace = m_spec.traces[potentials[n]];
            if (trace.population != spike.population || trace.neuron != spike.neuron) {
                continue;
            }
            const double t = run().grid.time_ms(spike.step);
            const double from
                = valueBefore(*m_lines[potentials[n]].now, t - 0.5 * run().grid.dt_ms());
            m_spikes->add({.t = t, .from = from, .line = n});
        }
    }
}

void TracePanel::updateThresholds()
{
    if (!run().experiment) {
        return;
    }
    for (std::size_t i = 0; i < m_thresholds.size(); ++i) {
        const auto& params
            = run().experiment->populations.at(m_spec.thresholds[i].population).params;
        const auto found = params.find(m_spec.thresholds[i].param.toStdString());
        const auto* value = found == params.end() ? nullptr : std::get_if<double>(&found->second);
        LegendStrip::Entry& entry = m_legend->entries[m_lines.size() + i];
        entry.hasValue = value != nullptr;
        m_thresholds[i]->setVisible(value != nullptr);
        if (value != nullptr) {
            entry.value = *value;
        }
    }
}

ValueRange TracePanel::wantedRange() const
{
    if (m_spec.closeUp) {
        return {m_spec.range->first, m_spec.range->second};
    }
    constexpr double infinity = std::numeric_limits<double>::infinity();
    ValueRange extent {infinity, -infinity};
    const auto include = [&](const QCPGraph* graph) {
        bool found = false;
        const QCPRange range = graph->getValueRange(found, QCP::sdBoth, xAxis->range());
        if (found && graph->visible()) {
            extent.lower = std::min(extent.lower, range.lower);
            extent.upper = std::max(extent.upper, range.upper);
        }
    };
    for (const Line& line : m_lines) {
        include(line.now);
    }
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        include(m_previous.graph(i));
        for (const auto& pin : m_pins) {
            include(pin->graph(i));
        }
        if (m_other) {
            include(m_other->graph(i));
        }
    }
    for (std::size_t i = 0; i < m_thresholds.size(); ++i) {
        const LegendStrip::Entry& entry = m_legend->entries[m_lines.size() + i];
        if (entry.hasValue) {
            extent.lower = std::min(extent.lower, entry.value);
            extent.upper = std::max(extent.upper, entry.value);
        }
    }
    if (extent.lower > extent.upper) {
        extent = {0.0, 1.0};
    }
    ValueRange wanted = padded(extent, m_spec.spikes ? SpikeMarks::headroom : 0.0);
    if (m_spec.range) {
        wanted.lower = std::min(wanted.lower, m_spec.range->first);
        wanted.upper = std::max(wanted.upper, m_spec.range->second);
    }
    return wanted;
}

void TracePanel::autoscale()
{
    TimePlot::autoscale();
    m_fit = true;
}

void TracePanel::refresh(double elapsed_s)
{
    loadGhosts();
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        m_legend->entries[i].value = m_lines[i].last;
        m_legend->entries[i].hasValue = m_lines[i].any;
    }
    for (std::size_t i = 0; i < m_thresholds.size(); ++i) {
        const LegendStrip::Entry& entry = m_legend->entries[m_lines.size() + i];
        m_thresholds[i]->data()->set(
            {{xAxis->range().lower, entry.value}, {xAxis->range().upper, entry.value}}, true);
    }
    const Step ratio = resolution();
    m_legend->note = ratio > 1 ? tr("display 1:%1, min-max").arg(ratio) : QString();
    if (setsOwnRange()) {
        return;
    }
    const ValueRange wanted = wantedRange();
    const QCPRange shown = yAxis->range();
    const ValueRange next
        = m_fit ? wanted : followed({shown.lower, shown.upper}, wanted, elapsed_s);
    m_fit = m_fit
        && !std::any_of(m_lines.begin(), m_lines.end(), [](const Line& line) { return line.any; });
    setValueRange(next.lower, next.upper);
}

QString TracePanel::spoken() const
{
    QStringList parts;
    for (const LegendStrip::Entry& entry : m_legend->entries) {
        parts += LegendStrip::text(entry);
    }
    return parts.join(QStringLiteral(", "));
}

std::vector<CursorReading> TracePanel::readings(const ShownRun& run, Step at) const
{
    std::vector<CursorReading> readings;
    for (std::size_t i = 0; i < m_spec.traces.size(); ++i) {
        const TraceSpec& trace = m_spec.traces[i];
        const TracePlace place {trace.group, trace.column};
        readings.push_back({.name = trace.name,
            .unit = trace.unit,
            .color = m_lines[i].now->pen().color(),
            .value = nearestSample(*run.history, place, at),
            .place = place});
    }
    return readings;
}

std::vector<std::pair<std::uint32_t, std::uint32_t>> TracePanel::markedNeurons() const
{
    std::vector<std::pair<std::uint32_t, std::uint32_t>> neurons;
    for (const TraceSpec& trace : m_spec.traces) {
        if (m_spec.spikes && trace.kind == QuantityKind::potential) {
            neurons.emplace_back(static_cast<std::uint32_t>(trace.population), trace.neuron);
        }
    }
    return neurons;
}

std::string TracePanel::visibleCsv() const
{
    std::vector<std::pair<std::size_t, std::size_t>> columns;
    for (const TraceSpec& trace : m_spec.traces) {
        columns.emplace_back(trace.group, trace.column);
    }
    return run().history ? tracesCsv(*run().history, columns, run().grid, viewFrom(), viewTo())
                         : std::string();
}

} // namespace ui
