#include "ui/plots/spike_overview.hpp"

#include <QElapsedTimer>

#include <algorithm>

namespace ui {

using engine::core::Step;

namespace {

constexpr Step sliceSteps = 20000;

} // namespace

void SpikeOverview::begin(std::shared_ptr<const engine::recording::History> history, Step span)
{
    m_history = std::move(history);
    m_binSteps = std::max<Step>(1, (span + static_cast<Step>(bins) - 1) / static_cast<Step>(bins));
    m_seen = 0;
    std::fill(m_counts.begin(), m_counts.end(), 0U);
}

void SpikeOverview::widen()
{
    for (std::size_t i = 0; i < bins; ++i) {
        m_counts[i] = 2 * i + 1 < bins ? m_counts[2 * i] + m_counts[2 * i + 1] : 0;
    }
    m_binSteps *= 2;
}

bool SpikeOverview::advance(Step now, double budget_ms)
{
    if (!m_history) {
        return false;
    }
    while (now > m_binSteps * static_cast<Step>(bins)) {
        widen();
    }
    QElapsedTimer spent;
    spent.start();
    m_seen = std::max(m_seen, std::min(now, m_history->first_kept()));
    while (m_seen < now && static_cast<double>(spent.nsecsElapsed()) < budget_ms * 1e6) {
        // The spikes of one bin at a time: they need not be looked at one by one.
        const Step bin = m_seen / m_binSteps;
        const Step to = std::min({now, (bin + 1) * m_binSteps, m_seen + sliceSteps});
        m_counts[static_cast<std::size_t>(bin)]
            += static_cast<std::uint32_t>(m_history->spikes(m_seen, to).size());
        m_seen = to;
    }
    return m_seen < now;
}

} // namespace ui
