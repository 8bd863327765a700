#pragma once

#include "engine/config/preset_document.hpp"
#include "engine/gallery/frame.hpp"
#include "engine/simulation.hpp"

#include <functional>
#include <memory>

namespace engine::gallery {

/// Model time that a panel shows: the whole protocol where the preset repeats or stops, else its
/// time window; at most `longest_sweep_ms`, so that noise for minutes does not fill a panel.
inline constexpr double longest_sweep_ms = 5000.0;
double sweep_ms(const config::Experiment& experiment);

/// One preset that is run from the beginning to the end of its sweep again and again: a simulation
/// of its own, with the spikes of `spikescope run`. Faults stop this tile alone. One thread at a
/// time.
class Tile {
public:
    explicit Tile(config::PresetDocument document);

    /// Goes on until this share of the sweep is done. Looks at `interrupted` now and then and gives
    /// up where it says so: false.
    bool advance_to(double fraction, const std::function<bool()>& interrupted);
    void restart();
    /// Shows the last complete sweep of another tile behind its own.
    void follow(const Tile& before);

    TileFrame frame() const;

private:
    Sweep present() const;
    void classify();

    config::PresetDocument document_;
    std::unique_ptr<Simulation> simulation_; ///< missing: it could not be built
    core::Step end_ = 0;
    Sweep previous_;
    std::optional<analysis::Pattern> pattern_;
    std::string fault_;
};

} // namespace engine::gallery
