#pragma once

#include "engine/config/gallery.hpp"

#include <QString>

#include <vector>

namespace ui {

/// How a person wants to see a gallery; remembered under the gallery's name.
struct GallerySettings {
    double sweep_s = 4.0; ///< wall time of a sweep
    double currents = 1.0; ///< factor of all currents
    bool sameStimulus = false; ///< all neurons are given `step` instead of their own stimuli
    engine::config::CurrentStep step;
    bool commonAxis = true; ///< one voltage axis
    int columns = 0; ///< 0: the gallery's, else as fits

    friend bool operator==(const GallerySettings&, const GallerySettings&) = default;

    /// As the gallery begins.
    static GallerySettings of(const engine::config::Gallery& gallery);
    /// As it was left, else as it begins.
    static GallerySettings remembered(const engine::config::Gallery& gallery);
    void remember(const engine::config::Gallery& gallery) const;

    /// Whether the tiles are other runs than those of the presets.
    bool changesRuns() const { return sameStimulus || currents != 1.0; }
};

/// The presets with the stimuli that the settings ask for. One that cannot be given them stays as
/// it is and is told in `problems`.
std::vector<engine::config::PresetDocument> withSettings(
    const std::vector<engine::config::PresetDocument>& presets, const GallerySettings& settings,
    engine::core::Diagnostics& problems);

} // namespace ui
