#pragma once

#include <QString>

#include <optional>
#include <vector>

namespace ui {

/// The log scale of the speed slider: 0.01x to 1000x, then "as fast as possible" at its end.
/// A missing speed is "as fast as possible".
namespace speedScale {

inline constexpr int last = 500; ///< slider positions 0 .. last - 1 are speeds, `last` is max

int position(std::optional<double> speed);
std::optional<double> speed(int position);
/// Those that [ and ] step through.
const std::vector<double>& presets();
/// The next preset above; missing = max.
std::optional<double> faster(std::optional<double> speed);
std::optional<double> slower(std::optional<double> speed);
/// "0.25x", "max".
QString text(std::optional<double> speed);

} // namespace speedScale
} // namespace ui
