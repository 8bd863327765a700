#pragma once

#include "engine/core/time_grid.hpp"
#include "engine/simulation.hpp"

#include <QString>

#include <functional>
#include <optional>
#include <string_view>
#include <vector>

namespace ui {

/// A change of a value as the time axes show it.
struct ChangeFlag {
    double t = 0.0; ///< [ms], when it took effect
    QString name; ///< "g", "tau_m", "seed"
    QString before;
    QString after;

    QString text() const; ///< "g 5 → 4.2"
};

/// Moments of the run that lines through all panels show [ms].
struct ShownMoments {
    std::optional<double> marked; ///< where the run can be continued from
    std::optional<double> branch; ///< where it left its original
};

/// Short name of a settable path: "populations/E/params/tau_m" is "tau_m".
QString shortName(std::string_view path);

/// "tau_m 20 → 15": a change of the value at a settable path.
QString changeText(
    std::string_view path, const engine::core::Value& before, const engine::core::Value& after);

/// A flag for each change; one for all states of neurons that change in the same step.
std::vector<ChangeFlag> flagsOf(
    const std::vector<engine::AppliedChange>& changes, const engine::core::TimeGrid& grid);

/// Flags of one name that would stand closer than `gap` become one, from the first value to the
/// last: a slider's drag is many changes and one thing for a person. `pixel` maps time to a place
/// on the axis; flags ascend in time.
std::vector<ChangeFlag> mergedFlags(
    const std::vector<ChangeFlag>& flags, const std::function<double(double)>& pixel, double gap);

} // namespace ui
