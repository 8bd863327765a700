#pragma once

#include "engine/analysis/network_statistics.hpp"
#include "engine/analysis/observer.hpp"

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>

namespace engine::analysis {

/// Statistics of one window of a run.
class WindowStatistics : public Observer {
public:
    /// Of the stamps from < stamp <= to; where the run is joined or goes on later, from there.
    WindowStatistics(const config::Experiment& experiment, core::Step from, core::Step to,
        const StatisticsLimits& limits = {});

    std::vector<config::TraceRequest> probes() const override;
    void begin(core::Step now) override;
    void spikes(
        core::Step stamp, std::size_t population, std::span<const std::uint32_t> neurons) override;
    void sample(std::size_t probe, core::Step stamp, std::span<const double> values) override;
    void done(core::Step now) override;

    /// Of what has been seen of the window.
    NetworkStatistics statistics() const { return window_.statistics(); }

private:
    std::shared_ptr<const NetworkChoice> choice_;
    core::Step from_;
    core::Step to_;
    NetworkAccumulator window_;
};

/// Statistics of the newest complete one of the windows that begin every 500 ms and last 2 s; of
/// the oldest one where none is complete yet. After a change of values it is the window that begins
/// when the network has had 200 ms to settle, as soon as it has seen 500 ms. At most 1000 trains of
/// a population are looked at.
class RecentStatistics : public Observer {
public:
    explicit RecentStatistics(const config::Experiment& experiment);

    std::vector<config::TraceRequest> probes() const override;
    void begin(core::Step now) override;
    void spikes(
        core::Step stamp, std::size_t population, std::span<const std::uint32_t> neurons) override;
    void sample(std::size_t probe, core::Step stamp, std::span<const double> values) override;
    void done(core::Step now) override;
    /// Another network from here on: what was seen before is no statistic of it.
    void values_changed(core::Step now);

    /// Missing where nothing has been seen.
    std::optional<NetworkStatistics> statistics() const;

private:
    /// Begins the windows that have stamps up to this one.
    void open_until(core::Step stamp);
    std::vector<NetworkAccumulator*> open_windows();

    std::shared_ptr<const NetworkChoice> choice_;
    core::Step apart_; ///< beginnings of windows
    core::Step length_;
    core::Step settling_; ///< after a change
    core::Step least_; ///< that a window must have seen to stand for a changed network
    core::Step next_ = 0; ///< beginning of the next window
    std::optional<core::Step> fresh_from_; ///< where the network will have settled after a change
    std::optional<NetworkAccumulator> fresh_; ///< since then
    SpikeSelector selector_;
    std::deque<NetworkAccumulator> windows_; ///< a complete one, if there is any, then the others
};

} // namespace engine::analysis
