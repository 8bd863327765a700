#include "ui/plots/stimulus_panel.hpp"

#include "engine/core/value.hpp"
#include "ui/plots/decimate.hpp"
#include "ui/plots/legend_strip.hpp"
#include "ui/plots/value_range.hpp"
#include "ui/stimuli/drag_handle.hpp"
#include "ui/stimuli/stimulus_desk.hpp"

#include <QLabel>

#include <algorithm>
#include <cmath>
#include <limits>

// What the strip shows; how it is edited stands in stimulus_panel_edit.cpp.

namespace ui {

using engine::core::Step;

namespace {

/// Unit of the current or of the weights.
QString sizeUnit(const engine::config::StimulusView& view)
{
    using Unit = engine::config::StimulusUnit;
    for (const auto& row : view.rows) {
        if (row.field.unit == Unit::current || row.field.unit == Unit::weight) {
            return QString::fromStdString(row.unit);
        }
    }
    return {};
}

/// Ticks where there are currents only, none beside the lanes.
class CurrentTicker : public QCPAxisTicker {
public:
    double least = 0.0;

protected:
    QVector<double> createTickVector(double tickStep, const QCPRange& range) override
    {
        QVector<double> ticks = QCPAxisTicker::createTickVector(tickStep, range);
        ticks.erase(std::remove_if(
                        ticks.begin(), ticks.end(), [this](double tick) { return tick < least; }),
            ticks.end());
        return ticks;
    }
};

} // namespace

StimulusPanel::StimulusPanel(StimulusDesk& desk, TimeAxis& axis, QWidget* parent)
    : TimePlot(axis, parent)
    , m_desk(desk)
    , m_drawing(new StimulusDrawing(this))
    , m_legend(new LegendStrip(this))
    , m_said(new QLabel(this))
{
    setAccessibleName(tr("Stimuli"));
    yAxis->setTicker(QSharedPointer<CurrentTicker>::create());
    m_said->setMargin(3);
    m_said->setAutoFillBackground(true);
    m_said->setFrameShape(QFrame::Box);
    m_said->setAttribute(Qt::WA_TransparentForMouseEvents);
    m_said->hide();
    connect(&desk, &StimulusDesk::changed, this, &StimulusPanel::takeDocument);
    applyTheme(colors());
}

void StimulusPanel::begin(const ShownRun& run)
{
    m_fit = true;
    TimePlot::begin(run);
    if (m_desk.document()) {
        takeDocument(*m_desk.document());
    }
}

void StimulusPanel::beginSweep(const ShownRun& run, const ShownRun& previous)
{
    TimePlot::beginSweep(run, previous);
}

void StimulusPanel::takeDocument(const engine::config::PresetDocument& document)
{
    m_document = document;
    m_views = engine::config::stimulus_views(document);
    QString unit;
    bool currents = false;
    for (const auto& view : m_views) {
        if (!view.type->spikes) {
            currents = true;
            unit = sizeUnit(view);
        }
    }
    yAxis->setTickLabels(currents);
    yAxis->setTicks(currents);
    setValueTitle(tr("Stimulus"), unit, tr("Stim."));
    m_shapesOf.reset();
    claimHeight(currents);
    loadMore();
}

/// Lanes are not squeezed, and currents keep room to be taken hold of.
void StimulusPanel::claimHeight(bool currents)
{
    const auto spikes = std::count_if(
        m_views.begin(), m_views.end(), [](const auto& view) { return view.type->spikes; });
    constexpr int currentLines = 3;
    constexpr int mostLanes = 6; // of more the others are reached by enlarging the panel
    const QMargins margins = axisRect()->margins();
    setMinimumHeight(margins.top() + margins.bottom()
        + (currents ? currentLines * fontMetrics().height() : 0)
        + static_cast<int>(std::min<qsizetype>(spikes, mostLanes)) * m_drawing->laneHeight());
}

void StimulusPanel::applyTheme(const PlotColors& colors)
{
    TimePlot::applyTheme(colors);
    m_drawing->nowColor = colors.axis;
    m_drawing->textColor = colors.text;
    m_legend->textColor = colors.text;
    m_legend->noteColor = colors.axis;
    m_shapesOf.reset();
}

engine::analysis::StimulusSite StimulusPanel::siteOf(std::size_t stimulus) const
{
    const auto& target = m_document->experiment().stimuli.at(stimulus).targets.front();
    return {stimulus, target.population, target.all ? 0 : target.neurons.front()};
}

void StimulusPanel::computeShapes()
{
    const auto experiment = m_document->shared_experiment();
    const Step bucket = bucketSteps(run().grid.steps(timeAxis().width()), 1, pixelColumns());
    const Step from = viewFrom();
    const Step to = viewTo();
    if (m_shapesOf == experiment && m_shapesBucket == bucket && from >= m_shapesFrom
        && to <= m_shapesTo) {
        return;
    }
    // A view that scrolls does not ask anew in every frame.
    const Step ahead = timeAxis().live() && !timeAxis().sweep() ? (to - from) / 2 : 0;
    m_shapesOf = experiment;
    m_shapesBucket = bucket;
    m_shapesFrom = from;
    m_shapesTo = to + ahead;

    m_drawing->grid = run().grid;
    m_drawing->items.clear();
    for (const auto& view : m_views) {
        const auto& stimulus = experiment->stimuli.at(view.index);
        StimulusDrawing::Item item;
        item.name = QString::fromStdString(view.name());
        item.color = colors().cycle(view.index);
        item.spikes = view.type->spikes;
        item.active.first = stimulus.start_ms + stimulus.delay_ms;
        item.active.second = stimulus.stop_ms ? *stimulus.stop_ms + stimulus.delay_ms
                                              : std::numeric_limits<float>::max();
        if (item.spikes) {
            auto ticks = engine::analysis::spike_shape(
                *experiment, siteOf(view.index), m_shapesFrom, m_shapesTo, bucket);
            item.note = ticks ? QString() : tr("zoom in to see the spikes");
            item.ticks = ticks.value_or(std::vector<engine::analysis::ShapeSpike> {});
        } else {
            item.points = engine::analysis::current_shape(
                *experiment, siteOf(view.index), m_shapesFrom, m_shapesTo, bucket);
        }
        if (const auto* noise = std::get_if<engine::config::Noise>(&stimulus.source)) {
            item.fine = true;
            item.band = noise->uniform ? std::pair(noise->a, noise->b)
                                       : std::pair(noise->a - noise->b, noise->a + noise->b);
        }
        m_drawing->items.push_back(std::move(item));
    }
}

void StimulusPanel::fitValues(double elapsed_s)
{
    ValueRange extent {0.0, 0.0};
    const auto include = [&](double value) {
        extent.lower = std::min(extent.lower, value);
        extent.upper = std::max(extent.upper, value);
    };
    for (const StimulusDrawing::Item& item : m_drawing->items) {
        for (const auto& point : item.points) {
            include(point.value);
        }
        if (item.band) {
            include(item.band->first);
            include(item.band->second);
        }
    }
    constexpr double headroom = 0.08; // a level at the top can be taken hold of
    ValueRange wanted = padded(extent, headroom);
    yAxis->ticker().staticCast<CurrentTicker>()->least = wanted.lower;
    // The lanes lie below all currents.
    const double lanes = m_drawing->lanes() * m_drawing->laneHeight();
    const double room = std::max(axisRect()->height() - lanes, 20.0);
    wanted.lower -= wanted.size() * lanes / room;
    if (m_fit) {
        setValueRange(wanted.lower, wanted.upper);
        m_fit = false;
        return;
    }
    const ValueRange next
        = followed({yAxis->range().lower, yAxis->range().upper}, wanted, elapsed_s);
    setValueRange(next.lower, next.upper);
}

void StimulusPanel::updateLegend()
{
    m_legend->entries.clear();
    for (const StimulusDrawing::Item& item : m_drawing->items) {
        if (item.spikes) {
            continue; // named in its lane
        }
        const auto after = std::upper_bound(item.points.begin(), item.points.end(), run().now,
            [](Step now, const auto& point) { return now < point.step; });
        LegendStrip::Entry entry;
        entry.name = item.name;
        entry.pen = QPen(item.color, 1, item.style);
        entry.hasValue = after != item.points.begin();
        entry.value = entry.hasValue ? std::prev(after)->value : 0.0;
        m_legend->entries.push_back(std::move(entry));
    }
    m_legend->note = m_views.empty() ? tr("no stimuli: right click to add one") : QString();
}

void StimulusPanel::refresh(double elapsed_s)
{
    if (!m_document) {
        return;
    }
    computeShapes();
    m_drawing->now_ms = run().grid.time_ms(run().now);
    if (!setsOwnRange()) {
        fitValues(elapsed_s);
    }
    updateLegend();
    updateHandles();
}

std::string StimulusPanel::visibleCsv() const
{
    if (!m_document) {
        return {};
    }
    std::string out = "time_ms";
    std::map<Step, std::vector<std::optional<double>>> rows;
    const std::size_t count = m_views.size();
    const Step from = viewFrom();
    const Step to = viewTo();
    for (std::size_t i = 0; i < count; ++i) {
        const std::string unit = sizeUnit(m_views[i]).toStdString();
        std::string column = m_views[i].name();
        std::replace(column.begin(), column.end(), ',', ' ');
        out += "," + column + (unit.empty() ? "" : "_" + unit);
        const auto put = [&](Step step, double x) {
            auto& row = rows[step];
            row.resize(count);
            row[i] = x;
        };
        const auto site = siteOf(m_views[i].index);
        for (const auto& point :
            engine::analysis::current_shape(m_document->experiment(), site, from, to, 1)) {
            put(point.step, point.value);
        }
        const auto spikes
            = engine::analysis::spike_shape(m_document->experiment(), site, from, to, 1);
        if (spikes) {
            for (const auto& spike : *spikes) {
                put(spike.stamp, spike.weight);
            }
        }
    }
    out += "\n";
    for (const auto& [step, values] : rows) {
        out += engine::core::number_text(run().grid.time_ms(step));
        for (const auto& value : values) {
            out += "," + (value ? engine::core::number_text(*value) : std::string());
        }
        out += "\n";
    }
    return out;
}

QString StimulusPanel::spoken() const
{
    QStringList parts;
    for (const auto& view : m_views) {
        parts += QStringLiteral("%1 (%2)").arg(
            QString::fromStdString(view.name()), QString::fromStdString(view.type->title));
    }
    return parts.isEmpty() ? tr("No stimuli")
                           : tr("Stimuli: %1").arg(parts.join(QStringLiteral(", ")));
}

} // namespace ui
