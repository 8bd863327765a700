#pragma once

#include "engine/config/preset_library.hpp"
#include "ui/pictures.hpp"

#include <QImage>
#include <QMainWindow>

#include <string>

class QAction;
class QDockWidget;
class QUndoStack;

namespace engine {
struct Frame;
} // namespace engine

namespace ui {

class BalancePanel;
class ComparePanel;
class CompareView;
class Comparison;
class ConnectivityPanel;
class DistributionsPanel;
class EngineBridge;
class EquationsPanel;
class EventsPanel;
class FiPanel;
class FileActions;
class FollowedNeuron;
class GalleryActions;
class HelpPanel;
class IntervalsPanel;
class MessageBar;
class NetworkTheory;
class NeuronActions;
class NeuronGridPanel;
class NeuronSelection;
class ParameterPanel;
class PhasePanel;
class PinPanel;
class Pins;
class PlotArea;
class PresetBrowser;
class PresetEditor;
class PromisesPanel;
class RegimePanel;
class ResponsePanel;
class RunControls;
class SliderScents;
class SpectrumPanel;
class StatisticsPanel;
class StatusStrip;
class StimulusDesk;
class StimulusEditor;
class WindowDocks;

/// The window: puts docks, plots, tool bar and menus together and connects them.
class MainWindow : public QMainWindow {
    Q_OBJECT

public:
    explicit MainWindow(engine::config::PresetLibrary& library, QWidget* parent = nullptr);
    ~MainWindow() override;

    EngineBridge& bridge() { return *m_bridge; }
    FileActions& files() { return *m_files; }
    PlotArea& plots() { return *m_plots; }
    NeuronSelection& selection() { return *m_selection; }
    NeuronGridPanel& neuronGrid() { return *m_grid; }
    NeuronActions& neuronActions() { return *m_neuronActions; }
    FollowedNeuron& followed() { return *m_followed; }
    Pins& pins() { return *m_pins; }
    PinPanel& pinPanel() { return *m_pinPanel; }
    Comparison& comparison() { return *m_comparison; }
    ComparePanel& comparePanel() { return *m_comparePanel; }
    CompareView& compareView() { return *m_compareView; }
    RunControls& controls() { return *m_controls; }
    ParameterPanel& parameters() { return *m_parameters; }
    PresetBrowser& presets() { return *m_presets; }
    StatusStrip& statusStrip() { return *m_status; }
    MessageBar& messages() { return *m_messages; }
    PromisesPanel& promises() { return *m_promises; }
    StatisticsPanel& statistics() { return *m_statistics; }
    SpectrumPanel& spectrum() { return *m_spectrum; }
    DistributionsPanel& distributions() { return *m_distributions; }
    BalancePanel& balance() { return *m_balance; }
    ConnectivityPanel& connectivity() { return *m_connectivity; }
    FiPanel& fiCurve() { return *m_fi; }
    EquationsPanel& equations() { return *m_equations; }
    PhasePanel& phase() { return *m_phase; }
    IntervalsPanel& intervals() { return *m_intervals; }
    EventsPanel& events() { return *m_events; }
    RegimePanel& regimeMap() { return *m_regime; }
    ResponsePanel& response() { return *m_response; }
    StimulusEditor& stimuli() { return *m_stimuli; }
    GalleryActions& galleries() { return *m_galleries; }
    SliderScents& scents() { return *m_scents; }

    /// The window as it is, with the preset and its seed in the text of the image.
    QImage picture();
    /// What pictures of the present run carry.
    PictureTag pictureTag() const;
    void copyPicture();
    void askAndSavePicture();
    /// Something is being computed off the window's thread that will be shown.
    bool computing() const;
    /// Shows or hides "What is it".
    void toggleHelp();
    /// Shows the f-I curve in front of its neighbours.
    void showFiCurve();
    /// Shows the regime map in front of its neighbours.
    void showRegimeMap();

protected:
    void closeEvent(QCloseEvent* event) override;

private:
    void makeDocks();
    /// For what is opened: neurons or a network.
    void arrangeDocks(const engine::Frame& frame);
    void makeToolBar();
    void connectFiles();
    void connectEngine();
    void connectPins();
    void report(const QString& message, bool error);
    void restorePlace();

    // The bridge dies last of these: all others are children that hear of it.
    EngineBridge* m_bridge;
    NetworkTheory* m_theory;
    QUndoStack* m_undo;
    StimulusDesk* m_desk;
    FileActions* m_files;
    MessageBar* m_messages;
    NeuronSelection* m_selection;
    FollowedNeuron* m_followed;
    NeuronActions* m_neuronActions;
    NeuronGridPanel* m_grid;
    PlotArea* m_plots;
    Pins* m_pins;
    PinPanel* m_pinPanel;
    Comparison* m_comparison;
    ComparePanel* m_comparePanel;
    CompareView* m_compareView;
    PresetBrowser* m_presets;
    ParameterPanel* m_parameters;
    SliderScents* m_scents;
    PresetEditor* m_editor;
    HelpPanel* m_help;
    PromisesPanel* m_promises;
    StatisticsPanel* m_statistics;
    SpectrumPanel* m_spectrum;
    DistributionsPanel* m_distributions;
    BalancePanel* m_balance;
    ConnectivityPanel* m_connectivity;
    FiPanel* m_fi;
    EquationsPanel* m_equations;
    PhasePanel* m_phase;
    IntervalsPanel* m_intervals;
    RegimePanel* m_regime;
    ResponsePanel* m_response;
    StimulusEditor* m_stimuli;
    EventsPanel* m_events;
    StatusStrip* m_status;
    RunControls* m_controls;
    WindowDocks* m_docks;
    GalleryActions* m_galleries;
    QList<QAction*> m_undoActions;
    std::string m_arrangedFor; ///< id of the preset that the docks are arranged for
    QDockWidget* m_helpDock = nullptr;
    QDockWidget* m_fiDock = nullptr;
    QDockWidget* m_regimeDock = nullptr;
    QDockWidget* m_pinDock = nullptr;
    QDockWidget* m_compareDock = nullptr;
    QDockWidget* m_stimuliDock = nullptr;
};

} // namespace ui
