#pragma once

#include <string>
#include <variant>
#include <vector>

namespace engine::core {

/// A value of a setting as it crosses borders: nothing (JSON null), a number, a flag, a text (a
/// choice or an expression), a list of numbers.
using Value = std::variant<std::monostate, double, bool, std::string, std::vector<double>>;

/// Shortest text that reads back as the same double ("0.1", "1e-05", "-65").
std::string number_text(double x);

/// For people: 0.1, true, "euler", [0.2, 2], none.
std::string value_text(const Value& value);

} // namespace engine::core
