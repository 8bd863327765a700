#pragma once

#include "engine/analysis/psth.hpp"
#include "ui/pictures.hpp"
#include "ui/response/live_trials.hpp"
#include "ui/widgets/background_sweep.hpp"
#include "ui/widgets/when_seen.hpp"

#include <QWidget>

#include <functional>
#include <optional>
#include <vector>

class QBoxLayout;
class QLabel;

namespace ui {

class NeuronActions;
class ResponseControls;
class ResponsePlot;

/// The response to a stimulus over repeats: trials of the live run as they come, or of runs with
/// other seeds in the background, as rows of spikes and as a peri-stimulus time histogram.
class ResponsePanel : public QWidget {
    Q_OBJECT

public:
    ResponsePanel(EngineBridge& bridge, NeuronActions& actions, QWidget* parent = nullptr);
    ~ResponsePanel() override;

    ResponsePlot& plot() const { return *m_plot; }
    ResponseControls& controls() const { return *m_controls; }
    QString words() const;
    /// Trials are being gathered, or runs are under way.
    bool busy() const { return m_live.busy() || m_sweep.isRunning(); }
    /// What pictures carry.
    void setPictureTag(std::function<PictureTag()> tag) { m_tag = std::move(tag); }
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void report(const QString& message, bool error);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    /// Trials with the neurons that were counted in them.
    struct Shown {
        ResponseChoice choice;
        std::vector<engine::analysis::Trial> trials;
        std::vector<engine::analysis::Trial> earlier;
    };
    void fillTriggers();
    void fillNeurons();
    void choose();
    engine::analysis::TrialNeurons chosenNeurons() const;
    ResponseChoice choice() const;
    void startRuns();
    void stopRuns();
    Shown shown() const;
    void renew();
    engine::analysis::Psth psthOf(
        const std::vector<engine::analysis::Trial>& trials, const ResponseChoice& choice) const;
    QString wordsOf(const engine::analysis::Psth& psth) const;
    void showHint(const ResponseChoice& choice, const std::vector<engine::analysis::Trial>& trials);
    void showMenu(const QPoint& globalPosition);

    EngineBridge& m_bridge;
    NeuronActions& m_actions;
    LiveTrials m_live;
    BackgroundSweep m_sweep;
    std::optional<ResponseChoice> m_seedChoice; ///< of the runs
    std::shared_ptr<const engine::config::Experiment> m_seedValues; ///< likewise
    std::vector<engine::analysis::Trial> m_seedTrials; ///< those that are done
    std::vector<engine::analysis::Trial> m_seedsBefore; ///< of the runs before these
    ResponseControls* m_controls;
    ResponsePlot* m_plot;
    QLabel* m_words;
    QBoxLayout* m_layout;
    std::function<PictureTag()> m_tag = [] { return PictureTag {}; };
    WhenSeen m_seen;
};

} // namespace ui
