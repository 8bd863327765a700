#pragma once

#include "engine/config/resolution.hpp"

#include <memory>

namespace engine::config {

/// The list of an explicit rule, from "connections" or "file", checked against the populations and
/// dt. Nothing where something is wrong with it.
std::shared_ptr<const ConnectionList> read_connections(Resolution& r, const Place& rule,
    const Projection& projection, bool allow_autapses, bool allow_multapses);

} // namespace engine::config
