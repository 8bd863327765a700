#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace engine::config {

/// Kinds of objects in a preset.
enum class Section {
    preset,
    variable,
    simulation,
    population,
    projection,
    record,
    trace,
    view,
    panel,
    raster,
    check,
    event,
    draw,
};

/// The keys that an object may have, in the order in which they are written.
const std::vector<std::string>& keys_of(Section section);

} // namespace engine::config
