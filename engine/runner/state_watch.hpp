#pragma once

#include "engine/analysis/last_spikes.hpp"
#include "engine/analysis/neuron_states.hpp"
#include "engine/runner/board.hpp"
#include "engine/simulation.hpp"

#include <chrono>
#include <memory>
#include <string>

namespace engine::runner {

/// Looks at a variable of all neurons from time to time, while somebody wants it (WatchStates): on
/// the engine's thread, between two batches. Costs at most a fiftieth of its time.
class StateWatch {
public:
    /// Another variable, empty = none; `simulation`: the running one, nullptr = none yet.
    void watch(std::string variable, Simulation* simulation);
    /// Another network runs.
    void attach(Simulation& simulation);

    /// All neurons as they are now, where something may have changed: whenever the run stands;
    /// where it goes on, only when the window has taken what it was told last, and not too often.
    /// Else nullptr.
    std::shared_ptr<const analysis::NeuronStates> newer(
        Simulation& simulation, Board& board, bool goes_on);

private:
    std::shared_ptr<const analysis::NeuronStates> look(Simulation& simulation);
    void observe(Simulation& simulation);

    std::string variable_;
    std::shared_ptr<analysis::LastSpikes> spikes_; ///< observes the simulation, where it is needed
    std::chrono::steady_clock::time_point next_ {};
};

} // namespace engine::runner
