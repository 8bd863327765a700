#pragma once

#include "ui/plots/time_plot.hpp"

#include <QObject>
#include <QPointer>

#include <array>
#include <optional>
#include <vector>

namespace ui {

/// The cursors of all time panels: one, which follows the mouse until it is pinned by a click, and
/// a second one for differences. They stand at stamps of the run, so that what they show are
/// recorded samples. Where a repeated sweep has not come to a cursor yet, it shows the sweep
/// before.
///
/// Watches the panels: mouse and keys reach the cursors first. [steps of dt]
class TimeCursors : public QObject {
    Q_OBJECT

public:
    explicit TimeCursors(TimeAxis& axis, QObject* parent = nullptr);

    /// The panels of another experiment; their cursors are gone.
    void begin(const ShownRun& run, std::vector<TimePlot*> panels);
    /// Other panels of the same experiment; the cursors stay.
    void setPanels(std::vector<TimePlot*> panels);
    void beginSweep(const ShownRun& run, const ShownRun& previous);
    /// The run has come to `now`; the panels are about to be drawn.
    void advance(engine::core::Step now);
    /// Another part of the run is in view, or the panels have other colours.
    void refresh();

    /// Where the cursors stand, A and B.
    std::optional<engine::core::Step> at(std::size_t cursor) const { return m_at.at(cursor); }
    std::size_t count() const;
    std::size_t active() const { return m_active; }
    /// The active cursor goes with the mouse.
    bool following() const { return m_following; }
    bool snaps() const { return m_snaps; }

    /// Puts the first cursor where the mouse is, or in the middle of the view; takes all away where
    /// there are any.
    void toggle();
    /// Adds the second cursor, which then follows the mouse; takes it away where there is one.
    void toggleSecond();
    /// Takes the second away, else the first.
    void removeLast();
    void removeAll();
    /// Cursors stand on the spikes of the traced neurons where one is near.
    void setSnaps(bool snaps);
    /// Puts the active cursor there and pins it.
    void put(engine::core::Step at);

    /// The sweep that has both cursors: the present one, or the one before; none where there is
    /// neither.
    const ShownRun* shownRun() const;
    /// It is not the present sweep that is shown.
    bool showsPrevious() const;
    /// What all panels show at a cursor.
    std::vector<CursorReading> readings(std::size_t cursor) const;
    /// Neurons whose spikes the panels mark, each once: (population, neuron).
    std::vector<std::pair<std::uint32_t, std::uint32_t>> markedNeurons() const;
    /// "123.4 ms" with as many decimals as dt has.
    QString timeText(engine::core::Step at) const;

    bool eventFilter(QObject* watched, QEvent* event) override;

Q_SIGNALS:
    /// Cursors have come, gone or moved, or what they show has changed.
    void changed();
    void snapsChanged(bool snaps);

private:
    bool mouseMoved(TimePlot& panel, const QMouseEvent& event);
    bool mousePressed(TimePlot& panel, const QMouseEvent& event);
    bool mouseReleased(TimePlot& panel, const QMouseEvent& event);
    bool keyPressed(const QKeyEvent& event);
    bool handlesKey(const QKeyEvent& event) const;

    void follow(const TimePlot& panel, int x, bool snap);
    engine::core::Step stampAt(const TimePlot& panel, int x, bool snap) const;
    /// The present sweep; the one before where the present one has not come so far.
    const ShownRun& runAt(engine::core::Step at) const;
    /// Stamps after `after` up to `last` at which neurons spiked whose spikes the panels mark.
    std::vector<engine::core::Step> markedSpikes(
        const ShownRun& run, engine::core::Step after, engine::core::Step last) const;
    std::optional<engine::core::Step> nearestSpike(
        engine::core::Step at, engine::core::Step within) const;
    /// The stamp of the next spike of a traced neuron before or after the active cursor.
    std::optional<engine::core::Step> neighbourSpike(bool forward) const;
    std::optional<std::size_t> cursorNear(const TimePlot& panel, int x) const;
    void moveBySamples(engine::core::Step samples);
    void keepInView();
    engine::core::Step sampleSteps() const;
    /// The nearest stamp with a sample.
    engine::core::Step onSample(engine::core::Step at) const;
    engine::core::Step lastStamp() const;
    void show(bool redraw);

    TimeAxis& m_axis;
    std::vector<TimePlot*> m_panels;
    ShownRun m_run;
    ShownRun m_previous;
    std::array<std::optional<engine::core::Step>, 2> m_at;
    std::size_t m_active = 0;
    bool m_following = false;
    bool m_snaps = false;
    bool m_dragging = false; ///< a line is held with the mouse
    QPoint m_pressed;
    QPointer<TimePlot> m_under; ///< panel under the mouse
    int m_mouseX = 0; ///< in that panel
    bool m_mouseSnaps = false;
};

} // namespace ui
