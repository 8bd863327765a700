#include "ui/plots/phase_trail.hpp"

#include <algorithm>
#include <cmath>

namespace ui {

namespace {

// A neuron that never rests must not take the window's time.
constexpr std::size_t mostPoints = 3000;

} // namespace

void PhaseTrail::clear()
{
    m_points.clear();
    m_any = false;
    m_joined = false;
    m_now = 0.0;
    m_offset = 0.0;
}

void PhaseTrail::beginSweep()
{
    m_offset = m_now;
    m_joined = false;
}

void PhaseTrail::put(double t, const XY& at, Join join)
{
    m_now = m_offset + t;
    m_tip = at;
    m_any = true;
    const bool unseen = join == Join::way && !m_points.empty()
        && std::abs(at.x - m_points.back().at.x) < m_resolution.x
        && std::abs(at.y - m_points.back().at.y) < m_resolution.y;
    if (!unseen) {
        m_points.push_back({m_now, at, join});
    }
    while (!m_points.empty()
        && (m_points.size() > mostPoints || m_points.front().t < m_now - m_length)) {
        m_points.pop_front();
    }
}

void PhaseTrail::add(double t_ms, const XY& at)
{
    put(t_ms, at, m_joined ? Join::way : Join::none);
    m_joined = true;
}

void PhaseTrail::addReset(double t_ms, const XY& peak, const XY& at)
{
    put(t_ms, peak, m_joined ? Join::way : Join::none);
    put(t_ms, at, Join::reset);
    m_joined = true;
}

std::vector<PhaseTrail::Shade> PhaseTrail::parts() const
{
    std::vector<Shade> out(shades);
    XY before;
    bool first = true;
    std::size_t last = shades; // shade of the point before
    for (const Point& point : m_points) {
        const double youth = 1.0 - (m_now - point.t) / m_length;
        const auto shade = static_cast<std::size_t>(
            std::clamp(youth * shades, 0.0, static_cast<double>(shades - 1)));
        std::vector<Line>& ways = out[shade].ways;
        if (first || point.join == Join::none) {
            ways.push_back({point.at});
        } else if (point.join == Join::reset) {
            out[shade].resets.push_back({before, point.at});
            ways.push_back({point.at});
        } else if (shade != last) {
            ways.push_back({before, point.at});
        } else {
            ways.back().push_back(point.at);
        }
        before = point.at;
        last = shade;
        first = false;
    }
    if (!first && m_joined) {
        std::vector<Line>& newest = out[shades - 1].ways;
        if (newest.empty()) {
            newest.push_back({before});
        }
        newest.back().push_back(m_tip);
    }
    return out;
}

engine::theory::PhaseBox PhaseTrail::extent() const
{
    engine::theory::PhaseBox box {m_tip, m_tip};
    for (const Point& point : m_points) {
        box.low = {std::min(box.low.x, point.at.x), std::min(box.low.y, point.at.y)};
        box.high = {std::max(box.high.x, point.at.x), std::max(box.high.y, point.at.y)};
    }
    return box;
}

} // namespace ui
