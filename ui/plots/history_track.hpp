#pragma once

#include "ui/plots/change_flags.hpp"
#include "ui/plots/spike_overview.hpp"

#include <QWidget>

#include <optional>
#include <vector>

namespace ui {

class TimeAxis;

/// The whole recorded run in one strip: how dense the spikes are, the flags of changes, what is in
/// view as a handle that can be dragged and resized, and a mark set by a click.
class HistoryTrack : public QWidget {
    Q_OBJECT

public:
    explicit HistoryTrack(TimeAxis& axis, QWidget* parent = nullptr);

    /// What the strip covers, and from when to when data is there [ms].
    struct Span {
        double end = 0.0; ///< it begins at 0
        double kept = 0.0;
        double now = 0.0;
        double dt = 0.1;
    };
    void setSpan(const Span& span);
    const Span& span() const { return m_span; }
    SpikeOverview& overview() { return m_overview; }
    void setFlags(const std::vector<ChangeFlag>* flags) { m_flags = flags; }
    void setMoments(const ShownMoments& moments);

    double pixel(double t) const;
    double time(double pixel) const;
    QSize sizeHint() const override;

Q_SIGNALS:
    /// A person has put the mark here, or taken it away.
    void marked(std::optional<double> t);
    /// Return: go on from the mark.
    void continueAsked();

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;

private:
    enum class Grip { none, outside, view, lower, upper };
    Grip gripAt(double x) const;
    QRectF viewRect() const;
    void mark(double t);
    void moveMark(double by);
    void drawSpikes(QPainter& painter) const;
    void drawView(QPainter& painter) const;

    TimeAxis& m_axis;
    Span m_span;
    SpikeOverview m_overview;
    const std::vector<ChangeFlag>* m_flags = nullptr;
    ShownMoments m_moments;
    Grip m_grip = Grip::none;
    bool m_moved = false;
    double m_pressX = 0.0;
    double m_pressLower = 0.0;
    double m_pressUpper = 0.0;
};

} // namespace ui
