#pragma once

#include <string_view>

// Whole stimuli can be set like single values: "stimuli/0" or "stimuli/step" is one, "stimuli" the
// list of them. Outside of this folder their value is the JSON text, as it is written in the file;
// of a file without stimuli the list is nothing (null).

namespace engine::config {

/// Whether the path names a whole stimulus or all of them.
bool names_whole_stimuli(std::string_view path);

} // namespace engine::config
