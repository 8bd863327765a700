#pragma once

#include "engine/gallery/frame.hpp"
#include "ui/plots/decimate.hpp"

#include <limits>
#include <optional>
#include <vector>

namespace ui {

/// Smallest and largest value so far; empty at first.
struct Extent {
    double lower = std::numeric_limits<double>::infinity();
    double upper = -std::numeric_limits<double>::infinity();

    bool empty() const { return lower > upper; }
    void include(double value);
    void include(const Extent& other);
};

/// One line of a tile, thinned to its pixels.
struct SweepLine {
    std::optional<std::size_t> column; ///< in the history; missing: the model has no such variable
    MinMaxStream stream;
    std::vector<PlotPoint> points; ///< of complete buckets

    /// All points up to now, without those that lie on a level line between their neighbours.
    std::vector<PlotPoint> drawn() const;
};

/// What a tile shows of one sweep: read from the history as it grows, each sample once.
class SweepTrace {
public:
    struct Spike {
        double t = 0.0; ///< [ms]
        double from = 0.0; ///< V_m in the step before: where the stroke begins
    };

    /// Takes what is new in the sweep; all of it where the sweep or the width is another.
    void update(
        const engine::gallery::Sweep& sweep, const engine::core::TimeGrid& grid, int pixelColumns);

    bool empty() const { return !m_sweep.history; }
    bool complete() const { return m_sweep.complete(); }
    double now_ms() const { return m_now_ms; }
    double end_ms() const { return m_end_ms; }
    double lastV_m() const { return m_lastV_m; }
    const SweepLine& V_m() const { return m_V_m; }
    const SweepLine& threshold() const { return m_threshold; }
    const SweepLine& current() const { return m_current; }
    const std::vector<Spike>& spikes() const { return m_spikes; }
    const Extent& voltages() const { return m_voltages; } ///< [mV] of V_m and threshold
    const Extent& currents() const { return m_currents; }

private:
    void begin(const engine::gallery::Sweep& sweep, int pixelColumns);
    void read(const engine::core::TimeGrid& grid, engine::core::Step to);

    engine::gallery::Sweep m_sweep;
    int m_pixelColumns = 0;
    std::size_t m_group = 0;
    engine::core::Step m_done = 0;
    double m_now_ms = 0.0;
    double m_end_ms = 0.0;
    double m_lastV_m = std::numeric_limits<double>::quiet_NaN();
    SweepLine m_V_m;
    SweepLine m_threshold;
    SweepLine m_current;
    std::vector<Spike> m_spikes;
    Extent m_voltages;
    Extent m_currents;
};

} // namespace ui
