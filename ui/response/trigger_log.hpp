#pragma once

#include "engine/analysis/trials.hpp"
#include "engine/frame.hpp"

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace ui {

/// Every trigger of a run as it goes on, from its frames: onsets of the stimuli that it had when
/// they came, and kicks. Knows since when the conditions of a trigger have been as they are.
class TriggerLog {
public:
    /// What V_m that jumps by hand is called.
    static constexpr const char* kick = "kick";

    /// Another network, another sweep, or a branch: forgets what has not happened in it.
    void beginSweep(const engine::Frame& frame);
    void take(const engine::Frame& frame);

    /// Of the present stimuli in file order, then what else has happened.
    std::vector<std::string> names() const;
    /// First steps in which it acted, ascending, since its conditions are as they are.
    std::vector<engine::core::Step> triggers(const std::string& name) const;
    using Same = bool (*)(const engine::config::Experiment&, const engine::config::Experiment&,
        const std::string& name);
    /// The stamp since which this has held of the values and those of now.
    engine::core::Step sameSince(const std::string& name, Same same) const;
    /// The neurons that it acts on, of the newest one; empty where nothing is known.
    engine::analysis::TrialNeurons targets(const std::string& name) const;
    /// The newest values; nullptr before the first frame.
    const std::shared_ptr<const engine::config::Experiment>& experiment() const
    {
        return m_experiment;
    }

private:
    void addKicks(const engine::Frame& frame);
    void addOnsets(engine::core::Step to);

    struct Values {
        engine::core::Step since = 0;
        std::shared_ptr<const engine::config::Experiment> experiment;
    };
    std::shared_ptr<const engine::config::Experiment> m_experiment;
    std::vector<Values> m_values; ///< in the order of time
    std::map<std::string, std::set<engine::core::Step>> m_triggers;
    std::map<engine::core::Step, std::map<std::size_t, std::set<std::uint32_t>>> m_kicks;
    engine::core::Step m_done = 0; ///< onsets before this step are known
};

} // namespace ui
