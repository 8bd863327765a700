#pragma once

#include "ui/plots/decimate.hpp"
#include "ui/plots/panel_layout.hpp"
#include "ui/plots/shown_run.hpp"

#include <QPen>

#include <optional>
#include <vector>

class QCPGraph;
class QCustomPlot;
class QElapsedTimer;

namespace ui {

class SpikeMarks;

/// The lines of a run that stands behind the live one in a trace panel: the sweep before, the
/// original of a branch, a pin. It is thinned once as the view comes to it, in slices, not anew
/// with every frame.
class GhostLines {
public:
    /// Of the traces of a panel; behind everything else of the plot.
    GhostLines(QCustomPlot& plot, const PanelSpec& spec);
    ~GhostLines();
    GhostLines(const GhostLines&) = delete;
    GhostLines& operator=(const GhostLines&) = delete;

    /// Shows this run: of its columns those that are called like the panel's in `live`.
    void setRun(const ShownRun& run, const engine::recording::History& live);
    /// The run has come to this stamp, and goes on.
    void growTo(engine::core::Step now);
    bool shows(const engine::recording::History* history) const
    {
        return history != nullptr && m_run.history.get() == history;
    }
    void clear();
    /// One pen for each trace of the panel, and the colour of the spike marks.
    void setPens(const std::vector<QPen>& pens, const QColor& marks);
    /// Loads what is in view. Returns whether there is more to load than the time allows.
    bool load(double lowerMs, double upperMs, int pixelColumns, const QElapsedTimer& spent);

    QCPGraph* graph(std::size_t trace) const { return m_lines.at(trace).graph; }
    const SpikeMarks& spikes() const { return *m_spikes; }

private:
    struct Place {
        std::size_t group = 0;
        std::size_t column = 0;
        std::size_t population = 0;
    };
    struct Line {
        QCPGraph* graph = nullptr;
        std::optional<Place> place; ///< missing: the run has not recorded it
        MinMaxStream stream;
    };
    void begin(engine::core::Step from, engine::core::Step bucket, int pixelColumns);
    void append(engine::core::Step from, engine::core::Step to);
    void appendSpikes(engine::core::Step from, engine::core::Step to);
    engine::core::Step bucketOf(double widthMs, int pixelColumns) const;

    QCustomPlot& m_plot;
    const PanelSpec& m_spec;
    std::vector<Line> m_lines;
    SpikeMarks* m_spikes;
    ShownRun m_run;
    bool m_grows = false;
    double m_widthMs = 0.0;
    engine::core::Step m_bucket = 0; ///< 0: nothing loaded
    engine::core::Step m_from = 0; ///< loaded: m_from < stamp <= m_cursor
    engine::core::Step m_cursor = 0;
};

/// How the lines of a pin look: greys and kinds of lines for four of them.
QPen pinPen(int style, const PlotColors& colors);

} // namespace ui
