#pragma once

#include "engine/core/progress.hpp"
#include "engine/frame.hpp"

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

namespace engine::runner {

/// What the engine's thread has told and the window has not yet taken.
struct Told {
    std::uint64_t version = 0; ///< grows with every change
    std::uint64_t session = 0; ///< 0: nothing opened yet
    std::optional<config::PresetDocument> document;
    Status status;
    std::shared_ptr<const recording::History> history;
    std::shared_ptr<const analysis::NetworkStatistics> statistics;
    std::shared_ptr<const LiveReport> checks;
    bool measured_taken = true; ///< somebody has got the present `statistics` and `checks`
    core::Step final_to = 0; ///< stamp up to which rows will not be amended any more

    /// The last sweep that ran to its end: its tail is still to be shown.
    struct Sweep {
        std::uint64_t number = 0;
        std::shared_ptr<const recording::History> history;
        core::Step end = 0;
        std::shared_ptr<const Branch> branch;
    };
    std::optional<Sweep> finished;
    std::shared_ptr<const Branch> branch; ///< of the present sweep
    std::shared_ptr<const analysis::Followed> followed;
    std::shared_ptr<const analysis::InputStatistics> input;
    std::shared_ptr<const analysis::NeuronStates> states;
    bool states_taken = true; ///< somebody has got the present `states`

    std::vector<std::pair<std::uint64_t, AppliedChange>> changes; ///< with their sweep
    std::vector<Notice> notices;
    std::shared_ptr<core::Progress> build; ///< while a network is being built
};

/// Where the engine's thread puts what it tells and the window's thread takes frames. Both hold the
/// mutex for copying a few values; recorded data is copied outside it.
class Board {
public:
    /// Engine's thread: changes what is told.
    template <class Change> void tell(Change&& change)
    {
        const std::lock_guard lock(mutex_);
        change(told_);
        ++told_.version;
    }

    /// Engine's thread: whether somebody waits for newer statistics and checks.
    bool measured_taken();
    /// The same for the states of neurons.
    bool states_taken();

    /// Window's thread: what is new since the last call; at most `display_ms` before its end.
    std::optional<Frame> take(double display_ms);

private:
    /// A piece of one sweep.
    struct Piece {
        std::uint64_t sweep = 0;
        std::shared_ptr<const recording::History> history;
        core::Step to = 0;
        std::shared_ptr<const Branch> branch;
        bool present = true; ///< else the rest of a finished sweep
    };
    Piece next_piece(const Told& told);
    core::Step shown_from(const Piece& piece, double display_ms, double dt_ms) const;

    std::mutex mutex_;
    Told told_; // SAFETY: guarded by mutex_

    // Window's thread only: what it has got.
    std::uint64_t version_ = 0;
    std::uint64_t session_ = 0;
    std::uint64_t sweep_ = 0;
    core::Step to_ = 0;
    std::size_t spikes_ = 0; ///< of the sweep at the last frame
    std::optional<double> build_fraction_;
};

} // namespace engine::runner
