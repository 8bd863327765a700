#include "ui/panels/run_controls.hpp"

#include "ui/engine_bridge.hpp"
#include "ui/panels/speed_scale.hpp"
#include "ui/widgets/input_habits.hpp"
#include "ui/widgets/transport_icons.hpp"

#include <QAction>
#include <QMenu>
#include <QRandomGenerator>
#include <QSignalBlocker>
#include <QSlider>
#include <QStyle>
#include <QToolBar>
#include <QToolButton>

#include <algorithm>
#include <cmath>

namespace ui {
namespace {

constexpr double frame_ms = 16.0; // of wall time

}

RunControls::RunControls(
    EngineBridge& bridge, std::function<void()> resetParameters, QObject* parent)
    : QObject(parent)
    , m_bridge(bridge)
    , m_run(addAction(tr("Run"), tr("Run or pause"), {Qt::Key_Space}, [this] { toggleRun(); }))
    , m_step(addAction(tr("Step"), tr("Pause and do one step of dt"), {Qt::Key_Period},
          [this] { m_bridge.post(engine::StepOnce {1}); }))
    , m_stepFrame(addAction(tr("Step one frame"),
          tr("Pause and do as much as one frame shows at this speed"),
          {QKeySequence(QStringLiteral("Shift+.")), QKeySequence(QStringLiteral(":")),
              QKeySequence(QStringLiteral(">"))},
          [this] { stepFrame(); }))
    , m_resetState(addAction(tr("Reset state"), tr("Back to t = 0 with the present parameters"),
          {Qt::Key_R}, [this] { m_bridge.post(engine::ResetState {}); }))
    , m_resetParameters(addAction(tr("Reset parameters"),
          tr("Back to the parameters of the preset; the state stays"),
          {QKeySequence(QStringLiteral("Shift+R"))}, std::move(resetParameters)))
    , m_newSeed(addAction(tr("New seed"), tr("Other random numbers: the network is built anew"), {},
          [this] { newSeed(); }))
    , m_slower(addAction(tr("Slower"), tr("Slower"), {Qt::Key_BracketLeft},
          [this] { setSpeed(speedScale::slower(askedSpeed())); }))
    , m_faster(addAction(tr("Faster"), tr("Faster"), {Qt::Key_BracketRight},
          [this] { setSpeed(speedScale::faster(askedSpeed())); }))
{
    m_run->setIcon(transportIcon(TransportIcon::run));
    m_step->setIcon(transportIcon(TransportIcon::step));
    m_resetState->setIcon(transportIcon(TransportIcon::toStart));
    m_resetParameters->setIcon(transportIcon(TransportIcon::reset));
    m_newSeed->setIcon(transportIcon(TransportIcon::seed));
    connect(&bridge, &EngineBridge::frameReady, this, &RunControls::showStatus);
}

QAction* RunControls::addAction(const QString& text, const QString& tip,
    const QList<QKeySequence>& keys, std::function<void()> action)
{
    auto* made = new QAction(text, this);
    made->setShortcuts(keys);
    made->setToolTip(keys.isEmpty()
            ? tip
            : QStringLiteral("%1 (%2)").arg(tip, keys.front().toString(QKeySequence::NativeText)));
    made->setStatusTip(tip);
    connect(made, &QAction::triggered, this, std::move(action));
    return made;
}

void RunControls::fillMenu(QMenu& menu)
{
    menu.addActions({m_run, m_step, m_stepFrame});
    menu.addSeparator();
    menu.addActions({m_resetState, m_resetParameters, m_newSeed});
    menu.addSeparator();
    menu.addActions({m_slower, m_faster});
}

void RunControls::fillToolBar(QToolBar& bar)
{
    bar.addActions({m_run, m_step});
    bar.addSeparator();
    bar.addActions({m_resetState, m_resetParameters, m_newSeed});
    bar.addSeparator();
    // Space runs and pauses wherever the focus is.
    for (QAction* action : bar.actions()) {
        if (auto* button = qobject_cast<QToolButton*>(bar.widgetForAction(action))) {
            button->setAccessibleName(action->text());
            button->setFocusPolicy(Qt::TabFocus);
            pressWithReturn(button);
        }
    }
    if (QWidget* button = bar.widgetForAction(m_run)) {
        // "Run" and "Pause" take the same room: the other buttons stay where they are.
        button->setMinimumWidth(
            button->fontMetrics().horizontalAdvance(tr("Pause")) + bar.iconSize().width() + 20);
    }
    m_slider = new QSlider(Qt::Horizontal, &bar);
    m_slider->setRange(0, speedScale::last);
    m_slider->setPageStep(speedScale::last / 10);
    m_slider->setFixedWidth(110);
    m_slider->setFocusPolicy(Qt::StrongFocus);
    m_slider->setAccessibleName(tr("Speed"));
    m_slider->setToolTip(tr("Model time / wall time, from 0.01x to as fast as possible ([ and ])"));
    guardWheel(m_slider);
    connect(m_slider, &QSlider::valueChanged, this,
        [this](int value) { setSpeed(speedScale::speed(value)); });

    m_speedButton = new QToolButton(&bar);
    m_speedButton->setPopupMode(QToolButton::InstantPopup);
    m_speedButton->setFocusPolicy(Qt::TabFocus);
    m_speedButton->setAccessibleName(tr("Speed presets"));
    m_speedButton->setToolTip(tr("Speeds to choose from"));
    m_speedButton->setFixedWidth(
        m_speedButton->fontMetrics().horizontalAdvance(QStringLiteral("0.001x   ")) + 24);
    auto* menu = new QMenu(m_speedButton);
    for (const double speed : speedScale::presets()) {
        menu->addAction(speedScale::text(speed), this, [this, speed] { setSpeed(speed); });
    }
    menu->addAction(speedScale::text(std::nullopt), this, [this] { setSpeed(std::nullopt); });
    m_speedButton->setMenu(menu);
    pressWithReturn(m_speedButton);
    bar.addWidget(m_slider);
    bar.addWidget(m_speedButton);
    showStatus();
}

std::optional<double> RunControls::askedSpeed() const
{
    return m_asked ? *m_asked : m_bridge.status().speed;
}

void RunControls::setSpeed(std::optional<double> speed)
{
    m_asked = speed;
    m_bridge.post(engine::SetSpeed {speed});
    showStatus();
}

void RunControls::toggleRun()
{
    if (m_running) {
        m_bridge.post(engine::Pause {});
    } else {
        m_bridge.post(engine::Run {});
    }
}

void RunControls::stepFrame()
{
    const engine::Status& status = m_bridge.status();
    const double steps = frame_ms * askedSpeed().value_or(1.0) / status.dt_ms;
    m_bridge.post(engine::StepOnce {std::max<std::int64_t>(1, std::llround(steps))});
}

void RunControls::newSeed()
{
    // Readable and exact in JSON.
    m_bridge.post(engine::NewSeed {1 + QRandomGenerator::global()->bounded(999999U)});
}

void RunControls::showStatus()
{
    const engine::Status& status = m_bridge.status();
    const bool running = status.state == engine::RunState::running;
    if (running != m_running) {
        m_running = running;
        m_run->setText(running ? tr("Pause") : tr("Run"));
        m_run->setIcon(transportIcon(running ? TransportIcon::pause : TransportIcon::run));
        m_run->setIconText(m_run->text());
    }
    if (m_asked && *m_asked == status.speed) {
        m_asked.reset();
    }
    if (m_slider != nullptr) {
        const QSignalBlocker quiet(m_slider);
        if (!m_slider->isSliderDown()) {
            m_slider->setValue(speedScale::position(askedSpeed()));
        }
        const QString text = speedScale::text(askedSpeed());
        if (m_speedButton->text() != text) {
            m_speedButton->setText(text);
        }
    }
}

} // namespace ui
