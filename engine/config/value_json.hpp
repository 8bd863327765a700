#pragma once

#include "engine/config/json.hpp"
#include "engine/core/value.hpp"

#include <optional>
#include <unordered_map>

namespace engine::config {

/// Numbers must be finite.
Json to_json(const core::Value& value);

/// Value of a part of a resolved tree; texts that were evaluated as expressions give their number.
/// Nothing for objects and lists of other things than numbers.
std::optional<core::Value> to_value(
    const Json& json, const std::unordered_map<const void*, double>& evaluated);

} // namespace engine::config
