#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace engine::sweep {

/// A value of the preset that is varied: what PresetDocument::set can name, and its values in
/// order.
struct Axis {
    std::string path;
    std::vector<double> values;

    friend bool operator==(const Axis&, const Axis&) = default;
};

/// FROM, FROM + STEP ... up to TO, rounded to 12 digits, so that 0:1:0.1 holds 0.3 and not
/// 0.30000000000000004; TO belongs to it where a whole number of steps leads there. Throws
/// std::invalid_argument for a step of 0 or away from TO, and for more than `most_values`.
std::vector<double> steps(double from, double to, double step);
constexpr double most_values = 1e6;

/// "NAME=FROM:TO:STEP" as given to --over. Throws std::invalid_argument, which says what was
/// expected.
Axis parse_axis(std::string_view text);

} // namespace engine::sweep
