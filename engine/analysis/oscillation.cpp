#include "engine/analysis/oscillation.hpp"

#include <cmath>

namespace engine::analysis {

std::vector<Extremum> find_extrema(std::span<const double> V, double least_swing)
{
    std::vector<Extremum> out;
    if (V.empty()) {
        return out;
    }
    std::size_t highest = 0;
    std::size_t lowest = 0;
    enum class Direction { unknown, up, down } direction = Direction::unknown;
    for (std::size_t i = 1; i < V.size(); ++i) {
        highest = V[i] > V[highest] ? i : highest;
        lowest = V[i] < V[lowest] ? i : lowest;
        if (direction != Direction::down && V[highest] - V[i] >= least_swing) {
            if (direction == Direction::up) {
                out.push_back({highest, V[highest], true});
            }
            direction = Direction::down;
            lowest = i;
        } else if (direction != Direction::up && V[i] - V[lowest] >= least_swing) {
            if (direction == Direction::down) {
                out.push_back({lowest, V[lowest], false});
            }
            direction = Direction::up;
            highest = i;
        }
    }
    return out;
}

std::optional<Oscillation> subthreshold_oscillation(
    std::span<const double> V_m, double dt_ms, double least_swing)
{
    constexpr std::size_t two_cycles = 5; // extrema
    const std::vector<Extremum> e = find_extrema(V_m, least_swing);
    if (e.size() < two_cycles) {
        return std::nullopt;
    }
    const auto swing = [&](std::size_t i) { return std::abs(e[i + 1].value - e[i].value); };
    double distances = 0.0; // [samples]
    for (std::size_t i = 0; i + 2 < e.size(); ++i) {
        distances += static_cast<double>(e[i + 2].sample - e[i].sample);
    }
    double log_ratios = 0.0;
    for (std::size_t i = 0; i + 3 < e.size(); ++i) {
        log_ratios += std::log(swing(i + 2) / swing(i));
    }
    Oscillation out;
    out.period_ms = distances / static_cast<double>(e.size() - 2) * dt_ms;
    out.decay_ratio = std::exp(log_ratios / static_cast<double>(e.size() - 3));
    out.amplitude = swing(0);
    out.extrema = e.size();
    return out;
}

} // namespace engine::analysis
