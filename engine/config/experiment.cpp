#include "engine/config/experiment.hpp"

namespace engine::config {

bool Draw::same_numbers(const Draw& other) const
{
    const bool same_list
        = values == other.values || (values && other.values && *values == *other.values);
    return law == other.law && a == other.a && b == other.b && min == other.min && max == other.max
        && same_list;
}

} // namespace engine::config
