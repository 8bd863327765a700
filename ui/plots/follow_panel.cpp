#include "ui/plots/follow_panel.hpp"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <utility>

namespace ui {

using engine::analysis::Followed;
using engine::config::Experiment;
using engine::models::QuantityKind;

namespace {

QString text(const char* source) { return QCoreApplication::translate("ui::FollowPanel", source); }

QString nameOf(const Experiment& experiment, const Followed& followed)
{
    return QStringLiteral("%1 %2")
        .arg(QString::fromStdString(experiment.populations.at(followed.population).name))
        .arg(followed.neuron);
}

bool isPotential(QuantityKind kind)
{
    return kind == QuantityKind::potential || kind == QuantityKind::threshold;
}

/// The potential with its threshold, or what else is recorded of the states.
PanelSpec statesOf(const Experiment& experiment, const Followed& followed, bool potential)
{
    const auto& population = experiment.populations.at(followed.population);
    const auto recordables = population.model->recordables(population.params);
    const auto& columns = followed.history->groups().at(Followed::states).columns;
    PanelSpec spec;
    std::size_t order = 0;
    for (std::size_t c = 0; c < columns.size(); ++c) {
        const auto& recordable = recordables.at(columns[c].recordable);
        if (isPotential(recordable.kind) != potential) {
            continue;
        }
        const QString variable = QString::fromStdString(columns[c].variable);
        spec.symbol = spec.symbol.isEmpty() ? variable : spec.symbol;
        spec.unit = QString::fromStdString(columns[c].unit);
        spec.traces.push_back({.group = Followed::states,
            .column = c,
            .population = followed.population,
            .neuron = followed.neuron,
            .order = potential ? 0 : order++,
            .kind = recordable.kind,
            .name = QStringLiteral("%1 %2").arg(variable, nameOf(experiment, followed)),
            .unit = spec.unit,
            .meaning = QString::fromStdString(recordable.meaning),
            .tint = TraceSpec::Tint::byKind});
    }
    return spec;
}

PanelSpec potentialOf(const Experiment& experiment, const Followed& followed)
{
    const auto& population = experiment.populations.at(followed.population);
    PanelSpec spec = statesOf(experiment, followed, true);
    spec.title = text("Potential of %1").arg(nameOf(experiment, followed));
    spec.spikes = true;
    const bool threshold = std::any_of(spec.traces.begin(), spec.traces.end(),
        [](const TraceSpec& trace) { return trace.kind == QuantityKind::threshold; });
    if (!threshold && population.model->find_param("V_th") != nullptr) {
        spec.thresholds.push_back({followed.population, QStringLiteral("V_th")});
    }
    return spec;
}

/// Without traces where the model has nothing of the kind.
PanelSpec furtherOf(const Experiment& experiment, const Followed& followed)
{
    PanelSpec spec = statesOf(experiment, followed, false);
    if (spec.traces.empty()) {
        return spec;
    }
    const QuantityKind kind = spec.traces.front().kind;
    const QString title = kind == QuantityKind::recovery ? text("Recovery of %1")
        : kind == QuantityKind::conductance              ? text("Conductances of %1")
                                                         : text("After-spike current of %1");
    spec.title = title.arg(nameOf(experiment, followed));
    return spec;
}

PanelSpec inputOf(const Experiment& experiment, const Followed& followed)
{
    const auto& columns = followed.history->groups().at(Followed::inputs).columns;
    const std::array names {text("excitatory"), text("inhibitory"), text("from stimuli")};
    const std::array meanings {text("Spikes over synapses with positive weights"),
        text("Spikes over synapses with negative weights"), text("Spikes of stimuli")};
    const std::array tints {
        TraceSpec::Tint::excitatory, TraceSpec::Tint::inhibitory, TraceSpec::Tint::external};
    PanelSpec spec;
    spec.title = text("Input of %1").arg(nameOf(experiment, followed));
    spec.symbol = text("Input");
    spec.unit = QString::fromStdString(columns.front().unit);
    for (std::size_t c = 0; c < columns.size(); ++c) {
        spec.traces.push_back({.group = Followed::inputs,
            .column = c,
            .population = followed.population,
            .neuron = followed.neuron,
            .order = c,
            .kind = QuantityKind::synaptic_current,
            .name = names.at(c),
            .unit = spec.unit,
            .meaning = meanings.at(c),
            .tint = tints.at(c)});
    }
    return spec;
}

} // namespace

std::vector<PanelSpec> followPanels(const Experiment& experiment, const Followed& followed)
{
    std::vector<PanelSpec> panels {potentialOf(experiment, followed)};
    PanelSpec further = furtherOf(experiment, followed);
    if (!further.traces.empty()) {
        panels.push_back(std::move(further));
    }
    panels.push_back(inputOf(experiment, followed));
    return panels;
}

FollowPanel::FollowPanel(PanelSpec spec, TimeAxis& axis, QWidget* parent)
    : TracePanel(std::move(spec), axis, parent)
{
}

void FollowPanel::setRecording(const ShownRun& recording)
{
    const ShownRun previous = run();
    TracePanel::beginSweep(recording, previous);
}

void FollowPanel::beginSweep(const ShownRun& /*run*/, const ShownRun& /*previous*/) { }

void FollowPanel::setPins(const std::vector<PinnedRun>& /*pins*/) { }

std::vector<CursorReading> FollowPanel::readings(
    const ShownRun& /*run*/, engine::core::Step at) const
{
    std::vector<CursorReading> readings = TracePanel::readings(run(), at);
    for (CursorReading& reading : readings) {
        reading.place.reset(); // not in the history of the run
    }
    return readings;
}

void FollowPanel::append(const Slice& slice)
{
    TracePanel::append({.from = slice.from, .to = slice.to, .frame = nullptr});
}

} // namespace ui
