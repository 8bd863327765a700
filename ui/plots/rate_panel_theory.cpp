#include "ui/plots/rate_panel.hpp"

#include "engine/analysis/population_rate.hpp"
#include "engine/analysis/spike_train.hpp"
#include "engine/core/value.hpp"
#include "ui/plots/ghost_lines.hpp"
#include "ui/plots/panel_layout.hpp"

#include <algorithm>

// What theory says of the rate, in the panel.

namespace ui {

using engine::core::Step;

namespace {

constexpr std::size_t mostTheorySteps = 4096; // of a slider that is dragged for minutes

} // namespace

void RatePanel::setShowsTheory(bool shown)
{
    m_showsTheory = shown;
    fillLegend();
    m_fit = true;
    loadMore();
}

void RatePanel::setTheory(const TheoryAnswer& answer)
{
    m_noTheory = QString::fromStdString(answer.shape.reason);
    const auto* state = answer.active();
    if (state == nullptr) {
        m_theorySteps.clear();
        if (answer.shape.params) {
            m_noTheory = tr("no stationary state");
        }
    } else {
        while (!m_theorySteps.empty() && m_theorySteps.back().first >= answer.from_ms) {
            m_theorySteps.pop_back();
        }
        if (m_theorySteps.size() == mostTheorySteps) {
            m_theorySteps.erase(m_theorySteps.begin(), m_theorySteps.begin() + mostTheorySteps / 2);
        }
        m_theorySteps.emplace_back(m_theorySteps.empty() ? 0.0 : answer.from_ms, state->rate_Hz);
    }
    fillLegend();
    setToolTip(
        m_noTheory.isEmpty() ? QString() : tr("No theory of this network: %1").arg(m_noTheory));
}

double RatePanel::drawTheory()
{
    const QCPRange view = xAxis->range();
    QVector<QCPGraphData> points;
    double largest = 0.0;
    if (m_showsTheory) {
        for (std::size_t i = 0; i < m_theorySteps.size(); ++i) {
            const auto [from, rate] = m_theorySteps[i];
            const bool last = i + 1 == m_theorySteps.size();
            if (from > view.upper || (!last && m_theorySteps[i + 1].first < view.lower)) {
                continue;
            }
            points.append({std::max(from, view.lower), rate});
            largest = std::max(largest, rate);
        }
    }
    if (!points.isEmpty()) {
        points.append({view.upper, points.back().value});
    }
    m_theory->data()->set(points, true);
    return largest;
}

QString RatePanel::noteText() const
{
    QString note = tr("bins of %1 ms").arg(binWidthMs());
    if (m_smoothingMs > 0.0) {
        note += tr(", smoothed over %1 ms").arg(m_smoothingMs);
    }
    if (m_noTheory.isEmpty() || !m_showsTheory) {
        return note;
    }
    // The reason where there is room for it beside the legend; the tool tip has it anyway.
    const QString full = note + tr("; no theory: %1").arg(m_noTheory);
    return 2 * fontMetrics().horizontalAdvance(full) < width() ? full : note + tr("; no theory");
}

} // namespace ui
