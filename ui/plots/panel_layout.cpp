#include "ui/plots/panel_layout.hpp"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

namespace ui {

using engine::config::Experiment;
using engine::models::QuantityKind;
using engine::recording::TraceColumn;
using engine::recording::TraceGroup;

namespace {

/// Kinds that share a panel, in order of display.
enum class Family { potential, slow, current, conductance };

Family familyOf(QuantityKind kind)
{
    switch (kind) {
    case QuantityKind::potential:
    case QuantityKind::threshold:
        return Family::potential;
    case QuantityKind::threshold_part:
    case QuantityKind::recovery:
        return Family::slow;
    case QuantityKind::input_current:
    case QuantityKind::synaptic_current:
    case QuantityKind::after_spike_current:
        return Family::current;
    case QuantityKind::conductance:
        return Family::conductance;
    }
    return Family::potential;
}

QString familyTitle(Family family, QuantityKind kind)
{
    const auto translated
        = [](const char* text) { return QCoreApplication::translate("ui::PanelLayout", text); };
    switch (family) {
    case Family::potential:
        return translated("Potential");
    case Family::slow:
        return kind == QuantityKind::recovery ? translated("Recovery u")
                                              : translated("Threshold parts");
    case Family::current:
        return translated("Current");
    case Family::conductance:
        return translated("Conductance");
    }
    return {};
}

TraceSpec traceOf(
    const Experiment& experiment, std::size_t group, std::size_t index, const TraceColumn& column)
{
    const auto& population = experiment.populations.at(column.population);
    const auto recordables = population.model->recordables(population.params);
    const auto& recordable = recordables.at(column.recordable);
    return {.group = group,
        .column = index,
        .population = column.population,
        .neuron = column.neuron,
        .order = 0,
        .kind = recordable.kind,
        .name = QString::fromStdString(column.variable),
        .unit = QString::fromStdString(column.unit),
        .meaning = QString::fromStdString(recordable.meaning),
        .tint = TraceSpec::Tint::byKind};
}

std::vector<TraceSpec> allTraces(
    const Experiment& experiment, const std::vector<TraceGroup>& groups)
{
    std::vector<TraceSpec> traces;
    for (std::size_t g = 0; g < groups.size(); ++g) {
        for (std::size_t c = 0; c < groups[g].columns.size(); ++c) {
            traces.push_back(traceOf(experiment, g, c, groups[g].columns[c]));
        }
    }
    return traces;
}

std::vector<PanelSpec> panelsByKind(const std::vector<TraceSpec>& traces)
{
    std::map<std::pair<Family, QString>, PanelSpec> panels;
    for (const TraceSpec& trace : traces) {
        const Family family = familyOf(trace.kind);
        PanelSpec& panel = panels[{family, trace.unit}];
        if (panel.traces.empty()) {
            panel.title = familyTitle(family, trace.kind);
            panel.unit = trace.unit;
        }
        panel.traces.push_back(trace);
    }
    std::vector<PanelSpec> result;
    for (auto& [key, panel] : panels) {
        result.push_back(std::move(panel));
    }
    return result;
}

bool shows(const PanelSpec& panel, const TraceSpec& wanted)
{
    return std::any_of(panel.traces.begin(), panel.traces.end(), [&](const TraceSpec& trace) {
        return trace.group == wanted.group && trace.column == wanted.column;
    });
}

bool isCloseUp(const PanelSpec& panel, const std::vector<PanelSpec>& above)
{
    return panel.range
        && std::all_of(panel.traces.begin(), panel.traces.end(), [&](const TraceSpec& trace) {
               return std::any_of(above.begin(), above.end(),
                   [&](const PanelSpec& other) { return shows(other, trace); });
           });
}

std::vector<PanelSpec> panelsOfView(
    const Experiment& experiment, const std::vector<TraceSpec>& traces)
{
    std::vector<PanelSpec> result;
    for (const auto& asked : experiment.view.panels) {
        PanelSpec panel;
        panel.title = QString::fromStdString(asked.title);
        panel.unit = QString::fromStdString(asked.unit);
        panel.range = asked.range;
        for (const std::string& variable : asked.variables) {
            std::copy_if(traces.begin(), traces.end(), std::back_inserter(panel.traces),
                [&](const TraceSpec& trace) {
                    return trace.population == asked.population
                        && trace.name == QString::fromStdString(variable);
                });
        }
        if (!panel.traces.empty()) {
            if (panel.title.isEmpty()) {
                panel.title = panel.traces.front().name;
            }
            if (panel.unit.isEmpty()) {
                panel.unit = panel.traces.front().unit;
            }
            panel.closeUp = isCloseUp(panel, result);
            result.push_back(std::move(panel));
        }
    }
    return result;
}

bool recordsThreshold(const Experiment& experiment, std::size_t population)
{
    const auto& p = experiment.populations[population];
    const auto recordables = p.model->recordables(p.params);
    return std::any_of(recordables.begin(), recordables.end(),
        [](const auto& recordable) { return recordable.kind == QuantityKind::threshold; });
}

/// What all lines are, or most of what a person looks at in the panel.
QString symbolOf(const std::vector<TraceSpec>& traces)
{
    const TraceSpec& first = traces.front();
    const bool same = std::all_of(traces.begin(), traces.end(),
        [&first](const TraceSpec& trace) { return trace.name == first.name; });
    if (same || first.kind == QuantityKind::potential) {
        return first.name;
    }
    switch (familyOf(first.kind)) {
    case Family::current:
        return QStringLiteral("I");
    case Family::conductance:
        return QStringLiteral("g");
    case Family::slow:
        return QCoreApplication::translate("ui::PanelLayout", "Threshold");
    default:
        return {};
    }
}

/// Fills in what follows from the lines of a panel.
void complete(PanelSpec& panel, const Experiment& experiment)
{
    std::map<std::pair<std::size_t, std::uint32_t>, int> neurons;
    std::map<QuantityKind, std::size_t> ofKind;
    for (TraceSpec& trace : panel.traces) {
        trace.order = ofKind[trace.kind]++;
        neurons[{trace.population, trace.neuron}] += 1;
        panel.spikes = panel.spikes || (trace.kind == QuantityKind::potential && !panel.closeUp);
    }
    panel.symbol = symbolOf(panel.traces);
    if (neurons.size() > 1) {
        for (TraceSpec& trace : panel.traces) {
            trace.name
                += QStringLiteral(" %1 %2")
                       .arg(QString::fromStdString(experiment.populations[trace.population].name))
                       .arg(trace.neuron);
        }
    }
    if (!panel.spikes) {
        return;
    }
    for (const TraceSpec& trace : panel.traces) {
        const auto& population = experiment.populations[trace.population];
        const bool listed = std::any_of(panel.thresholds.begin(), panel.thresholds.end(),
            [&](const ThresholdLine& line) { return line.population == trace.population; });
        if (trace.kind == QuantityKind::potential && !listed
            && population.model->find_param("V_th") != nullptr
            && !recordsThreshold(experiment, trace.population)) {
            panel.thresholds.push_back({trace.population, QStringLiteral("V_th")});
        }
    }
}

/// Whether the weights of a projection are negative; -0 counts, which is what "-g * J" gives at g =
/// 0.
bool negativeWeights(const engine::config::Projection& projection)
{
    double weight = 0.0;
    if (projection.weight) {
        if (const auto* number = std::get_if<double>(&*projection.weight)) {
            weight = *number;
        } else if (const auto* draw = std::get_if<engine::config::Draw>(&*projection.weight)) {
            const bool logarithmic = draw->law == engine::config::Draw::Law::lognormal;
            const double center = logarithmic                     ? 1.0
                : draw->law == engine::config::Draw::Law::uniform ? 0.5 * (draw->a + draw->b)
                                                                  : draw->a;
            weight = draw->scale * center;
        }
    } else if (const auto* listed = std::get_if<engine::config::Explicit>(&projection.rule);
               listed != nullptr && listed->list && !listed->list->weight.empty()) {
        weight = listed->list->weight.front();
    }
    return std::signbit(weight);
}

} // namespace

QString PanelSpec::axisTitle() const
{
    return unit.isEmpty() ? title : QStringLiteral("%1 [%2]").arg(title, unit);
}

std::vector<PanelSpec> tracePanels(
    const Experiment& experiment, const std::vector<TraceGroup>& groups)
{
    const std::vector<TraceSpec> traces = allTraces(experiment, groups);
    std::vector<PanelSpec> panels = panelsOfView(experiment, traces);
    if (panels.empty()) {
        panels = panelsByKind(traces);
        if (networkLayout(experiment)) {
            // Raster and rate need the room: of the followed neurons the potentials.
            panels.erase(std::remove_if(panels.begin(), panels.end(),
                             [](const PanelSpec& panel) {
                                 return familyOf(panel.traces.front().kind) != Family::potential;
                             }),
                panels.end());
        }
    }
    for (PanelSpec& panel : panels) {
        complete(panel, experiment);
    }
    return panels;
}

bool networkLayout(const Experiment& experiment)
{
    if (experiment.view.network) {
        return *experiment.view.network;
    }
    std::size_t neurons = 0;
    for (const auto& population : experiment.populations) {
        neurons += population.size;
    }
    return neurons > 4;
}

bool inhibitory(const Experiment& experiment, std::size_t population)
{
    bool any = false;
    for (const auto& projection : experiment.projections) {
        if (projection.source == population) {
            any = true;
            if (!negativeWeights(projection)) {
                return false;
            }
        }
    }
    return any;
}

QColor populationColor(
    const Experiment& experiment, std::size_t population, const PlotColors& colors)
{
    const QColor own(QString::fromStdString(experiment.populations[population].color));
    if (own.isValid()) {
        return own;
    }
    if (inhibitory(experiment, population)) {
        return colors.red;
    }
    std::size_t exciting = 0;
    for (std::size_t p = 0; p < population; ++p) {
        exciting += inhibitory(experiment, p) ? 0U : 1U;
    }
    return colors.cycle(exciting);
}

QPen tracePen(const TraceSpec& trace, const PlotColors& colors)
{
    constexpr std::array styles {Qt::SolidLine, Qt::DashLine, Qt::DashDotLine, Qt::DotLine};
    const auto style
        = [&](std::size_t shift) { return styles[(trace.order + shift) % styles.size()]; };
    switch (trace.tint) {
    case TraceSpec::Tint::excitatory:
        return {colors.blue, 1, Qt::SolidLine};
    case TraceSpec::Tint::inhibitory:
        return {colors.red, 1, Qt::SolidLine};
    case TraceSpec::Tint::external:
        return {colors.neutral, 1, Qt::DotLine};
    case TraceSpec::Tint::byKind:
        break;
    }
    switch (trace.kind) {
    case QuantityKind::potential:
        return {colors.cycle(trace.order), 1, Qt::SolidLine};
    case QuantityKind::threshold:
        return {colors.green, 1, Qt::DashLine};
    case QuantityKind::threshold_part:
        return trace.order % 2 == 0 ? QPen(colors.yellow, 1, Qt::SolidLine)
                                    : QPen(colors.neutral, 1, Qt::DashLine);
    case QuantityKind::recovery:
        return {colors.orange, 1, style(0)};
    case QuantityKind::input_current:
        return {colors.blue, 1, Qt::DashLine};
    case QuantityKind::synaptic_current:
        return {colors.purple, 1, style(0)};
    case QuantityKind::after_spike_current:
        return {colors.cyan, 1, Qt::DashDotLine};
    case QuantityKind::conductance: {
        const std::array hues {colors.blue, colors.orange, colors.green, colors.purple};
        return {hues[trace.order % hues.size()], 1, style(0)};
    }
    }
    return {colors.blue, 1};
}

} // namespace ui
