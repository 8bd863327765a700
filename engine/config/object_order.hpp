#pragma once

#include "engine/config/experiment.hpp"
#include "engine/config/json.hpp"

#include <string>
#include <vector>

namespace engine::config {

/// The order of keys of the object at these steps of a preset's tree, such as {"populations", "0",
/// "params"}; empty where there is none.
std::vector<std::string> order_of_object(
    const std::vector<std::string>& steps, const Json& object, const Experiment& experiment);

/// Keys of a stimulus of this type.
std::vector<std::string> stimulus_order(const std::string& type);

/// Parameters of a model.
std::vector<std::string> params_order(const models::ModelDescription& model);

} // namespace engine::config
