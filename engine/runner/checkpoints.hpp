#pragma once

#include "engine/simulation.hpp"

#include <cstddef>
#include <memory>
#include <vector>

namespace engine::runner {

/// A copy of the complete state.
struct Checkpoint {
    core::Step step = 0;
    std::size_t changes = 0; ///< entries of the log that are part of it
    std::size_t bytes = 0;
    std::shared_ptr<const Simulation::State> state;
};

/// States of one sweep to go back to, ascending. Taking them costs at most a hundredth of the work
/// of the run; where they would take more memory than allowed every second one goes, and they are
/// taken half as often. The beginning needs none: a restart leads there.
class Checkpoints {
public:
    explicit Checkpoints(std::size_t budget_bytes)
        : budget_(budget_bytes)
    {
    }

    /// After a batch that took `busy_s`: copies the state where it is time to.
    void after_batch(const Simulation& simulation, double busy_s);
    /// The last one at or before the step; nullptr: only the beginning is.
    const Checkpoint* before(core::Step step) const;
    /// Forgets those after the step: they belong to another run now.
    void cut(core::Step step);

    std::size_t size() const { return list_.size(); }
    std::size_t bytes() const { return bytes_; }

private:
    void take(const Simulation& simulation);
    void thin();
    void drop_before(core::Step first_needed);

    std::size_t budget_;
    std::vector<Checkpoint> list_;
    std::size_t bytes_ = 0;
    double busy_s_ = 0.0; ///< work since the last one
    double copy_s_ = 0.0; ///< time that the last copy took
    core::Step apart_ = 0; ///< at least, since memory made them fewer
    bool too_large_ = false; ///< a single state is more than is allowed
};

} // namespace engine::runner
