#include "engine/runner/checkpoints.hpp"

#include <algorithm>
#include <chrono>

namespace engine::runner {

namespace {

// Work between two checkpoints: what repeating the run from one of them takes at most, while
// memory allows it.
constexpr double least_work_s = 0.1;
// Work for each second of copying.
constexpr double work_for_copying = 100.0;

} // namespace

void Checkpoints::after_batch(const Simulation& simulation, double busy_s)
{
    busy_s_ += busy_s;
    if (too_large_ || busy_s_ < std::max(least_work_s, work_for_copying * copy_s_)) {
        return;
    }
    const core::Step last = list_.empty() ? 0 : list_.back().step;
    if (simulation.now() - last >= std::max<core::Step>(apart_, 1)) {
        take(simulation);
    }
}

void Checkpoints::take(const Simulation& simulation)
{
    const auto begin = std::chrono::steady_clock::now();
    Checkpoint made {simulation.now(), simulation.changes().size(), 0, simulation.copy_state()};
    made.bytes = Simulation::bytes(*made.state);
    copy_s_ = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    busy_s_ = 0.0;
    if (made.bytes > budget_) {
        too_large_ = true;
        return;
    }
    bytes_ += made.bytes;
    list_.push_back(std::move(made));
    // What is not recorded any more is no place to go back to; the last checkpoint before what is
    // recorded leads to its beginning.
    drop_before(simulation.history()->first_kept());
    while (bytes_ > budget_) {
        thin();
    }
}

void Checkpoints::thin()
{
    if (list_.size() > 1) {
        apart_ = 2 * std::max(apart_, list_.back().step / static_cast<core::Step>(list_.size()));
    }
    std::vector<Checkpoint> kept;
    for (std::size_t i = 0; i < list_.size(); ++i) {
        if ((list_.size() - 1 - i) % 2 == 1) {
            kept.push_back(std::move(list_[i]));
        } else {
            bytes_ -= list_[i].bytes;
        }
    }
    list_ = std::move(kept);
}

void Checkpoints::drop_before(core::Step first_needed)
{
    const auto later = std::upper_bound(list_.begin(), list_.end(), first_needed,
        [](core::Step step, const Checkpoint& c) { return step < c.step; });
    if (later == list_.begin()) {
        return;
    }
    for (auto gone = list_.begin(); gone != std::prev(later); ++gone) {
        bytes_ -= gone->bytes;
    }
    list_.erase(list_.begin(), std::prev(later));
}

const Checkpoint* Checkpoints::before(core::Step step) const
{
    const auto later = std::upper_bound(list_.begin(), list_.end(), step,
        [](core::Step s, const Checkpoint& c) { return s < c.step; });
    return later == list_.begin() ? nullptr : &*std::prev(later);
}

void Checkpoints::cut(core::Step step)
{
    while (!list_.empty() && list_.back().step > step) {
        bytes_ -= list_.back().bytes;
        list_.pop_back();
    }
}

} // namespace engine::runner
