#pragma once

#include "ui/plots/shown_run.hpp"

#include <QPen>

#include <vector>

class QCPGraph;
class QCustomPlot;
class QElapsedTimer;

namespace ui {

/// The population rates of a run that goes on beside the one that is shown, behind its lines. What
/// has been recorded is counted as the view comes to it, in slices.
class GhostRate {
public:
    explicit GhostRate(QCustomPlot& plot);
    ~GhostRate();
    GhostRate(const GhostRate&) = delete;
    GhostRate& operator=(const GhostRate&) = delete;

    /// A line for each recorded population.
    void setRun(const ShownRun& run);
    /// The same run, further.
    void growTo(engine::core::Step now) { m_run.now = now; }
    bool shows(const engine::recording::History* history) const
    {
        return history != nullptr && m_run.history.get() == history;
    }
    /// One for each line.
    void setPens(const std::vector<QPen>& pens);
    /// Loads what is in view, in bins of this width. Whether there is more than the time allows.
    bool load(double lowerMs, double upperMs, double binMs, const QElapsedTimer& spent);
    /// In view [Hz].
    double largest(double lowerMs, double upperMs) const;

    std::size_t size() const { return m_lines.size(); }
    std::size_t population(std::size_t line) const { return m_lines.at(line).population; }
    QCPGraph* graph(std::size_t line) const { return m_lines.at(line).graph; }

private:
    struct Line {
        std::size_t population = 0;
        QCPGraph* graph = nullptr;
    };
    void clear();
    void addBins(engine::core::Step first, engine::core::Step end);

    QCustomPlot& m_plot;
    ShownRun m_run;
    std::vector<Line> m_lines;
    engine::core::Step m_width = 0; ///< of a bin; 0: nothing loaded
    engine::core::Step m_from = 0; ///< loaded: these bins, from first to before end
    engine::core::Step m_end = 0;
};

} // namespace ui
