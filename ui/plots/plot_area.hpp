#pragma once

#include "engine/frame.hpp"
#include "ui/pictures.hpp"
#include "ui/plots/change_flags.hpp"
#include "ui/plots/time_axis.hpp"

#include <QWidget>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

class QAction;
class QPushButton;
class QSplitter;

namespace ui {

class CursorStrip;
class EngineBridge;
class NetworkTheory;
class RasterPanel;
class RatePanel;
class StimulusDesk;
class StimulusPanel;
class TimeCursors;
class FollowPanel;
class DivergencePanel;
class FollowedNeuron;
class HistoryBar;
class TimePlot;
struct PinnedRun;
struct ShownRun;

/// All time panels of the present experiment, stacked over one time axis: for a network raster,
/// population rate and the potentials of the followed neurons; for few neurons a panel for each
/// kind of quantity.
class PlotArea : public QWidget {
    Q_OBJECT

public:
    explicit PlotArea(EngineBridge& bridge, QWidget* parent = nullptr);
    /// Panels of a network that is looked at beside another one: over that one's time axis, which
    /// it does not move, without a history of its own to go back in.
    PlotArea(EngineBridge& bridge, TimeAxis& shared, QWidget* parent = nullptr);
    ~PlotArea() override;

    const std::vector<TimePlot*>& panels() const { return m_panels; }
    TimeAxis& timeAxis() { return *m_axis; }
    TimeCursors& cursors() { return *m_cursors; }
    CursorStrip& cursorStrip() { return *m_cursorStrip; }
    HistoryBar& historyBar() { return *m_history; } ///< not of a guest
    /// Runs that stand behind the live one; to be set again for the panels of a new session.
    void setPins(const std::vector<PinnedRun>& pins);
    /// A run at the same time as this one, as ghost in all panels; told again as it grows, and for
    /// the panels of a new session. Missing: none.
    void setOther(const std::optional<ShownRun>& run);
    RasterPanel* raster() const { return m_raster; } ///< nullptr where there is none
    RatePanel* rate() const { return m_rate; } ///< likewise
    QSplitter& splitter() const { return *m_splitter; }
    /// Neurons can be chosen and followed: shared with the other panels of the window. `actions`:
    /// what can be done to them. Before the first session.
    void setSelection(FollowedNeuron& followed, const QList<QAction*>& actions = {});
    /// Those that show the followed neuron.
    DivergencePanel* divergence() const { return m_divergence; }
    const std::vector<FollowPanel*>& followPanels() const { return m_followPanels; }
    const std::vector<ChangeFlag>& flags() const { return m_flags; }
    QPushButton* liveButton() const { return m_liveButton; }

    void goLive();
    void autoscaleAll();

    /// Neurons are shown with their stimuli below, which are edited at this desk. Before the first
    /// session.
    void setStimulusDesk(StimulusDesk* desk) { m_desk = desk; }
    /// Its rates stand in the panel of a network's rate. Before the first session.
    void setTheory(const NetworkTheory& theory);
    /// nullptr where there is none (networks).
    StimulusPanel* stimuli() const { return m_stimuli; }
    /// Shows or hides them; remembered.
    QAction* stimuliAction() const { return m_stimuliAction; }

Q_SIGNALS:
    /// Something for the person to read.
    void report(const QString& message, bool error);
    /// Exact values of a stimulus are wanted; -1 for none in particular.
    void editStimulus(int stimulus);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    PlotArea(EngineBridge& bridge, TimeAxis* shared, QWidget* parent);
    void beginSession(const engine::Frame& frame);
    void beginSweep(const engine::Frame& frame);
    void takeFrame(const engine::Frame& frame);
    void takeDocument(const engine::config::PresetDocument& document);
    void addPanel(TimePlot* panel, int stretch);
    void timeChanged();
    void loadMore();
    void applyTheme();
    void placeLiveButton();
    void follow(const engine::Frame& frame);
    /// New panels from this one on get a fifth of the height each.
    void giveRoom(std::size_t first);
    void compareWith(const engine::Frame& frame);
    void removePanel(TimePlot* panel);
    const ShownMoments* moments() const;
    void showStimuli();
    void showTheory();
    PictureTag pictureTag() const;

    EngineBridge& m_bridge;
    bool m_guest; ///< of another one's time axis
    TimeAxis* m_axis;
    TimeCursors* m_cursors;
    CursorStrip* m_cursorStrip;
    QSplitter* m_splitter;
    QPushButton* m_liveButton;
    HistoryBar* m_history; ///< nullptr where the time axis is another one's
    QAction* m_stimuliAction;
    StimulusDesk* m_desk = nullptr;
    const NetworkTheory* m_theory = nullptr;
    RatePanel* m_rate = nullptr; ///< among the panels; nullptr where there is none
    StimulusPanel* m_stimuli = nullptr; ///< the last of the panels
    std::vector<TimePlot*> m_panels;
    RasterPanel* m_raster = nullptr; ///< nullptr where there is none
    DivergencePanel* m_divergence = nullptr; ///< of a branch of a network
    FollowedNeuron* m_followed = nullptr;
    QList<QAction*> m_neuronActions;
    std::shared_ptr<const engine::analysis::Followed> m_recording; ///< that followPanels() show
    std::vector<FollowPanel*> m_followPanels;
    std::unique_ptr<ShownRun> m_run;
    std::vector<ChangeFlag> m_flags;
    bool m_loading = false; ///< a call of loadMore is on its way
    bool m_feeding = false; ///< a frame is being handed to the panels
};

} // namespace ui
