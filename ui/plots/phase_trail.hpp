#pragma once

#include "engine/theory/phase_plane.hpp"

#include <cstddef>
#include <deque>
#include <vector>

namespace ui {

/// The way of a neuron through its phase plane, as far back as it is shown. Points that lie where
/// the last one does are left out, so that a trail has as many points as can be seen.
class PhaseTrail {
public:
    using XY = engine::theory::PhaseXY;

    /// Parts of equal age in which it is drawn, the oldest first.
    static constexpr std::size_t shades = 6;

    /// How long a point stays [ms of model time].
    void setLength(double ms) { m_length = ms; }
    /// What cannot be seen as a distance.
    void setResolution(const XY& resolution) { m_resolution = resolution; }

    void clear();
    /// What comes next is not joined to what was before (scrolled, skipped, a new sweep).
    void interrupt() { m_joined = false; }
    /// A new sweep: time begins anew, what is shown goes on fading.
    void beginSweep();
    void add(double t_ms, const XY& at);
    /// A reset: the neuron reaches `peak` and is found at `at`.
    void addReset(double t_ms, const XY& peak, const XY& at);

    bool empty() const { return !m_any; }
    const XY& tip() const { return m_tip; }

    /// One stretch without gap.
    using Line = std::vector<XY>;
    struct Shade {
        std::vector<Line> ways;
        std::vector<Line> resets; ///< from the peak to the point after it
    };
    std::vector<Shade> parts() const;
    /// Around all points; of an empty trail the tip's.
    engine::theory::PhaseBox extent() const;
    std::size_t size() const { return m_points.size(); }

private:
    enum class Join { none, way, reset };
    struct Point {
        double t = 0.0;
        XY at;
        Join join = Join::none; ///< to the point before
    };
    void put(double t, const XY& at, Join join);

    double m_length = 200.0;
    XY m_resolution;
    std::deque<Point> m_points;
    XY m_tip;
    double m_now = 0.0; ///< on a time that goes on from sweep to sweep
    double m_offset = 0.0;
    bool m_any = false;
    bool m_joined = false;
};

} // namespace ui
