#include "engine/core/diagnostic.hpp"
#include "engine/runner/runner.hpp"

#include <exception>
#include <new>
#include <utility>

// How a live run goes back to an earlier moment and branches there.

namespace engine::runner {

bool Runner::defer(Command& command)
{
    const bool waits = going_back()
        && (std::holds_alternative<SetValues>(command) || std::holds_alternative<StepOnce>(command)
            || std::holds_alternative<ResetState>(command)
            || std::holds_alternative<ResetParameters>(command)
            || std::holds_alternative<NewSeed>(command)
            || std::holds_alternative<ContinueFrom>(command));
    if (waits) {
        session_->waiting.push_back(std::move(command));
    }
    return waits;
}

void Runner::execute(const ContinueFrom& command)
{
    const std::string failure = "The run cannot continue from there: ";
    if (!session_) {
        notify(core::Severity::error, failure + "nothing has been run yet");
        return;
    }
    news_ = true;
    publish(); // what is shown until the branch begins is complete
    steps_asked_ = 0;
    try {
        std::optional<Recording> left = recording(false);
        const std::string reason
            = session_->time->go_back(command, session_->sweep, seconds_per_step_);
        if (!reason.empty()) {
            notify(core::Severity::error, failure + reason);
            return;
        }
        session_->left = std::move(left);
    } catch (const std::bad_alloc&) {
        notify(core::Severity::error, failure + "not enough memory");
        return;
    } catch (const std::exception& error) {
        fail(failure + error.what());
        return;
    }
    session_->progress = std::make_shared<core::Progress>();
    board_.tell([&](Told& told) {
        told.build = session_->progress;
        told.status.build_reason = "going back to "
            + core::number_text(session_->simulation->grid().time_ms(command.step)) + " ms";
    });
}

void Runner::go_on_back()
{
    try {
        const bool there = session_->time->repeat(batch());
        session_->progress->set_fraction(session_->time->fraction());
        if (there) {
            begin_branch();
        }
    } catch (const std::bad_alloc&) {
        notify(core::Severity::error, "The run cannot go back: not enough memory");
        turn_back();
    } catch (const std::exception& error) {
        notify(core::Severity::error, std::string("The run cannot go back: ") + error.what());
        turn_back();
    }
}

void Runner::begin_branch()
{
    TimeMachine::Arrival arrival = session_->time->arrive();
    ++session_->sweep;
    session_->changes_told = 0;
    forget_measured();
    session_->branch = std::move(arrival.branch); // told with the first status of the branch
    resume();
    if (!arrival.values.empty()) {
        SetValues command {std::move(arrival.values)};
        execute(command);
    }
    end_way_back();
}

void Runner::turn_back()
{
    try {
        session_->time->turn_back();
        resume();
        notify(core::Severity::note, "The run goes on where it was");
    } catch (const std::exception& error) {
        fail(std::string("The run could not be put back: ") + error.what());
    }
    end_way_back();
}

void Runner::end_way_back()
{
    session_->left.reset();
    session_->progress.reset();
    if (!pending_) {
        board_.tell([](Told& told) {
            told.build.reset();
            told.status.build_reason.clear();
        });
    }
    news_ = true;
    publish();
    for (Command& command : std::exchange(session_->waiting, {})) {
        if (!defer(command)) {
            std::visit([this](auto& c) { execute(c); }, command);
        }
    }
}

} // namespace engine::runner
