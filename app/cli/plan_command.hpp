#pragma once

#include "engine/config/experiment.hpp"
#include "engine/network/network_plan.hpp"

#include <nlohmann/json_fwd.hpp>

#include <string>

namespace app::cli {

/// How each projection of a preset will be stored and why, and the memory that the network needs:
/// as a table or as JSON. Nothing is built. `threads` 0: chosen by the engine.
int plan_command(const std::string& preset, int threads, bool json);

/// What a network will need, in a line on standard error; nothing for neurons without projections.
void say_what_is_built(const engine::config::Experiment& experiment, int threads);

/// The plan as it stands in the summary of a run.
nlohmann::ordered_json plan_json(
    const engine::config::Experiment& experiment, const engine::network::NetworkPlan& plan);

} // namespace app::cli
