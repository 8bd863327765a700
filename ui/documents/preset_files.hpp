#pragma once

#include "engine/config/preset_document.hpp"
#include "engine/config/preset_library.hpp"

#include <filesystem>
#include <string>

// What the window does with preset files, without dialogs.

namespace ui {

/// Writes the preset, complete or not at all; folders are made. Refused where the file could not be
/// opened again (references to files that are not beside it). Empty = done.
engine::core::Diagnostics savePreset(
    const engine::config::PresetDocument& document, const std::filesystem::path& file);

/// Whether the file is one of those that came with the program, which are never written to.
bool isShippedFile(const engine::config::PresetLibrary& library, const std::filesystem::path& file);

/// "my-neuron" for "My neuron!": a valid id, never empty.
std::string idFromTitle(const std::string& title);

/// A file in the folder that does not exist yet: STEM.json, STEM-2.json ...
std::filesystem::path unusedFile(const std::filesystem::path& folder, const std::string& stem);

/// The preset under another title and an id made from it, for a copy of one's own.
engine::config::PresetDocument renamed(
    const engine::config::PresetDocument& document, const std::string& title);

} // namespace ui
