#include "engine/analysis/pattern_protocol.hpp"

#include <algorithm>
#include <cmath>

namespace engine::analysis {

using core::Step;
using Shape = Episode::Shape;

namespace {

/// Two levels that differ by less than this part of the largest current are the same.
constexpr double same_level = 1e-9;
constexpr Step least_ramp = 4; // steps
constexpr std::size_t most_pieces = 50;

/// The current of each step, and what counts as equal.
class Current {
public:
    Current(std::span<const double> I, Step steps)
        : I_(I)
        , steps_(I.empty() ? 0 : std::min<Step>(steps, static_cast<Step>(I.size()) + 1))
    {
        for (const double x : I) {
            largest_ = std::max(largest_, std::abs(x));
        }
    }
    Step steps() const { return steps_; }
    double at(Step k) const { return I_[static_cast<std::size_t>(std::max<Step>(k, 1) - 1)]; }
    double change(Step k) const { return at(k) - at(k - 1); }
    bool same(double x, double y) const { return std::abs(x - y) <= same_level * largest_; }

private:
    std::span<const double> I_;
    Step steps_;
    double largest_ = 0.0;
};

/// The longest level or ramp that begins at step k.
Episode piece_from(const Current& current, Step k)
{
    Step end = k + 1;
    if (end < current.steps()) {
        const double change = current.change(end);
        while (end < current.steps() && current.same(current.change(end), change)) {
            ++end;
        }
        const bool level = current.same(change, 0.0);
        if (!level && end - k >= least_ramp) {
            return {Shape::ramp, k, end, current.at(k), current.at(end - 1)};
        }
        end = level ? end : k + 1; // a jump: a level of one step
    }
    return {Shape::level, k, end, current.at(k), current.at(k)};
}

double baseline_of(const std::vector<Episode>& pieces, const Current& current)
{
    const auto levels_like = [&](double level) {
        return std::count_if(pieces.begin(), pieces.end(), [&](const Episode& piece) {
            return piece.shape == Shape::level && current.same(piece.from, level);
        });
    };
    const double first = pieces.front().from;
    if (pieces.front().shape == Shape::level && levels_like(first) >= 2) {
        return first;
    }
    const bool constant = pieces.size() == 1 && pieces.front().shape == Shape::level;
    return constant || levels_like(0.0) > 0 ? 0.0 : first;
}

} // namespace

Step Protocol::rest_until(std::size_t episode) const
{
    return episode + 1 < episodes.size() ? episodes[episode + 1].begin : end;
}

Protocol read_protocol(std::span<const double> I, Step steps)
{
    Protocol out;
    out.end = steps;
    const Current current(I, steps);
    std::vector<Episode> pieces;
    for (Step k = 0; k < current.steps(); k = pieces.back().end) {
        pieces.push_back(piece_from(current, k));
    }
    if (pieces.empty()) {
        return out;
    }
    if (pieces.size() > most_pieces) {
        out.episodes.push_back(
            {Shape::fluctuating, 0, current.steps(), pieces.front().from, pieces.back().to, true});
        return out;
    }
    out.baseline = baseline_of(pieces, current);
    for (Episode& piece : pieces) {
        if (piece.shape == Shape::level && current.same(piece.from, out.baseline)) {
            continue;
        }
        piece.up = 0.5 * (piece.from + piece.to) > out.baseline;
        out.episodes.push_back(piece);
    }
    return out;
}

} // namespace engine::analysis
