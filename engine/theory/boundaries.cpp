#include "engine/theory/boundaries.hpp"

#include <cmath>
#include <utility>

namespace engine::theory {

namespace {

/// The active states along one axis.
class Line {
public:
    Line(const BrunelParams& params, Axis axis)
        : params_(params)
        , axis_(axis)
    {
    }
    std::optional<Solution> operator()(double at) const
    {
        BrunelParams params = params_;
        (axis_ == Axis::g ? params.g : params.eta) = at;
        return active_state(params);
    }

private:
    BrunelParams params_;
    Axis axis_;
};

bool known(const std::optional<Solution>& state)
{
    return state && state->stability.kind != Kind::unknown;
}

bool unstable(const std::optional<Solution>& state)
{
    return state->stability.kind == Kind::oscillatory || state->stability.kind == Kind::saddle;
}

struct Point {
    double at;
    std::optional<Solution> state;
};

Boundary bisect(const Line& line, Point stable_end, Point unstable_end)
{
    constexpr double precision = 1e-5;
    const bool unstable_above = unstable_end.at > stable_end.at;
    double width = std::fabs(unstable_end.at - stable_end.at);
    for (; width > precision; width *= 0.5) {
        const double middle = 0.5 * (stable_end.at + unstable_end.at);
        Point point {middle, line(middle)};
        if (!known(point.state)) {
            break;
        }
        (unstable(point.state) ? unstable_end : stable_end) = std::move(point);
    }
    const Solution& state = *unstable_end.state;
    const bool oscillates = state.stability.kind == Kind::oscillatory;
    return {0.5 * (stable_end.at + unstable_end.at), unstable_above,
        oscillates ? state.stability.leading->f_Hz : 0.0,
        state_name(state.rate_Hz, state.cv, state.stability)};
}

} // namespace

std::optional<Solution> active_state(const BrunelParams& params)
{
    const std::vector<double> rates = self_consistent_rates(params);
    if (rates.empty()) {
        return std::nullopt;
    }
    Solution solution = stationary_state(params, rates.back());
    solution.stability = stability(params, rates.back());
    return solution;
}

std::vector<Boundary> boundaries(
    const BrunelParams& params, Axis axis, double low, double high, int intervals)
{
    const Line line(params, axis);
    std::vector<Boundary> found;
    Point before {low, line(low)};
    for (int i = 1; i <= intervals; ++i) {
        const double at = low + (high - low) * i / intervals;
        Point here {at, line(at)};
        if (known(before.state) && known(here.state)
            && unstable(before.state) != unstable(here.state)) {
            found.push_back(
                unstable(here.state) ? bisect(line, before, here) : bisect(line, here, before));
        }
        before = std::move(here);
    }
    return found;
}

} // namespace engine::theory
