#pragma once

#include "ui/plots/sweep_curve.hpp"
#include "ui/theme.hpp"

#include <qcustomplot.h>

#include <vector>

namespace ui {

/// Rate over a parameter: measured curve, theory, earlier curves in grey, and the working point,
/// which rides on the curve and is moved along it with mouse or arrow keys. On wish the latency
/// with an axis of its own, the rate of the first interval, and all intervals in a second plot
/// below.
class SweepPlot : public QCustomPlot {
    Q_OBJECT

public:
    struct Parts {
        bool firstRate = false;
        bool latency = false;
        bool intervals = false;
    };

    explicit SweepPlot(QWidget* parent = nullptr);

    /// Another parameter or another neuron: title of its axis and the values that are looked at.
    void begin(const QString& title, double low, double high);
    void setParts(const Parts& parts);
    void showCurve(const SweepCurve& curve);
    const SweepCurve& curve() const { return m_curve; }
    /// Curves of other parameter values, the newest first.
    void setEarlier(std::vector<SweepCurve> earlier);
    /// The curve belongs to values that have changed since.
    void setStale(bool stale);
    /// Where the neuron stands now; missing where it stands nowhere on the axis.
    void setWorkingPoint(std::optional<double> value);
    /// In the second half of the window's widget: the point in pixels; for tests.
    QPoint workingPixel() const;
    void applyTheme(const PlotColors& colors);
    const PlotColors& colors() const { return *m_colors; }
    void fit();

Q_SIGNALS:
    void dragStarted();
    /// A person wants the working point here.
    void valueWanted(double value);
    void dragFinished();
    /// An arrow key moves the working point by so many steps.
    void stepWanted(int steps);
    void menuAsked(const QPoint& globalPosition);

protected:
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    void fill();
    void paintPens();
    void placePoint();
    bool onPoint(const QPoint& position) const;
    double valueAt(const QPoint& position) const;

    const PlotColors* m_colors;
    SweepCurve m_curve;
    std::vector<SweepCurve> m_earlier;
    Parts m_parts;
    std::optional<double> m_working;
    double m_low = 0.0;
    double m_high = 1.0;
    bool m_stale = false;
    bool m_dragging = false;
    bool m_fit = true;

    QCPAxisRect* m_intervalRect = nullptr; ///< below, while intervals are shown
    std::vector<QCPGraph*> m_grey;
    QCPGraph* m_theory = nullptr;
    QCPGraph* m_firstRate = nullptr;
    QCPGraph* m_latency = nullptr;
    QCPGraph* m_rate = nullptr;
    QCPGraph* m_intervals = nullptr;
    QCPGraph* m_point = nullptr;
    QCPItemStraightLine* m_rheobase = nullptr;
    QCPItemStraightLine* m_line = nullptr; ///< through the working point
    QCPItemStraightLine* m_intervalLine = nullptr;
};

} // namespace ui
