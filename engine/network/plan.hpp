#pragma once

#include "engine/network/delivery.hpp"
#include "engine/network/synapses.hpp"

#include <string>

namespace engine::network {

/// How one projection is stored and why.
struct ProjectionPlan {
    Storage storage = Storage::none;
    std::string reason; ///< "one weight and delay, 10 % of the pairs are connected"
    double synapses = 0.0; ///< expected
    double bytes = 0.0; ///< expected, of all synapses
};

/// The storage that is fastest for a projection. With `plain` the lists that do without special
/// cases, whose results all others have to equal.
ProjectionPlan plan_projection(const ProjectionSite& site, bool plain = false);

/// "bit matrix", "counted lists" ...
const char* storage_name(Storage storage);

} // namespace engine::network
