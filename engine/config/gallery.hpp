#pragma once

#include "engine/config/preset_library.hpp"
#include "engine/config/stimulus_override.hpp"
#include "engine/core/diagnostic.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace engine::config {

/// Presets that are looked at side by side, each in a small panel.
struct Gallery {
    std::string id; ///< "izh2003"; "family:GLIF"; "mine:FOLDER"
    std::string title;
    std::string summary; ///< what to look at
    std::vector<std::string> presets; ///< shipped ids or paths, in order
    int columns = 0; ///< of panels, as in the published figure; 0 = as fits
    bool lettered = false; ///< panels are named A, B, C ... as in the published figure
    /// What all neurons are given instead of their own stimuli where a person wants it; `shared`:
    /// from the beginning.
    CurrentStep step;
    bool shared = false;
};

/// Reads presets/galleries.json. All errors at once; a gallery with an error is left out.
std::vector<Gallery> read_galleries(
    const std::filesystem::path& file, core::Diagnostics& diagnostics);

/// The galleries of the library: those of galleries.json beside the shipped presets, one for each
/// family of shipped presets with several members, one for "My presets" and for each folder in it.
std::vector<Gallery> galleries(const PresetLibrary& library, core::Diagnostics& diagnostics);

std::string family_gallery_id(const std::string& family);
inline constexpr const char* own_gallery_id = "mine";

/// Whether a preset can be a small panel: at most `most_panel_neurons` neurons, and the first of
/// them has a membrane potential.
inline constexpr std::size_t most_panel_neurons = 100;
bool fits_panel(const Experiment& experiment);

} // namespace engine::config
