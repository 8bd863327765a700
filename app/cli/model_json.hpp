#pragma once

#include "engine/models/description.hpp"

#include <string>
#include <vector>

namespace app::cli {

/// Defaults with every switch on: what a model can have at most.
engine::models::ParamValues everything_on(const engine::models::ModelDescription& model);

/// The whole description as indented JSON.
std::string model_as_json(const engine::models::ModelDescription& model);
std::string models_as_json(const std::vector<const engine::models::ModelDescription*>& models);

} // namespace app::cli
