#pragma once

#include "engine/models/description.hpp"

#include <nlohmann/json.hpp>

#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

// Building blocks of the JSON Schema of presets.

namespace test_support::schema {

using Schema = nlohmann::ordered_json;

using Members = std::vector<std::pair<std::string, Schema>>;

Schema refer(const std::string& definition); ///< {"$ref": "#/$defs/..."}
Schema text();
Schema flag();
Schema choice(const std::vector<std::string>& values);
Schema list_of(Schema item);
Schema either(std::vector<Schema> alternatives); ///< anyOf

/// A literal number within the limits.
Schema literal(const engine::models::Limits& limits = {});
/// The same, or an expression (which a schema cannot evaluate).
Schema number(const engine::models::Limits& limits = {});
/// A whole literal number within the limits, or an expression.
Schema whole(const engine::models::Limits& limits);
Schema index(); ///< a whole number from 0, of a neuron
engine::models::Limits at_least(double min);
engine::models::Limits above(double min);
engine::models::Limits between(double min, double max);
inline constexpr double longest_time_ms = 1e12;
inline constexpr double largest_whole = 9007199254740991.0; // 2^53 - 1
inline constexpr double largest_size = 2147483647.0;
Schema time(); ///< from 0 to the longest
Schema duration(); ///< the same without 0
Schema requiring(const std::vector<std::string>& keys); ///< {"required": [...]}
Schema not_both(const std::string& key, const std::string& other);

/// An object with these members, those of `required`, keys that begin with x-, and nothing else.
Schema object(const Members& members, const std::vector<std::string>& required = {});

/// expression, draw, distributed (number, expression or draw), names ...: what the parts above
/// refer to.
Members value_definitions();

} // namespace test_support::schema
