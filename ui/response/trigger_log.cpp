#include "ui/response/trigger_log.hpp"

#include "engine/analysis/triggers.hpp"

#include <algorithm>
#include <iterator>

namespace ui {

using engine::core::Step;
namespace analysis = engine::analysis;

namespace {

constexpr std::size_t mostValues = 400; // of a slider that is dragged for minutes

/// All targets of the stimuli that make this trigger, one entry for each population.
analysis::TrialNeurons targetsOf(
    const engine::config::Experiment& experiment, const std::string& name)
{
    std::map<std::size_t, engine::config::Target> all;
    for (const auto& stimulus : experiment.stimuli) {
        if (analysis::trigger_name(stimulus) != name) {
            continue;
        }
        for (const engine::config::Target& target : stimulus.targets) {
            engine::config::Target& joined = all[target.population];
            const bool whole = target.all || (joined.all && !joined.neurons.empty());
            std::vector<std::uint32_t> neurons;
            std::set_union(joined.neurons.begin(), joined.neurons.end(), target.neurons.begin(),
                target.neurons.end(), std::back_inserter(neurons));
            joined = {target.population, std::move(neurons), whole};
        }
    }
    analysis::TrialNeurons out;
    for (auto& [population, target] : all) {
        if (target.all) {
            target.neurons.clear();
        }
        out.push_back(std::move(target));
    }
    return out;
}

} // namespace

void TriggerLog::beginSweep(const engine::Frame& frame)
{
    const Step from = frame.branch ? frame.branch->at : 0;
    const auto later = [from](const auto& values) { return values.since >= from; };
    m_values.erase(std::remove_if(m_values.begin(), m_values.end(), later), m_values.end());
    m_experiment = frame.document.shared_experiment();
    m_values.push_back({from, m_experiment});
    for (auto& [name, steps] : m_triggers) {
        steps.erase(steps.lower_bound(from), steps.end());
    }
    m_kicks.erase(m_kicks.lower_bound(from), m_kicks.end());
    m_done = from;
}

void TriggerLog::take(const engine::Frame& frame)
{
    const auto experiment = frame.document.shared_experiment();
    if (experiment != m_experiment) {
        Step since = frame.changes.empty() ? frame.to : 0;
        for (const engine::AppliedChange& change : frame.changes) {
            since = std::max(since, change.step);
        }
        addOnsets(since); // up to there the values were the former ones
        m_experiment = experiment;
        m_values.push_back({since, experiment});
        if (m_values.size() > mostValues) {
            m_values.erase(m_values.begin(), m_values.begin() + mostValues / 2);
        }
    }
    addKicks(frame);
    addOnsets(frame.to);
}

void TriggerLog::addOnsets(Step to)
{
    if (to <= m_done) {
        return;
    }
    for (const std::string& name : analysis::trigger_names(*m_experiment)) {
        const auto onsets = analysis::trigger_onsets(*m_experiment, name, m_done, to);
        m_triggers[name].insert(onsets.begin(), onsets.end());
    }
    m_done = to;
}

void TriggerLog::addKicks(const engine::Frame& frame)
{
    for (const engine::AppliedChange& change : frame.changes) {
        if (change.from_preset || !engine::config::PresetDocument::names_state(change.path)) {
            continue;
        }
        const auto found = frame.document.state_change(change.path, change.after).change;
        if (found && found->adds) {
            m_kicks[change.step][found->population].insert(found->neuron);
            m_triggers[kick].insert(change.step);
        }
    }
}

std::vector<std::string> TriggerLog::names() const
{
    std::vector<std::string> out;
    if (m_experiment) {
        out = analysis::trigger_names(*m_experiment);
    }
    for (const auto& [name, steps] : m_triggers) {
        if (!steps.empty() && std::find(out.begin(), out.end(), name) == out.end()) {
            out.push_back(name);
        }
    }
    return out;
}

Step TriggerLog::sameSince(const std::string& name, Same same) const
{
    Step since = m_values.empty() ? 0 : m_values.back().since;
    for (auto values = m_values.rbegin(); values != m_values.rend(); ++values) {
        if (!same(*values->experiment, *m_experiment, name)) {
            break;
        }
        since = values->since;
    }
    return since;
}

std::vector<Step> TriggerLog::triggers(const std::string& name) const
{
    const auto found = m_triggers.find(name);
    return found == m_triggers.end()
        ? std::vector<Step> {}
        : std::vector<Step>(found->second.begin(), found->second.end());
}

analysis::TrialNeurons TriggerLog::targets(const std::string& name) const
{
    if (name != kick) {
        return m_experiment ? targetsOf(*m_experiment, name) : analysis::TrialNeurons {};
    }
    analysis::TrialNeurons out;
    if (!m_kicks.empty()) {
        for (const auto& [population, neurons] : m_kicks.rbegin()->second) {
            out.push_back({population, {neurons.begin(), neurons.end()}, false});
        }
    }
    return out;
}

} // namespace ui
