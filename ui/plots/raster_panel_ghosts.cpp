#include "ui/plots/raster_panel.hpp"

#include "engine/analysis/divergence.hpp"
#include "engine/recording/csv.hpp"
#include "ui/plots/panel_layout.hpp"
#include "ui/plots/raster_order.hpp"
#include "ui/selection/followed_neuron.hpp"

#include <QActionGroup>
#include <QMenu>
#include <QSettings>

#include <algorithm>
#include <sstream>

// Spikes of other runs that stand behind those of the raster.

namespace ui {

using engine::core::Step;
using engine::recording::Spike;

void RasterPanel::setOriginal(std::shared_ptr<const engine::Branch> original)
{
    if (original != m_original) {
        m_original = std::move(original);
        applyTheme(colors());
    }
}

void RasterPanel::setOther(const std::optional<ShownRun>& run)
{
    const bool same = m_other && run && m_other->history == run->history;
    const bool none = !m_other && !run;
    m_other = run;
    if (!same && !none) {
        applyTheme(colors());
    }
}

void RasterPanel::clearData()
{
    m_raster->clear();
    m_otherDone = -1;
}

void RasterPanel::addOther()
{
    if (!m_other || m_original || m_other->grid.dt_ms() != run().grid.dt_ms()) {
        return;
    }
    // The other run may be behind: its spikes come when both are known.
    constexpr Step most = 2000; // of one frame
    const Step from = std::max(m_otherDone, viewFrom());
    const Step to = std::min({m_other->now, run().now, viewTo(), from + most});
    if (to <= from) {
        return;
    }
    m_raster->addGhosts(engine::analysis::differences(
        m_other->history->spikes(from, to), run().history->spikes(from, to))
                            .missing);
    m_otherDone = to;
}

void RasterPanel::addGhosts(const Slice& slice, std::span<const Spike> spikes)
{
    if (!m_original || slice.to <= m_original->at || slice.from >= m_original->end) {
        return;
    }
    m_raster->addGhosts(engine::analysis::differences(
        m_original->history->spikes(slice.from, std::min(slice.to, m_original->end)), spikes)
                            .missing);
}

} // namespace ui
