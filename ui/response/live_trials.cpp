#include "ui/response/live_trials.hpp"

#include "engine/analysis/triggers.hpp"
#include "ui/engine_bridge.hpp"

#include <algorithm>

namespace ui {

using engine::core::Step;
namespace analysis = engine::analysis;

namespace {

constexpr std::size_t mostAtOnce = 50; // so that the panel grows while a long run is gone through

} // namespace

LiveTrials::LiveTrials(EngineBridge& bridge, QObject* parent)
    : QObject(parent)
    , m_gathering([this](const Trials& trials) { add(trials); }, 0)
{
    connect(&bridge, &EngineBridge::sessionChanged, this, &LiveTrials::beginSession);
    connect(&bridge, &EngineBridge::sweepChanged, this, &LiveTrials::beginSweep);
    connect(&bridge, &EngineBridge::frameReady, this, &LiveTrials::take);
}

void LiveTrials::beginSession(const engine::Frame& frame)
{
    m_gathering.forget();
    if (frame.document.info().id == m_preset) {
        setAside(); // built anew with other values
    } else {
        m_trials.clear();
        m_earlier.clear();
    }
    m_preset = frame.document.info().id;
    m_log = {};
    m_conditions.reset();
    beginSweep(frame);
    m_names = m_log.names();
    Q_EMIT triggersChanged();
}

void LiveTrials::beginSweep(const engine::Frame& frame)
{
    m_gathering.forget();
    m_log.beginSweep(frame);
    findSame();
    m_history = frame.history;
    // A sweep that repeats the one before gives the same trials; a branch has other ones.
    const Step from = frame.branch ? frame.branch->at : 0;
    if (frame.branch) {
        for (auto trial = m_trials.begin(); trial != m_trials.end();) {
            trial = trial->first + m_choice.window.after > from ? m_trials.erase(trial)
                                                                : std::next(trial);
        }
    }
    m_gathered = std::max<Step>(0, from - m_choice.window.after);
    m_now = from;
}

void LiveTrials::take(const engine::Frame& frame)
{
    if (!frame.history) {
        return;
    }
    const auto before = m_log.experiment();
    m_log.take(frame);
    m_history = frame.history;
    m_now = frame.to;
    const auto& now = m_log.experiment();
    if (m_conditions != now) {
        if (m_conditions && !analysis::same_conditions(*m_conditions, *now, m_choice.trigger)) {
            m_gathering.forget();
            setAside();
        }
        m_conditions = now;
        findSame();
    }
    if (auto names = m_log.names(); names != m_names || before != now) {
        m_names = std::move(names);
        Q_EMIT triggersChanged();
    }
}

void LiveTrials::findSame()
{
    if (m_log.experiment()) {
        m_same = m_log.sameSince(m_choice.trigger, analysis::same_surroundings);
        m_alike = m_log.sameSince(m_choice.trigger, analysis::same_conditions);
    }
}

void LiveTrials::setAside()
{
    if (!m_trials.empty()) {
        m_earlier = trials();
        m_trials.clear();
    }
    m_gathered = 0;
    Q_EMIT changed();
}

void LiveTrials::setChoice(const ResponseChoice& choice)
{
    if (choice == m_choice) {
        return;
    }
    m_choice = choice;
    m_gathering.forget();
    m_trials.clear();
    m_earlier.clear();
    m_gathered = 0;
    findSame();
    Q_EMIT changed();
}

void LiveTrials::gather()
{
    if (!m_history || m_gathering.busy() || m_choice.neurons.empty()) {
        return;
    }
    const Step from = std::max(m_same, m_history->first_kept());
    std::vector<Step> due;
    for (const Step trigger : m_log.triggers(m_choice.trigger)) {
        if (trigger < m_gathered || trigger < m_alike || trigger - m_choice.window.before < from) {
            continue;
        }
        if (trigger + m_choice.window.after > m_now || due.size() == mostAtOnce) {
            break;
        }
        due.push_back(trigger);
    }
    if (due.empty()) {
        return;
    }
    m_gathered = due.back() + 1;
    m_gathering.ask([due, history = m_history, choice = m_choice](const std::stop_token& stop) {
        Trials out;
        for (const Step trigger : due) {
            if (stop.stop_requested()) {
                break;
            }
            const auto spikes
                = history->spikes(trigger - choice.window.before, trigger + choice.window.after);
            out.push_back(analysis::trial_of(spikes, trigger, choice.window, choice.neurons));
        }
        return out;
    });
}

void LiveTrials::add(const Trials& trials)
{
    for (const analysis::Trial& trial : trials) {
        m_trials[trial.trigger] = trial;
    }
    while (m_trials.size() > mostTrials) {
        m_trials.erase(m_trials.begin());
    }
    Q_EMIT changed();
    gather();
}

std::vector<analysis::Trial> LiveTrials::trials() const
{
    Trials out;
    for (const auto& [trigger, trial] : m_trials) {
        out.push_back(trial);
    }
    return out;
}

} // namespace ui
