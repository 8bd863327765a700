#pragma once

#include <string_view>

// Whole stimuli can be set like single values: "stimuli/0" or "stimuli/step" is one, "stimuli" the
// list of them; so can a projection, "projections/EE", and all the events, "events". Outside of
// this folder their value is the JSON text, as it is written in the file; of a file without such a
// list it is nothing (null).

namespace engine::config {

/// Whether the path names a whole stimulus, all of them, a whole projection, or the events.
bool names_whole_value(std::string_view path);

/// The path of the list of events. Setting it while a network runs plans what is to come: what has
/// acted stays.
inline constexpr std::string_view events_path = "events";

} // namespace engine::config
