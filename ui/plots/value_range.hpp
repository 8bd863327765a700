#pragma once

namespace ui {

struct ValueRange {
    double lower = 0.0;
    double upper = 1.0;
    double size() const { return upper - lower; }
    friend bool operator==(const ValueRange&, const ValueRange&) = default;
};

/// The data with room at the edges; `headroom` more of the whole at the top (for spike marks). A
/// constant gets a range of its own size.
ValueRange padded(ValueRange data, double headroom);

/// A value axis that grows at once and shrinks slowly: `current` moved towards `wanted` after
/// `elapsed_s`. Sides that would cut off data jump; the others move with a time constant of two
/// seconds, and only when the axis is much too large, so that a plot at rest stays at rest.
ValueRange followed(ValueRange current, ValueRange wanted, double elapsed_s);

} // namespace ui
