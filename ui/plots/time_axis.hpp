#pragma once

#include <QObject>

#include <optional>

namespace ui {

/// The one time axis of all panels: which part of the run is shown, and whether the view follows
/// the live edge. A sweep view shows a whole repeated sweep from 0 to its duration; else a window
/// of fixed width scrolls. [ms]
class TimeAxis : public QObject {
    Q_OBJECT

public:
    explicit TimeAxis(QObject* parent = nullptr);

    /// Another experiment: live again. With `sweep` the view is 0..sweep.
    void begin(double windowMs, std::optional<double> sweepMs, double dtMs);

    /// The duration of the sweeps has been changed.
    void setSweep(std::optional<double> sweepMs);

    double lower() const { return m_lower; }
    double upper() const { return m_upper; }
    double width() const { return m_upper - m_lower; }
    bool live() const { return m_live; }
    bool sweep() const { return m_sweepMs.has_value(); }
    /// Width of the scrolling window: what a frame has to cover.
    double windowMs() const { return m_windowMs; }

    /// Model time has come to `t`: the live view follows.
    void advance(double t);
    void goLive();
    /// Leaves the live edge.
    void show(double lower, double upper);
    void pan(double ms) { show(m_lower + ms, m_upper + ms); }
    /// Makes the view `factor` times as wide; `center` stays where it is. A scrolling live view
    /// stays live and changes its window.
    void zoom(double factor, double center);

Q_SIGNALS:
    void changed();
    void liveChanged(bool live);

private:
    void setRange(double lower, double upper);
    void setLive(bool live);
    double liveLower() const;
    double liveUpper() const;

    double m_windowMs = 500.0;
    std::optional<double> m_sweepMs;
    double m_dtMs = 0.1;
    double m_now = 0.0;
    double m_lower = 0.0;
    double m_upper = 500.0;
    bool m_live = true;
};

} // namespace ui
