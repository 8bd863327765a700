#pragma once

#include "engine/frame.hpp"

#include <QObject>

#include <functional>
#include <optional>

class QAction;
class QLabel;
class QMenu;
class QSlider;
class QToolBar;
class QToolButton;

namespace ui {

class EngineBridge;

/// Run, pause, step, the resets and the speed: actions for menus and keys, and the tool bar that
/// shows them.
class RunControls : public QObject {
    Q_OBJECT

public:
    /// `resetParameters` puts the parameters back in a way that can be undone.
    RunControls(EngineBridge& bridge, std::function<void()> resetParameters, QObject* parent);

    void fillToolBar(QToolBar& bar);
    void fillMenu(QMenu& menu);

    QAction* runAction() const { return m_run; }
    QAction* stepAction() const { return m_step; }
    QSlider* speedSlider() const { return m_slider; }
    void setSpeed(std::optional<double> speed);

private:
    QAction* addAction(const QString& text, const QString& tip, const QList<QKeySequence>& keys,
        std::function<void()> action);
    void toggleRun();
    void stepFrame();
    void newSeed();
    void showStatus();
    std::optional<double> askedSpeed() const;

    EngineBridge& m_bridge;
    QAction* m_run;
    QAction* m_step;
    QAction* m_stepFrame;
    QAction* m_resetState;
    QAction* m_resetParameters;
    QAction* m_newSeed;
    QAction* m_slower;
    QAction* m_faster;
    QSlider* m_slider = nullptr;
    QToolButton* m_speedButton = nullptr;
    std::optional<std::optional<double>> m_asked; ///< posted and not yet told back
    bool m_running = false;
};

} // namespace ui
