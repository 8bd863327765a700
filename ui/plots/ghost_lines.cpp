#include "ui/plots/ghost_lines.hpp"

#include "ui/plots/graph_data.hpp"
#include "ui/plots/spike_marks.hpp"

#include <qcustomplot.h>

#include <QElapsedTimer>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace ui {

using engine::core::Step;
using engine::models::QuantityKind;

namespace {

constexpr double budget_ms = 4.0; // of a frame's 16: the live traces come first
constexpr Step sliceSteps = 20000;
const QString layerName = QStringLiteral("ghosts");

} // namespace

QPen pinPen(int style, const PlotColors& colors)
{
    struct Look {
        double strength; ///< of the text's colour on the ground
        Qt::PenStyle line;
    };
    constexpr std::array<Look, 4> looks {
        {{0.45, Qt::SolidLine}, {0.62, Qt::DashLine}, {0.28, Qt::SolidLine}, {0.62, Qt::DotLine}}};
    const Look& look = looks[static_cast<std::size_t>(style) % looks.size()];
    const auto mix = [&](int text, int ground) {
        return static_cast<int>(std::lround(look.strength * text + (1.0 - look.strength) * ground));
    };
    const QColor& t = colors.neutral;
    const QColor& g = colors.background;
    return QPen(QColor(mix(t.red(), g.red()), mix(t.green(), g.green()), mix(t.blue(), g.blue())),
        1, look.line);
}

GhostLines::GhostLines(QCustomPlot& plot, const PanelSpec& spec)
    : m_plot(plot)
    , m_spec(spec)
    , m_spikes(nullptr)
{
    if (plot.layer(layerName) == nullptr) {
        plot.addLayer(layerName, plot.layer(QStringLiteral("main")), QCustomPlot::limBelow);
    }
    for (std::size_t i = 0; i < spec.traces.size(); ++i) {
        m_lines.push_back({plot.addGraph(), std::nullopt, MinMaxStream(1)});
        m_lines.back().graph->setLayer(layerName);
    }
    m_spikes = new SpikeMarks(plot.xAxis, plot.yAxis);
    m_spikes->setLayer(layerName);
}

GhostLines::~GhostLines()
{
    for (const Line& line : m_lines) {
        m_plot.removePlottable(line.graph);
    }
    m_plot.removePlottable(m_spikes);
}

void GhostLines::setRun(const ShownRun& run, const engine::recording::History& live)
{
    clear();
    m_run = run;
    m_grows = false;
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        const TraceSpec& trace = m_spec.traces[i];
        const std::string& name = live.groups().at(trace.group).columns.at(trace.column).csv_name;
        m_lines[i].place.reset();
        const auto& groups = run.history->groups();
        for (std::size_t g = 0; g < groups.size() && !m_lines[i].place; ++g) {
            for (std::size_t c = 0; c < groups[g].columns.size(); ++c) {
                if (groups[g].columns[c].csv_name == name) {
                    m_lines[i].place = Place {g, c, groups[g].columns[c].population};
                    break;
                }
            }
        }
    }
}

void GhostLines::growTo(Step now)
{
    m_grows = true;
    m_run.now = std::max(m_run.now, now);
}

void GhostLines::clear()
{
    m_run = {};
    m_bucket = 0;
    for (Line& line : m_lines) {
        line.graph->data()->clear();
    }
    m_spikes->clear();
}

void GhostLines::setPens(const std::vector<QPen>& pens, const QColor& marks)
{
    std::vector<QColor> strokes;
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        m_lines[i].graph->setPen(pens.at(i));
        if (m_spec.traces[i].kind == QuantityKind::potential) {
            strokes.push_back(pens[i].color());
        }
    }
    m_spikes->setColors(marks, std::move(strokes));
}

Step GhostLines::bucketOf(double widthMs, int pixelColumns) const
{
    for (const Line& line : m_lines) {
        if (line.place) {
            return bucketSteps(m_run.grid.steps(widthMs),
                m_run.history->groups()[line.place->group].interval, pixelColumns);
        }
    }
    return 1;
}

void GhostLines::begin(Step from, Step bucket, int pixelColumns)
{
    m_bucket = bucket;
    m_from = m_cursor = from;
    for (Line& line : m_lines) {
        line.graph->data()->clear();
        if (line.place) {
            line.stream = MinMaxStream(bucketSteps(m_run.grid.steps(m_widthMs),
                m_run.history->groups()[line.place->group].interval, pixelColumns));
        }
    }
    m_spikes->clear();
}

bool GhostLines::load(double lowerMs, double upperMs, int pixelColumns, const QElapsedTimer& spent)
{
    if (!m_run.history) {
        return false;
    }
    m_widthMs = upperMs - lowerMs;
    const auto stampOf = [&](double ms) {
        const double last = m_run.grid.time_ms(m_run.now);
        return m_run.grid.steps(std::clamp(ms, 0.0, last));
    };
    // A view that scrolls finds what it comes to: half a width more than is in view is loaded.
    const Step lower = std::max<Step>(0, stampOf(lowerMs) - 1);
    const Step upper = std::min(m_run.now, stampOf(upperMs) + 1);
    const Step ahead = std::min(m_run.now, stampOf(upperMs + 0.5 * m_widthMs));
    const Step bucket = bucketOf(m_widthMs, pixelColumns);
    if (bucket != m_bucket || lower < m_from || lower > m_cursor) {
        begin(std::max<Step>(0, stampOf(lowerMs - 0.5 * m_widthMs) - 1), bucket, pixelColumns);
    }
    if (m_cursor < upper) {
        while (m_cursor < ahead) {
            const Step to = std::min(ahead, m_cursor + sliceSteps);
            append(m_cursor, to);
            m_cursor = to;
            if (static_cast<double>(spent.nsecsElapsed()) > budget_ms * 1e6) {
                break;
            }
        }
        // What the view has left behind by more than its width goes.
        const double gone = lowerMs - m_widthMs;
        if (gone > m_run.grid.time_ms(m_from)) {
            m_from = stampOf(gone);
            for (const Line& line : m_lines) {
                line.graph->data()->removeBefore(gone);
            }
            m_spikes->removeBefore(gone);
        }
    }
    return m_cursor < upper;
}

void GhostLines::append(Step from, Step to)
{
    std::vector<std::size_t> done;
    for (const Line& first : m_lines) {
        if (!first.place || std::find(done.begin(), done.end(), first.place->group) != done.end()) {
            continue;
        }
        const std::size_t group = first.place->group;
        done.push_back(group);
        const auto rows = m_run.history->rows(group, from, to);
        const std::size_t columns = m_run.history->groups()[group].columns.size();
        for (Line& line : m_lines) {
            if (!line.place || line.place->group != group) {
                continue;
            }
            std::vector<PlotPoint> points;
            for (std::size_t row = 0; row < rows.steps.size(); ++row) {
                line.stream.add(rows.steps[row], m_run.grid.time_ms(rows.steps[row]),
                    rows.values[row * columns + line.place->column], points);
            }
            if (to >= m_run.now && !m_grows) {
                line.stream.pending(points);
            }
            line.graph->data()->add(graphData(points), true);
        }
    }
    if (m_spec.spikes) {
        appendSpikes(from, to);
    }
}

void GhostLines::appendSpikes(Step from, Step to)
{
    for (const engine::recording::Spike& spike : m_run.history->spikes(from, to)) {
        std::size_t potential = 0;
        for (std::size_t i = 0; i < m_lines.size(); ++i) {
            const Line& line = m_lines[i];
            if (m_spec.traces[i].kind != QuantityKind::potential) {
                continue;
            }
            if (line.place && line.place->population == spike.population
                && m_spec.traces[i].neuron == spike.neuron) {
                const double t = m_run.grid.time_ms(spike.step);
                m_spikes->add({.t = t,
                    .from = valueBefore(*line.graph, t - 0.5 * m_run.grid.dt_ms()),
                    .line = potential});
            }
            ++potential;
        }
    }
}

} // namespace ui
