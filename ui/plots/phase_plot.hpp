#pragma once

#include "engine/theory/phase_plane.hpp"
#include "ui/plots/phase_trail.hpp"
#include "ui/theme.hpp"

#include <qcustomplot.h>

#include <array>
#include <optional>
#include <vector>

namespace ui {

/// "stable node", "saddle" ...
QString pointName(engine::theory::PointKind kind);

/// A phase plane: curves, field, fixed points and the trail of the neuron. What moves with every
/// frame lies on layers of its own, so that a frame paints no axes. The neuron's point can be
/// dragged, with the arrow keys too.
class PhasePlot : public QCustomPlot {
    Q_OBJECT

public:
    using XY = engine::theory::PhaseXY;

    explicit PhasePlot(QWidget* parent = nullptr);

    /// Nothing: the plot is empty.
    void setPlane(const std::optional<engine::theory::PhasePlane>& plane);
    const std::optional<engine::theory::PhasePlane>& plane() const { return m_plane; }
    /// The current that acts now.
    void setCurrent(double current);
    PhaseTrail& trail() { return m_trail; }
    /// Where the neuron was put: its point stands there until the neuron tells where it is, which
    /// in a pause is after the next step.
    void setWanted(const std::optional<XY>& wanted) { m_wanted = wanted; }
    /// Where the point stands.
    XY point() const { return m_wanted.value_or(m_trail.tip()); }
    /// Paints what has changed, where it is to be seen; `elapsed_s` since the last call.
    void refresh(double elapsed_s);
    /// Fits the axes and lets them follow again.
    void autoscale();
    void applyTheme(const PlotColors& colors);

    const std::vector<engine::theory::PhaseFixedPoint>& fixedPoints() const { return m_fixed; }
    /// Pixels at which the neuron's point stands.
    QPoint tipPixel() const;

Q_SIGNALS:
    /// A person has put the neuron's point there.
    void pointMoved(const engine::theory::PhaseXY& to);

protected:
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    QCPCurve* addCurve(const QString& layer);
    void updateCurves();
    void updateArrows();
    void updateFixedPoints();
    void updateTrail();
    void showTip(const std::optional<XY>& at);
    void showHandle(bool shown);
    void followRange(double elapsed_s);
    engine::theory::PhaseBox box() const;
    bool nearTip(const QPoint& position) const;

    std::optional<engine::theory::PhasePlane> m_plane;
    double m_current = 0.0;
    PhaseTrail m_trail;
    std::vector<engine::theory::PhaseFixedPoint> m_fixed;
    QVector<QCPCurve*> m_curves; ///< by kind
    QCPCurve* m_arrows;
    std::array<QCPCurve*, PhaseTrail::shades> m_ways {};
    std::array<QCPCurve*, PhaseTrail::shades> m_resets {};
    QCPCurve* m_stable;
    QCPCurve* m_unstable;
    QCPCurve* m_saddles;
    std::array<QCPItemText*, 2> m_names {};
    QCPCurve* m_tip;
    QCPItemLine* m_dragLine;
    QCPItemText* m_dragText;
    bool m_fit = true; ///< the axes jump to what is there
    bool m_ownRange = false; ///< a person has chosen it
    bool m_curvesOld = true;
    bool m_axesOld = true;
    std::optional<XY> m_wanted; ///< where the point was put, until the neuron tells where it is
    bool m_dragging = false;
    bool m_panning = false;
    QPoint m_dragFrom;
    QCPRange m_panX;
    QCPRange m_panY;
};

} // namespace ui
