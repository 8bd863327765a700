#pragma once

#include "engine/config/json.hpp"
#include "engine/core/value.hpp"

#include <optional>
#include <string>
#include <unordered_map>

namespace engine::config {

/// Whether all numbers in it are.
bool is_finite(const core::Value& value);

/// Numbers must be finite.
Json to_json(const core::Value& value);

/// Value of a part of a resolved tree; texts that were evaluated as expressions give their number.
/// Nothing for objects and lists of other things than numbers.
std::optional<core::Value> to_value(
    const Json& json, const std::unordered_map<const void*, double>& evaluated);

/// JSON text that stands for an object outside of this folder: that of a file, without a newline at
/// its end.
std::string to_text(const Json& json);

} // namespace engine::config
