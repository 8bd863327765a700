#include "engine/theory/brunel_experiment.hpp"
#include "ui/compare/compare_panel.hpp"
#include "ui/compare/pin_panel.hpp"
#include "ui/connectivity/connectivity_panel.hpp"
#include "ui/equations/equations_panel.hpp"
#include "ui/grid/neuron_grid_panel.hpp"
#include "ui/main_window.hpp"
#include "ui/panels/balance_panel.hpp"
#include "ui/panels/distributions_panel.hpp"
#include "ui/panels/events_panel.hpp"
#include "ui/panels/fi_panel.hpp"
#include "ui/panels/help_panel.hpp"
#include "ui/panels/intervals_panel.hpp"
#include "ui/panels/parameter_panel.hpp"
#include "ui/panels/phase_panel.hpp"
#include "ui/panels/preset_browser.hpp"
#include "ui/panels/preset_editor.hpp"
#include "ui/panels/promises_panel.hpp"
#include "ui/panels/spectrum_panel.hpp"
#include "ui/panels/statistics_panel.hpp"
#include "ui/panels/stimulus_editor.hpp"
#include "ui/panels/verdict_label.hpp"
#include "ui/plots/panel_layout.hpp"
#include "ui/regime/regime_panel.hpp"
#include "ui/response/response_panel.hpp"
#include "ui/window_docks.hpp"

#include <QDockWidget>
#include <QTimer>
#include <QVBoxLayout>

// What stands around the plots.

namespace ui {
namespace {

/// What runs is called, with the reasons, above what it is.
QWidget* underVerdict(EngineBridge& bridge, QWidget* content, QWidget* parent)
{
    auto* panel = new QWidget(parent);
    auto* column = new QVBoxLayout(panel);
    constexpr int margin = 4;
    column->setContentsMargins(margin, margin, margin, 0);
    column->setSpacing(margin);
    column->addWidget(new VerdictLabel(bridge, panel));
    column->addWidget(content, 1);
    return panel;
}

} // namespace

void MainWindow::makeDocks()
{
    using Place = WindowDocks::Place;
    using Shown = WindowDocks::Shown;
    const auto add = [this](QWidget* content, const char* name, const QString& title, Place place,
                         Shown shown) {
        return m_docks->add(content, QLatin1String(name), title, place, shown);
    };
    add(m_presets, "presets", tr("Presets"), Place::left, Shown::always);
    add(m_parameters, "parameters", tr("Parameters"), Place::left, Shown::always);
    // In the order of the tabs.
    add(m_phase, "phase", tr("Phase plane"), Place::upper, Shown::forNeurons);
    add(m_equations, "equations", tr("Equations"), Place::upper, Shown::forNeurons);
    m_regimeDock = add(m_regime, "regime", tr("Regime map"), Place::upper, Shown::forNetworks);
    m_helpDock = add(underVerdict(*m_bridge, m_help, this), "help", tr("What is it"), Place::upper,
        Shown::forNeurons);
    m_fiDock = add(m_fi, "fi", tr("f-I curve"), Place::lower, Shown::forNeurons);
    m_stimuliDock = add(m_stimuli, "stimuli", tr("Stimuli"), Place::lower, Shown::forNeurons);
    add(m_statistics, "statistics", tr("Statistics"), Place::lower, Shown::always);
    add(m_spectrum, "spectrum", tr("Spectrum"), Place::lower, Shown::forNetworks);
    add(m_connectivity, "connectivity", tr("Connectivity"), Place::lower, Shown::forNetworks);
    add(m_response, "response", tr("Response"), Place::lower, Shown::forNetworks);
    add(m_events, "events", tr("Events"), Place::lower, Shown::forNetworks);
    add(m_grid, "neurons", tr("Neurons"), Place::upper, Shown::forNetworks);
    add(m_distributions, "distributions", tr("Distributions"), Place::upper, Shown::forNetworks);
    add(m_balance, "balance", tr("Balance"), Place::upper, Shown::forNetworks);
    // Of a network the statistics show the promises as well, and there are the distributions.
    add(m_promises, "promises", tr("Promises"), Place::lower, Shown::forNeurons);
    add(m_intervals, "intervals", tr("Intervals"), Place::lower, Shown::forNeurons);
    m_compareDock = add(m_comparePanel, "compare", tr("Compare"), Place::upper, Shown::never);
    m_pinDock = add(m_pinPanel, "pins", tr("Pins"), Place::lower, Shown::forNeurons);
    add(m_editor, "editor", tr("Preset text"), Place::right, Shown::never);
}

void MainWindow::arrangeDocks(const engine::Frame& frame)
{
    const bool network = networkLayout(frame.document.experiment());
    m_docks->use(network ? WindowDocks::Layout::network : WindowDocks::Layout::neuron);
    const bool rebuilt = m_arrangedFor == frame.document.info().id;
    m_arrangedFor = frame.document.info().id;
    if (!network || rebuilt || frame.status.state == engine::RunState::ended
        || engine::theory::brunel_shape(frame.document.experiment()).params) {
        return;
    }
    constexpr int laidOut_ms = 200;
    QTimer::singleShot(laidOut_ms, this, [this] {
        // A map that theory cannot fill gives way to the neurons.
        if (!m_regimeDock->visibleRegion().isEmpty() && m_regime->csv().empty()) {
            WindowDocks::bringForward(*qobject_cast<QDockWidget*>(m_grid->parentWidget()));
        }
    });
}

} // namespace ui
