#pragma once

#include "engine/config/preset_document.hpp"
#include "engine/config/stimulus_view.hpp"

#include <QString>

#include <cstddef>
#include <functional>
#include <string>
#include <utility>
#include <vector>

// Where a stimulus can be taken hold of, and what moving it there sets: without any widget.

namespace ui {

/// What a move asks for.
struct HandleMove {
    std::vector<std::pair<std::string, double>> numbers; ///< by path
    QString label; ///< "onset 20 ms"
};

struct StimulusHandle {
    enum class Shape {
        edge, ///< an upright line between two values: moves in time
        level, ///< a level line between two times: moves in value
        point, ///< moves in either
        tick, ///< a spike in the lane of its stimulus: time, and weight
        size, ///< at the head of a lane: the size of all its spikes
    };
    Shape shape = Shape::edge;
    std::size_t stimulus = 0;
    QString id; ///< the same as long as it is the same handle: "0/times/2"
    QString name; ///< for people: "step: onset"
    QString unit; ///< of the value
    double t_ms = 0.0; ///< of a level its beginning
    double end_ms = 0.0; ///< of a level its end
    double value = 0.0; ///< of an edge one of its ends; of a tick or size its weight or rate
    double other = 0.0; ///< of an edge its other end
    std::function<HandleMove(double t_ms)> setTime; ///< null: does not move in time
    std::function<HandleMove(double value)> setValue; ///< null: not in value
};

/// The part of the run that is shown; infinite stimuli are taken hold of within it.
struct HandleView {
    double from_ms = 0.0;
    double to_ms = 0.0;
};

/// Times on the grid and within what the neighbours allow. A train has handles for its first
/// most_ticks spikes in view.
std::vector<StimulusHandle> stimulusHandles(const engine::config::PresetDocument& document,
    const engine::config::StimulusView& stimulus, const HandleView& view);
inline constexpr int most_ticks = 100;

} // namespace ui
