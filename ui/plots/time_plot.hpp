#pragma once

#include "engine/frame.hpp"
#include "ui/plots/change_flags.hpp"
#include "ui/plots/cursor_layer.hpp"
#include "ui/plots/shown_run.hpp"
#include "ui/plots/time_axis.hpp"
#include "ui/theme.hpp"

#include <qcustomplot.h>

#include <memory>
#include <optional>
#include <vector>

class QMenu;

namespace ui {

class FlagLayer;

/// A panel over the shared time axis: looks, mouse and wheel, change flags, and the loading of what
/// is in view. New data comes with frames; what a frame does not hold (scrolled back, zoomed out)
/// is read from the history in slices so that the window stays alive.
class TimePlot : public QCustomPlot {
    Q_OBJECT

public:
    explicit TimePlot(TimeAxis& axis, QWidget* parent = nullptr);

    /// Another network: forgets everything.
    virtual void begin(const ShownRun& run);
    /// A new sweep: the one shown becomes the previous one.
    virtual void beginSweep(const ShownRun& run, const ShownRun& previous);
    /// Runs that stand behind the live one.
    virtual void setPins(const std::vector<PinnedRun>& pins) { Q_UNUSED(pins) }
    /// A run at the same time as this one, as ghost behind it; told again as it grows. Missing:
    /// none.
    virtual void setOther(const std::optional<ShownRun>& run) { Q_UNUSED(run) }
    /// The experiment has other values (colours, thresholds).
    virtual void setExperiment(std::shared_ptr<const engine::config::Experiment> experiment);
    /// Takes what is new and replots, when the panel is visible; true where the view needs more
    /// than the frame holds.
    bool add(const engine::Frame& frame);
    /// Goes on loading what is in view; true where there is more to load.
    bool loadMore();

    /// Flags of the sweep, ascending in time; owned by the caller, who calls update when they
    /// change.
    void setFlags(const std::vector<ChangeFlag>* flags, bool withText);
    /// Moments drawn through the panel; owned by the caller, who calls update when they change.
    void setMoments(const ShownMoments* moments);
    /// Whether this panel carries the labels of the time axis.
    void setTimeLabels(bool shown);
    virtual void applyTheme(const PlotColors& colors);
    const PlotColors& colors() const { return *m_colors; }

    bool valueAxisLocked() const { return m_locked; }
    void setValueAxisLocked(bool locked);
    /// Fits the value axis at once and lets it follow the data again.
    virtual void autoscale();

    /// What is in view, as CSV.
    virtual std::string visibleCsv() const = 0;
    /// What a picture of the panel is called.
    virtual QString name() const = 0;
    /// Key numbers in words, for people who cannot see the plot.
    virtual QString spoken() const = 0;
    /// Adds to the panel's menu what only this kind of panel has.
    virtual void fillMenu(QMenu& menu) { Q_UNUSED(menu) }

    /// What the panel shows of a run at a stamp, read from the history: nothing where it shows no
    /// values.
    virtual std::vector<CursorReading> readings(const ShownRun& run, engine::core::Step at) const;
    /// Neurons whose spikes the panel marks: (population, neuron).
    virtual std::vector<std::pair<std::uint32_t, std::uint32_t>> markedNeurons() const
    {
        return {};
    }
    CursorLayer& cursorLayer() { return *m_cursorLayer; }

Q_SIGNALS:
    void menuAsked(const QPoint& globalPosition);

protected:
    /// Data in view between two stamps; spikes and rows are given where a frame holds them, else
    /// null: read the history.
    struct Slice {
        engine::core::Step from = 0;
        engine::core::Step to = 0;
        const engine::Frame* frame = nullptr;
    };
    /// Steps of the shown unit (bucket, column, bin): another value means that the data has to be
    /// loaded anew.
    virtual engine::core::Step resolution() const = 0;
    virtual void clearData() = 0;
    virtual void append(const Slice& slice) = 0;
    /// Forgets what lies before the view.
    virtual void trim(double beforeMs) = 0;
    /// Steps that one slice from the history may take.
    virtual engine::core::Step sliceSteps() const { return 20000; }
    /// Whether it shows samples of traces: a change in a pause renews the newest of them.
    virtual bool showsSamples() const { return false; }
    /// Before a replot: value axis, legend.
    virtual void refresh(double elapsed_s) = 0;

    const ShownRun& run() const { return m_run; }
    TimeAxis& timeAxis() const { return m_axis; }
    /// All of it is to be loaded again.
    void invalidate();
    engine::core::Step viewFrom() const;
    engine::core::Step viewTo() const;
    /// Device pixels of the plot's width.
    int pixelColumns() const;
    void setValueRange(double lower, double upper);
    /// Title of the value axis; a panel too low for it shows the unit alone.
    /// In a low panel the symbol stands for the title.
    void setValueTitle(const QString& title, const QString& unit, const QString& symbol = {});
    bool setsOwnRange() const { return m_locked || m_userRange; }
    /// Height above the axis rect for the legend strip.
    int stripHeight() const;
    virtual QString timeTitle() const;

    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void timeChanged();
    void updateMargins();
    void updateTicks();
    void updateValueTitle();
    void draw();
    bool load(const engine::Frame* frame);
    bool onValueAxis(const QPoint& position) const;
    void zoomToBox(const QRect& box);

    TimeAxis& m_axis;
    const PlotColors* m_colors;
    ShownRun m_run;
    engine::core::Step m_from = 0; ///< loaded: m_from < stamp <= m_cursor
    engine::core::Step m_cursor = 0;
    engine::core::Step m_resolution = 0; ///< 0: nothing loaded
    QString m_valueTitle;
    QString m_valueUnit;
    QString m_valueSymbol;
    bool m_locked = false;
    bool m_userRange = false;
    bool m_timeLabels = false;
    QElapsedTimer m_sinceDraw;

    enum class Drag { none, time, value, box };
    Drag m_drag = Drag::none;
    QPoint m_dragFrom;
    double m_dragLower = 0.0;
    double m_dragUpper = 0.0;
    QRubberBand* m_band;
    FlagLayer* m_flagLayer;
    CursorLayer* m_cursorLayer;
};

} // namespace ui
