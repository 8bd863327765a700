#pragma once

#include "engine/analysis/neuron_follower.hpp"
#include "ui/plots/trace_panel.hpp"

#include <memory>
#include <vector>

namespace ui {

/// What panels show of a followed neuron: its potential with threshold and spikes, and what arrives
/// at it.
std::vector<PanelSpec> followPanels(
    const engine::config::Experiment& experiment, const engine::analysis::Followed& followed);

/// Traces of a neuron that is recorded beside what the preset records, in a history of its own. The
/// recording before the last jump of the run stands faint behind it.
class FollowPanel : public TracePanel {
    Q_OBJECT

public:
    FollowPanel(PanelSpec spec, TimeAxis& axis, QWidget* parent = nullptr);

    /// The same neuron after a jump of the run.
    void setRecording(const ShownRun& run);

    /// Sweeps and pins have other histories; see setRecording().
    void beginSweep(const ShownRun& run, const ShownRun& previous) override;
    void setPins(const std::vector<PinnedRun>& pins) override;
    std::vector<CursorReading> readings(const ShownRun& run, engine::core::Step at) const override;

protected:
    void append(const Slice& slice) override;
};

} // namespace ui
