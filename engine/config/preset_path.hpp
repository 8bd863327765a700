#pragma once

#include "engine/config/experiment.hpp"
#include "engine/config/json.hpp"
#include "engine/core/diagnostic.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Paths by which values of a preset are named from outside: a variable's name,
// populations/E/params/ tau_m, projections/LABEL/weight, stimuli/0/amplitude, simulation/seed.

namespace engine::config {

/// What is wrong with a path that was given from outside, or with the value for it.
core::Diagnostic path_problem(
    std::string_view path, std::string found, std::string expected, std::string hint = {});

/// The value at a path as it is written in the file: whole ones are told by the text that a file
/// gives.
Json json_at(std::string_view path, const core::Value& value);

/// A path as steps in the JSON tree, names of populations and labels replaced by their places.
struct TreePath {
    std::vector<std::string> steps;
    std::string pointer; ///< as JSON pointer
    bool variable = false; ///< value of a variable
    bool whole = false; ///< a whole stimulus or projection, the list of stimuli or of events
};

struct TreePathResult {
    std::optional<TreePath> path;
    core::Diagnostics errors; ///< with the given path as pointer
};
TreePathResult find_path(const Json& tree, const Experiment& experiment, std::string_view path);

struct PathResult {
    std::optional<Json> tree; ///< the changed one; not yet checked
    std::string pointer; ///< of the changed value
    core::Diagnostics errors; ///< with the given path as pointer
};
/// `experiment` is what `tree` means (for names, labels and defaults that lists start from).
PathResult with_value(
    const Json& tree, const Experiment& experiment, std::string_view path, Json value);

/// What stands there; nullptr where nothing does.
const Json* find_value(const Json& tree, const TreePath& path);

/// The object with a member set; a new one comes before the first that follows it in `order`.
Json with_member(
    const Json& object, const std::string& key, Json value, const std::vector<std::string>& order);

} // namespace engine::config
