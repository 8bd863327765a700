#include "engine/runner/board.hpp"

#include <algorithm>
#include <cmath>

namespace engine::runner {

namespace {

// What one frame may hold, so that taking it costs the window's thread a millisecond or two.
constexpr double most_values = 5e5;
constexpr double most_spikes = 2.5e5;

/// Values that the traces record in one step, on average.
double values_per_step(const recording::History& history)
{
    double sum = 0.0;
    for (const recording::TraceGroup& group : history.groups()) {
        sum += static_cast<double>(group.columns.size()) / static_cast<double>(group.interval);
    }
    return sum;
}

/// Takes the changes that belong to sweeps up to `sweep`, and keeps those of `sweep` itself.
std::vector<AppliedChange> take_changes(
    std::vector<std::pair<std::uint64_t, AppliedChange>>& told, std::uint64_t sweep)
{
    std::vector<AppliedChange> taken;
    for (const auto& [number, change] : told) {
        if (number == sweep) {
            taken.push_back(change);
        }
    }
    const auto later = std::find_if(
        told.begin(), told.end(), [&](const auto& change) { return change.first > sweep; });
    told.erase(told.begin(), later);
    return taken;
}

} // namespace

Board::Piece Board::next_piece(const Told& told)
{
    if (told.session != session_) {
        session_ = told.session;
        sweep_ = told.finished ? told.finished->number : told.status.sweep;
        to_ = 0;
        spikes_ = 0;
    }
    if (told.finished) {
        const Told::Sweep& finished = *told.finished;
        const bool shown
            = sweep_ > finished.number || (sweep_ == finished.number && to_ >= finished.end);
        if (!shown && finished.number != told.status.sweep) {
            return {finished.number, finished.history, finished.end, finished.branch, false};
        }
    }
    return {told.status.sweep, told.history, told.final_to, told.branch, true};
}

core::Step Board::shown_from(const Piece& piece, double display_ms, double dt_ms) const
{
    core::Step from = to_;
    const auto at_most = [&](double steps) {
        if (static_cast<double>(piece.to - from) > steps) {
            from = piece.to - std::max<core::Step>(1, static_cast<core::Step>(steps));
        }
    };
    at_most(std::ceil(display_ms / dt_ms));
    const double values = values_per_step(*piece.history);
    if (values > 0.0) {
        at_most(most_values / values);
    }
    const double span = static_cast<double>(piece.to - to_);
    const double spikes = static_cast<double>(piece.history->spike_count() - spikes_);
    if (spikes > 0.0) {
        at_most(span * most_spikes / spikes);
    }
    return from;
}

bool Board::measured_taken()
{
    const std::lock_guard lock(mutex_);
    return told_.measured_taken;
}

bool Board::states_taken()
{
    const std::lock_guard lock(mutex_);
    return told_.states_taken;
}

std::optional<Frame> Board::take(double display_ms)
{
    std::optional<Frame> frame;
    Piece piece;
    {
        const std::lock_guard lock(mutex_);
        const std::optional<double> fraction
            = told_.build ? std::optional(told_.build->fraction()) : std::nullopt;
        if (!told_.document || (told_.version == version_ && fraction == build_fraction_)) {
            return std::nullopt;
        }
        build_fraction_ = fraction;
        piece = next_piece(told_);
        if (piece.present) {
            version_ = told_.version; // else there is more to take at once
        }
        frame.emplace(Frame {told_.session, piece.sweep, *told_.document, told_.status, {}, {}, 0,
            0, false, take_changes(told_.changes, piece.sweep), std::move(told_.notices),
            piece.history, piece.present ? told_.statistics : nullptr, told_.checks, piece.branch,
            piece.present ? told_.followed : nullptr, piece.present ? told_.input : nullptr,
            piece.present ? told_.states : nullptr});
        told_.measured_taken = true;
        told_.states_taken = told_.states_taken || piece.present;
        told_.notices.clear();
    }
    frame->status.build_fraction = build_fraction_;
    if (!piece.history) {
        return frame;
    }
    if (piece.sweep != sweep_) {
        sweep_ = piece.sweep;
        to_ = 0;
        spikes_ = 0;
    }
    frame->to = std::max(piece.to, to_);
    piece.to = frame->to;
    frame->from = shown_from(piece, display_ms, frame->status.dt_ms);
    frame->skipped = frame->from > to_;
    for (std::size_t g = 0; g < piece.history->groups().size(); ++g) {
        frame->traces.push_back(piece.history->rows(g, frame->from, frame->to));
    }
    frame->spikes = piece.history->spikes(frame->from, frame->to);
    frame->status.history_from_ms
        = core::TimeGrid(frame->status.dt_ms).time_ms(piece.history->first_kept());
    to_ = frame->to;
    spikes_ = piece.history->spike_count();
    return frame;
}

} // namespace engine::runner
