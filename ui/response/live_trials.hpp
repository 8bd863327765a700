#pragma once

#include "engine/analysis/trials.hpp"
#include "ui/response/trigger_log.hpp"
#include "ui/widgets/latest_result.hpp"

#include <QObject>

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace ui {

class EngineBridge;

/// Whose response to what is wanted.
struct ResponseChoice {
    std::string trigger; ///< TriggerLog::names
    engine::analysis::TrialNeurons neurons;
    engine::analysis::TrialWindow window;
    friend bool operator==(const ResponseChoice&, const ResponseChoice&) = default;
};

/// The trials of the live run, gathered from its history in a pool as their windows end. When the
/// conditions change they are set aside and others begin.
class LiveTrials : public QObject {
    Q_OBJECT

public:
    explicit LiveTrials(EngineBridge& bridge, QObject* parent = nullptr);

    const TriggerLog& log() const { return m_log; }
    /// Another choice begins anew, with what the history still has.
    void setChoice(const ResponseChoice& choice);
    const ResponseChoice& choice() const { return m_choice; }
    /// Gathers what has come to its end; to be called while somebody can see it.
    void gather();
    bool busy() const { return m_gathering.busy(); }

    /// In the order of time; at most mostTrials, then the first ones go.
    std::vector<engine::analysis::Trial> trials() const;
    /// Those before the conditions last changed.
    const std::vector<engine::analysis::Trial>& earlier() const { return m_earlier; }
    static constexpr std::size_t mostTrials = 1000;

Q_SIGNALS:
    void changed();
    /// Other triggers, or other neurons that they act on.
    void triggersChanged();

private:
    using Trials = std::vector<engine::analysis::Trial>;

    void beginSession(const engine::Frame& frame);
    void beginSweep(const engine::Frame& frame);
    void take(const engine::Frame& frame);
    void findSame();
    void setAside();
    void add(const Trials& trials);

    TriggerLog m_log;
    ResponseChoice m_choice;
    std::string m_preset;
    std::vector<std::string> m_names;
    std::shared_ptr<const engine::recording::History> m_history;
    std::shared_ptr<const engine::config::Experiment> m_conditions; ///< of the trials
    engine::core::Step m_same = 0; ///< since when all but the trigger is as it is in this sweep
    engine::core::Step m_alike = 0; ///< since when the trigger is too
    engine::core::Step m_now = 0;
    std::map<engine::core::Step, engine::analysis::Trial> m_trials; ///< by trigger
    engine::core::Step m_gathered = 0; ///< triggers before this step have been asked for
    Trials m_earlier;
    LatestResult<Trials> m_gathering;
};

} // namespace ui
