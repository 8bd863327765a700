#pragma once

#include "engine/config/experiment.hpp"
#include "engine/config/json.hpp"

namespace engine::config {

/// The tree with every default written out; it means the same. `experiment` is what it means.
Json fill_defaults(const Json& tree, const Experiment& experiment);

} // namespace engine::config
