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

PanelSpec potentialOf(const Experiment& experiment, const Followed& followed)
{
    const auto& population = experiment.populations.at(followed.population);
    const auto recordables = population.model->recordables(population.params);
    const auto& columns = followed.history->groups().at(Followed::states).columns;
    PanelSpec spec;
    spec.title = text("Potential of %1").arg(nameOf(experiment, followed));
    bool threshold = false;
    for (std::size_t c = 0; c < columns.size(); ++c) {
        const auto& recordable = recordables.at(columns[c].recordable);
        threshold = threshold || recordable.kind == QuantityKind::threshold;
        spec.unit = QString::fromStdString(columns[c].unit);
        spec.traces.push_back({.group = Followed::states,
            .column = c,
            .population = followed.population,
            .neuron = followed.neuron,
            .order = 0,
            .kind = recordable.kind,
            .name = QStringLiteral("%1 %2").arg(
                QString::fromStdString(columns[c].variable), nameOf(experiment, followed)),
            .unit = QString::fromStdString(columns[c].unit),
            .meaning = QString::fromStdString(recordable.meaning),
            .tint = TraceSpec::Tint::byKind});
    }
    spec.symbol = columns.empty() ? QString() : QString::fromStdString(columns.front().variable);
    spec.spikes = true;
    if (!threshold && population.model->find_param("V_th") != nullptr) {
        spec.thresholds.push_back({followed.population, QStringLiteral("V_th")});
    }
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
    return {potentialOf(experiment, followed), inputOf(experiment, followed)};
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
