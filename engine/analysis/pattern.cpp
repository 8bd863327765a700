#include "engine/analysis/pattern.hpp"

#include <algorithm>

namespace engine::analysis {

bool Pattern::is(const std::string& other) const
{
    return name == other || std::find(also.begin(), also.end(), other) != also.end();
}

Pattern classify_pattern(const Response& response)
{
    const bool driven = std::any_of(
        response.I.begin(), response.I.end(), [](double current) { return current != 0.0; });
    if (response.spikes.empty() && !driven) {
        return {"silent", {}, "no spike and no input current"};
    }
    return {"undecided", {},
        std::to_string(response.spikes.size()) + " spikes, for which no definition is fulfilled"};
}

} // namespace engine::analysis
