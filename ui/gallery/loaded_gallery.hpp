#pragma once

#include "engine/config/gallery.hpp"

#include <optional>
#include <string>
#include <vector>

namespace ui {

/// A gallery with its presets read.
struct LoadedGallery {
    std::vector<engine::config::Gallery> all; ///< of the library, in the order of the menu
    engine::config::Gallery gallery;
    std::vector<engine::config::PresetDocument> presets; ///< those that fit into a small panel
    std::vector<std::string> keys; ///< of each preset its id or path
    int networks = 0; ///< left out: too large for a small panel
    engine::core::Diagnostics problems; ///< presets and galleries that could not be read
};

/// Reads the gallery with this id, the first one where there is none such. Any thread.
LoadedGallery loadGallery(const engine::config::PresetLibrary& library, const std::string& id);

} // namespace ui
