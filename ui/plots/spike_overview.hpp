#pragma once

#include "engine/core/time_grid.hpp"
#include "engine/recording/history.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace ui {

/// How many spikes a run has had over its whole length, in a fixed number of bins which widen as
/// it grows. What is new is looked at in small pieces.
class SpikeOverview {
public:
    static constexpr std::size_t bins = 512;

    /// Another run, which is expected to last `span` steps.
    void begin(std::shared_ptr<const engine::recording::History> history, engine::core::Step span);
    /// The run has come to `now`. Looks at what is new for at most about `budget_ms`; returns
    /// whether there is more to look at.
    bool advance(engine::core::Step now, double budget_ms);

    /// Steps of one bin.
    engine::core::Step binSteps() const { return m_binSteps; }
    const std::vector<std::uint32_t>& counts() const { return m_counts; }

private:
    void widen();

    std::shared_ptr<const engine::recording::History> m_history;
    engine::core::Step m_binSteps = 1;
    engine::core::Step m_seen = 0;
    std::vector<std::uint32_t> m_counts = std::vector<std::uint32_t>(bins);
};

} // namespace ui
