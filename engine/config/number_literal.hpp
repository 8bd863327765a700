#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace engine::config {

/// End of the unsigned decimal number that begins at `begin`: digits, point, digits, exponent.
std::size_t number_end(std::string_view text, std::size_t begin);

/// Its value; too near to 0 gives 0, nothing where it does not fit into a double.
std::optional<double> number_value(std::string_view digits);

} // namespace engine::config
