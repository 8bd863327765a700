#pragma once

#include "engine/config/experiment.hpp"
#include "engine/recording/history.hpp"
#include "ui/theme.hpp"

#include <QPen>
#include <QString>

#include <optional>
#include <utility>
#include <vector>

namespace ui {

/// One line of a trace panel.
struct TraceSpec {
    std::size_t group = 0; ///< of History::groups()
    std::size_t column = 0; ///< within the group
    std::size_t population = 0;
    std::uint32_t neuron = 0;
    std::size_t order = 0; ///< among lines of its kind in the panel: chooses colour and style
    engine::models::QuantityKind kind = engine::models::QuantityKind::potential;
    QString name; ///< "V_m", with its neuron where the panel shows several
    QString unit;
    QString meaning;
    /// Of synaptic input: whose it is.
    enum class Tint { byKind, excitatory, inhibitory, external };
    Tint tint = Tint::byKind;
};

/// A threshold that is a parameter and not recorded: drawn as a line at its present value.
struct ThresholdLine {
    std::size_t population = 0;
    QString param;
};

struct PanelSpec {
    QString title;
    QString symbol; ///< "V_m": of what it shows; empty where there is none for all
    QString unit; ///< empty where dimensionless
    std::vector<TraceSpec> traces;
    std::vector<ThresholdLine> thresholds;
    bool spikes = false; ///< strokes and marks of its neurons
    std::optional<std::pair<double, double>> range; ///< asked for by the preset
    /// Shows with a range of its own what panels above it show: keeps to the range, without spikes
    /// and thresholds.
    bool closeUp = false;

    /// "V_m [mV]", "u", "Conductances [nS]".
    QString axisTitle() const;
};

/// The trace panels of an experiment: those that the preset's view asks for, else one for each kind
/// of quantity that is recorded.
std::vector<PanelSpec> tracePanels(const engine::config::Experiment& experiment,
    const std::vector<engine::recording::TraceGroup>& groups);

/// Whether the window is laid out for a network: as the view says, else by the number of neurons.
bool networkLayout(const engine::config::Experiment& experiment);

/// Whether all projections that leave the population have negative weights (and there is one).
bool inhibitory(const engine::config::Experiment& experiment, std::size_t population);

/// Colour of a population in raster and rates: its own where the preset names one, blue where it
/// excites, red where it inhibits.
QColor populationColor(
    const engine::config::Experiment& experiment, std::size_t population, const PlotColors& colors);

/// One quantity has one colour and one line style in every panel.
QPen tracePen(const TraceSpec& trace, const PlotColors& colors);

} // namespace ui
