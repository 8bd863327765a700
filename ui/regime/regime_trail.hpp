#pragma once

#include "engine/analysis/network_statistics.hpp"
#include "engine/analysis/regime.hpp"
#include "engine/frame.hpp"
#include "ui/regime/regime_state.hpp"

#include <QPointF>

#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace ui {

/// One place where the network has been, with what was measured while it was there.
struct RegimeStop {
    static constexpr double missing = std::numeric_limits<double>::quiet_NaN();

    QPointF at;
    double arrived_ms = 0.0; ///< model time
    double rate_Hz = missing;
    double cv = missing;
    double frequency_Hz = missing; ///< peak of the spectrum
    std::optional<int> state; ///< number of regimeStates()
    bool joined = false; ///< to the stop before

    double value(RegimeQuantity quantity) const;
};

/// The way of a running network through the plane, from its frames. Rates are counted from the
/// spikes, so that places passed in a glide have one too; what needs a window of time is taken from
/// statistics that began after the network had come.
class RegimeTrail {
public:
    /// Forgets everything. `resolution`: what cannot be seen as a distance.
    void begin(const std::string& x, const std::string& y, const QPointF& resolution);
    /// The next frame starts another run: what was is not joined to what comes.
    void interrupt();
    /// Returns whether there is something new to be seen.
    bool take(const engine::Frame& frame);

    const std::vector<RegimeStop>& stops() const { return m_stops; }
    /// Where the network is; missing before the first frame.
    const RegimeStop* present() const { return m_stops.empty() ? nullptr : &m_stops.back(); }
    /// Statistics of the present place; nullptr where none has begun there yet.
    const engine::analysis::NetworkStatistics* statistics() const { return m_statistics.get(); }
    /// State of the network at the present place.
    const engine::analysis::Regime& regime() const { return m_regime.shown(); }

private:
    void arrive(const QPointF& at, double t_ms);
    void count(const engine::Frame& frame, engine::core::Step from, double dt_ms);
    bool judge(const engine::Frame& frame);

    std::string m_x;
    std::string m_y;
    QPointF m_resolution;
    std::vector<RegimeStop> m_stops;
    bool m_join = false;
    // Of the present stop: while the network settles, and after that.
    double m_settlingSpikes = 0.0;
    double m_settlingMs = 0.0;
    double m_spikes = 0.0;
    double m_ms = 0.0;
    std::shared_ptr<const engine::analysis::NetworkStatistics> m_seen; ///< the last ones
    std::shared_ptr<const engine::analysis::NetworkStatistics> m_statistics;
    engine::analysis::RegimeTracker m_regime;
    double m_changed_ms = 0.0; ///< the last change of any value
};

} // namespace ui
