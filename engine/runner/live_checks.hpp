#pragma once

#include "engine/checks/evaluator.hpp"
#include "engine/config/preset_document.hpp"
#include "engine/live_report.hpp"
#include "engine/simulation.hpp"

#include <memory>
#include <optional>
#include <vector>

namespace engine::runner {

/// Holds a live run to the promises of its preset, as LiveReport says. Used by the engine's thread
/// alone.
class LiveChecks {
public:
    /// Observes the simulation, which has to outlive all calls. `opened`: the preset without
    /// changes.
    LiveChecks(Simulation& simulation, config::PresetDocument opened);
    LiveChecks(const LiveChecks&) = delete;
    LiveChecks& operator=(const LiveChecks&) = delete;

    /// Somebody has set values.
    void values_changed();
    /// The simulation has begun a sweep.
    void sweep_begun();
    /// The simulation goes on from a state in the middle of a run: its beginning was not seen.
    void joined();

    /// Whether report() would tell something else.
    bool has_news() const;
    /// Evaluates; costs up to some milliseconds. Of a preset that repeats it tells a sweep where it
    /// is called at the end of one.
    LiveReport report();

private:
    bool repeats() const;
    void make_evaluator();
    void begin(core::Step now);
    std::optional<double> needed_ms() const;
    bool over() const;
    LiveReport measured();
    const std::vector<Difference>& differences();

    Simulation& simulation_;
    config::PresetDocument opened_;
    std::shared_ptr<const config::Experiment> of_; ///< what evaluator_ was made from
    std::vector<config::Check> checks_; ///< that it evaluates
    bool asks_for_pattern_ = false; ///< the last one is not the preset's but for `pattern`
    std::shared_ptr<checks::Evaluator> evaluator_;
    core::Step begin_ = 0; ///< of the measurement that goes on
    bool mixed_ = false;
    bool partial_ = false; ///< the beginning of this sweep was not seen: it tells nothing
    std::optional<LiveReport> last_; ///< the last complete one that is still worth showing

    core::Step told_at_ = -1; ///< where the run stood at the last report()
    bool changed_ = true; ///< since then
    std::shared_ptr<const config::Experiment> compared_; ///< what differences_ is of
    std::vector<Difference> differences_;
};

} // namespace engine::runner
