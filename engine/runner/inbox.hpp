#pragma once

#include "engine/command.hpp"
#include "engine/frame.hpp"
#include "engine/runner/builder.hpp"

#include <chrono>
#include <condition_variable>
#include <future>
#include <mutex>
#include <optional>
#include <stop_token>
#include <vector>

namespace engine::runner {

using Clock = std::chrono::steady_clock;

/// A question of the window that only the engine's thread can answer.
struct Question {
    bool last_complete = true; ///< else the present sweep
    std::promise<std::optional<Recording>> answer;
};

/// Leaves out every SetValues whose paths are all set again by later ones, with nothing else
/// between them that depends on the values.
std::vector<Command> coalesced(std::vector<Command> commands);

/// What waits for the engine's thread: commands, finished builds, questions. Any thread may put
/// something in; the engine's thread takes everything at once between two batches.
class Inbox {
public:
    struct Mail {
        std::vector<Command> commands; ///< in order, coalesced
        std::optional<Clock::time_point> since; ///< when the first of them arrived
        std::vector<BuildResult> builds;
        std::vector<Question> questions;
    };

    void post(Command command);
    void post(BuildResult result);
    std::future<std::optional<Recording>> ask(bool last_complete);

    Mail take();
    /// Returns when there is something to take, at `until` (missing: never) or when asked to stop.
    void wait(const std::stop_token& stop, std::optional<Clock::time_point> until);

private:
    bool empty() const;

    std::mutex mutex_; // held for a push or a swap only
    std::condition_variable_any arrived_;
    Mail mail_; // SAFETY: guarded by mutex_
};

} // namespace engine::runner
