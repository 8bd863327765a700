#include "ui/plots/plot_area.hpp"

#include "ui/engine_bridge.hpp"
#include "ui/network_theory.hpp"
#include "ui/plots/cursor_strip.hpp"
#include "ui/plots/divergence_panel.hpp"
#include "ui/plots/follow_panel.hpp"
#include "ui/plots/history_bar.hpp"
#include "ui/plots/plot_menu.hpp"
#include "ui/plots/raster_panel.hpp"
#include "ui/plots/rate_panel.hpp"
#include "ui/plots/stimulus_panel.hpp"
#include "ui/plots/time_cursors.hpp"
#include "ui/plots/trace_panel.hpp"

#include <QAction>
#include <QPushButton>
#include <QSettings>
#include <QSplitter>

#include <algorithm>

// Panels that come and go while an experiment is shown: of a followed neuron, of a branch.

namespace ui {

void PlotArea::removePanel(TimePlot* panel)
{
    m_panels.erase(std::find(m_panels.begin(), m_panels.end(), panel));
    delete panel;
}

void PlotArea::giveRoom(std::size_t first)
{
    const int share = std::max(5, 2 * static_cast<int>(m_panels.size() - first));
    QList<int> heights = m_splitter->sizes();
    for (std::size_t i = first; i < m_panels.size(); ++i) {
        heights[static_cast<int>(i)] = height() / share;
    }
    heights.back() += 3 * fontMetrics().height(); // it carries the time axis
    m_splitter->setSizes(heights);
}

void PlotArea::compareWith(const engine::Frame& frame)
{
    if (m_raster == nullptr || m_guest) {
        return;
    }
    m_raster->setOriginal(frame.branch);
    if (!frame.branch && m_divergence != nullptr) {
        removePanel(std::exchange(m_divergence, nullptr));
    } else if (frame.branch) {
        if (m_divergence == nullptr) {
            m_divergence = new DivergencePanel(*m_axis, m_splitter);
            addPanel(m_divergence, 2);
            m_divergence->setFlags(&m_flags, false);
            m_divergence->setMoments(moments());
            m_divergence->show();
            giveRoom(m_panels.size() - 1);
        }
        m_divergence->setBranch(*m_run, frame.branch);
    }
    showStimuli();
    m_cursors->setPanels(m_panels);
}

void PlotArea::follow(const engine::Frame& frame)
{
    const auto before = std::exchange(m_recording, frame.followed);
    const auto recording = m_recording;
    if (recording && before && recording->population == before->population
        && recording->neuron == before->neuron) {
        ShownRun run = *m_run;
        run.history = recording->history;
        for (FollowPanel* panel : m_followPanels) {
            panel->setRecording(run);
        }
        return;
    }
    for (FollowPanel* panel : m_followPanels) {
        removePanel(panel);
    }
    m_followPanels.clear();
    for (TimePlot* panel : m_panels) {
        if (qobject_cast<TracePanel*>(panel) != nullptr) {
            panel->setVisible(!recording); // the followed neuron needs the room
        }
    }
    if (recording) {
        const std::size_t others = m_panels.size();
        for (PanelSpec& spec : ui::followPanels(*m_run->experiment, *recording)) {
            auto* panel = new FollowPanel(std::move(spec), *m_axis, m_splitter);
            addPanel(panel, 2);
            m_followPanels.push_back(panel);
            ShownRun run = *m_run;
            run.history = recording->history;
            panel->setFlags(&m_flags, false);
            panel->setMoments(moments());
            panel->begin(run);
            panel->show();
        }
        giveRoom(others);
    }
    showStimuli();
    m_cursors->setPanels(m_panels);
    m_liveButton->raise();
}

} // namespace ui
