#include "ui/regime/regime_trail.hpp"

#include "engine/checks/network_regime.hpp"

#include <algorithm>
#include <cmath>
#include <variant>

namespace ui {

namespace {

constexpr std::size_t mostStops = 500;
constexpr double settling_ms = 100.0;

std::optional<double> number(
    const engine::config::PresetDocument& document, const std::string& path)
{
    const auto value = document.value(path);
    const double* x = value ? std::get_if<double>(&*value) : nullptr;
    return x != nullptr ? std::optional(*x) : std::nullopt;
}

double neuronsOf(const engine::config::Experiment& experiment)
{
    double sum = 0.0;
    for (const std::size_t population : experiment.record.spikes) {
        sum += static_cast<double>(experiment.populations[population].size);
    }
    return sum;
}

} // namespace

double RegimeStop::value(RegimeQuantity quantity) const
{
    const double number = state ? *state : missing;
    return valueOf(quantity, rate_Hz, cv, frequency_Hz, number);
}

void RegimeTrail::begin(const std::string& x, const std::string& y, const QPointF& resolution)
{
    *this = RegimeTrail();
    m_x = x;
    m_y = y;
    m_resolution = resolution;
}

void RegimeTrail::interrupt()
{
    m_join = false;
    m_seen.reset();
    m_statistics.reset();
    m_regime.reset();
    m_changed_ms = 0.0;
    m_settlingSpikes = m_settlingMs = m_spikes = m_ms = 0.0;
    if (!m_stops.empty()) {
        m_stops.back().arrived_ms = 0.0;
    }
}

void RegimeTrail::arrive(const QPointF& at, double t_ms)
{
    if (!m_stops.empty()) {
        RegimeStop& last = m_stops.back();
        if (m_join && std::abs(at.x() - last.at.x()) < m_resolution.x()
            && std::abs(at.y() - last.at.y()) < m_resolution.y()) {
            last.at = at;
            last.arrived_ms = t_ms;
            return;
        }
    }
    RegimeStop stop;
    stop.at = at;
    stop.arrived_ms = t_ms;
    stop.joined = m_join;
    m_stops.push_back(stop);
    if (m_stops.size() > mostStops) {
        m_stops.erase(m_stops.begin());
    }
    m_join = true;
    m_settlingSpikes = m_settlingMs = m_spikes = m_ms = 0.0;
}

bool RegimeTrail::take(const engine::Frame& frame)
{
    const bool placed = m_join && !m_stops.empty() && frame.changes.empty();
    const auto x = placed ? std::optional(m_stops.back().at.x()) : number(frame.document, m_x);
    const auto y = placed ? std::optional(m_stops.back().at.y()) : number(frame.document, m_y);
    if (!x || !y) {
        return false;
    }
    const double dt_ms = frame.status.dt_ms;
    engine::core::Step from = frame.from;
    for (const engine::AppliedChange& change : frame.changes) {
        if (engine::config::PresetDocument::names_state(change.path)) {
            continue;
        }
        from = std::max(from, change.step);
        m_changed_ms = dt_ms * static_cast<double>(change.step);
        m_regime.reset();
        m_statistics.reset();
    }
    const QPointF at(*x, *y);
    const bool moved = m_stops.empty() || m_stops.back().at != at || !m_join;
    if (moved) {
        arrive(at, dt_ms * static_cast<double>(from));
    }
    count(frame, from, dt_ms);
    return judge(frame) || moved || frame.to > from;
}

/// Adds the spikes of stamps from < stamp to the rate of the present stop.
void RegimeTrail::count(const engine::Frame& frame, engine::core::Step from, double dt_ms)
{
    const double neurons = neuronsOf(frame.document.experiment());
    const double elapsed = dt_ms * static_cast<double>(frame.to - from);
    if (neurons == 0.0 || elapsed <= 0.0 || m_stops.empty() || m_statistics) {
        return; // a whole window tells more
    }
    const auto first = std::upper_bound(frame.spikes.begin(), frame.spikes.end(), from,
        [](engine::core::Step step, const auto& spike) { return step < spike.step; });
    const auto spikes = static_cast<double>(frame.spikes.end() - first);
    const bool settling = m_settlingMs < settling_ms;
    (settling ? m_settlingSpikes : m_spikes) += spikes;
    (settling ? m_settlingMs : m_ms) += elapsed;
    constexpr double perSecond = 1000.0;
    const bool settled = m_ms >= settling_ms;
    m_stops.back().rate_Hz = perSecond
        * (settled ? m_spikes / m_ms : (m_settlingSpikes + m_spikes) / (m_settlingMs + m_ms))
        / neurons;
}

/// Takes over statistics that belong to the present place alone.
bool RegimeTrail::judge(const engine::Frame& frame)
{
    if (!frame.statistics || frame.statistics == m_seen || m_stops.empty()) {
        return false;
    }
    m_seen = frame.statistics;
    RegimeStop& stop = m_stops.back();
    if (m_seen->from_ms < std::max(m_changed_ms, stop.arrived_ms)) {
        return false;
    }
    const bool same = m_statistics && m_statistics->from_ms == m_seen->from_ms
        && m_statistics->to_ms == m_seen->to_ms;
    m_statistics = m_seen;
    if (!same) {
        m_regime.update(engine::checks::regime_of(m_statistics->network));
    }
    const auto& network = m_statistics->network;
    stop.rate_Hz = network.rate_Hz.value_or(stop.rate_Hz);
    stop.cv = network.cv_isi.value_or(RegimeStop::missing);
    stop.frequency_Hz = network.peak_frequency_Hz.value_or(RegimeStop::missing);
    stop.state = regimeStateNumber(m_regime.shown().name());
    return true;
}

} // namespace ui
