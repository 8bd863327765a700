#pragma once

#include "engine/config/preset_document.hpp"
#include "ui/stimuli/stimulus_handles.hpp"
#include "ui/theme.hpp"

#include <QWidget>

#include <optional>
#include <vector>

namespace ui {

/// "g = 3"
QString eventText(const engine::config::Event& event);

/// What happens in a run, along its time: a lane with the events, one with each stimulus, and where
/// the run stands. Events and the edges of stimuli can be dragged; the view is moved with the mouse
/// and widened with the wheel. It tells what is wanted and changes nothing itself.
class EventTimeline : public QWidget {
    Q_OBJECT

public:
    explicit EventTimeline(QWidget* parent = nullptr);

    void setDocument(const engine::config::PresetDocument& document);
    /// Where the run stands [ms].
    void setNow(double t_ms);
    void setCurrent(int event);
    int current() const { return m_current; }
    /// Shows everything that is planned.
    void showAll();
    void applyTheme(const PlotColors& colors);

    /// Pixels of a time, and of the flag of an event.
    double pixelOf(double t_ms) const;
    double timeAt(double x) const;
    QRect flagOf(int event) const;
    /// Handles of the stimuli that can be moved in time, with the lane of each.
    const std::vector<StimulusHandle>& edges() const { return m_edges; }
    QPoint pixelOf(const StimulusHandle& edge) const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void chosen(int event);
    /// A drag begins: what follows up to its end is one step.
    void dragBegun();
    /// Where the event with which the drag began is wanted [ms].
    void eventDragged(int event, double at_ms);
    void edgeDragged(const ui::HandleMove& move);
    /// A drag was given up.
    void dragLeft();
    /// Keys move an event.
    void eventMoved(int event, double at_ms);
    void addWanted(double at_ms);
    void removeWanted(int event);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    bool event(QEvent* event) override;

private:
    struct Drag {
        enum class What { nothing, view, event, edge };
        What what = What::nothing;
        int index = -1;
        QPoint from;
        double lower_ms = 0.0; ///< of the view when it began
        StimulusHandle edge;
        double grabbed_ms = 0.0; ///< where the thing stood
        bool moved = false;
    };

    const std::vector<engine::config::Event>& events() const;
    int lineHeight() const;
    int laneTop(std::size_t lane) const; ///< 0: the events
    QRect area() const;
    int eventAt(const QPoint& position) const;
    const StimulusHandle* edgeAt(const QPoint& position) const;
    /// The nearest time that can be meant where a pixel stands for a stretch of time.
    double snapped(double t_ms) const;
    void setView(double lower_ms, double upper_ms);
    void updateEdges();
    void paintRuler(QPainter& painter) const;
    void paintEvents(QPainter& painter) const;
    void paintStimuli(QPainter& painter) const;

    std::optional<engine::config::PresetDocument> m_document;
    std::vector<engine::config::StimulusView> m_stimuli;
    std::vector<StimulusHandle> m_edges;
    PlotColors m_colors;
    double m_now_ms = 0.0;
    double m_lower_ms = 0.0;
    double m_upper_ms = 1000.0;
    bool m_ownView = false; ///< a person has chosen it
    int m_current = -1;
    Drag m_drag;
};

} // namespace ui
