#pragma once

#include "engine/frame.hpp"

#include <QElapsedTimer>
#include <QStatusBar>
#include <QTimer>

class QLabel;
class QProgressBar;
class QPushButton;

namespace ui {

class EngineBridge;
class NumericsBadge;

/// "1.00x (CPU allows 3100x)"; says so where the engine does not reach the pace that was asked for.
QString paceText(const engine::Status& status);
/// "12.480 s".
QString timeText(double t_ms);

/// State, model time, pace, dt, frames a second, seed, identity of the run, synapses, how far
/// history reaches back; the progress of a build with a button that gives it up; and the badge of a
/// neuron's numerics.
class StatusStrip : public QStatusBar {
    Q_OBJECT

public:
    explicit StatusStrip(EngineBridge& bridge, QWidget* parent = nullptr);

    QPushButton* cancelButton() const { return m_cancel; }
    QProgressBar* progress() const { return m_progress; }
    NumericsBadge& numerics() const { return *m_numerics; }
    /// All fields as one line.
    QString text() const;

    QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QLabel* addField(const QString& name, const QString& tip, const QString& widest);
    void frameReady();
    void showStatus();
    void fit();
    void showBuild(const engine::Status& status);

    EngineBridge& m_bridge;
    QLabel* m_build;
    QProgressBar* m_progress;
    QPushButton* m_cancel;
    NumericsBadge* m_numerics;
    QLabel* m_state;
    QLabel* m_time;
    QLabel* m_pace;
    QLabel* m_dt;
    QLabel* m_fps;
    QLabel* m_seed;
    QLabel* m_hash;
    QLabel* m_synapses;
    QLabel* m_history;
    QElapsedTimer m_sinceShown;
    QTimer m_late; ///< shows the last status where no frame follows
    int m_frames = 0;
    engine::RunState m_shownState = engine::RunState::empty;
};

} // namespace ui
