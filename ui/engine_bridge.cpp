#include "ui/engine_bridge.hpp"

#include <utility>

namespace ui {

EngineBridge::EngineBridge(engine::LiveOptions options, QObject* parent)
    : QObject(parent)
    , m_live(options)
{
    m_timer.setTimerType(Qt::PreciseTimer);
    m_timer.setInterval(16);
    connect(&m_timer, &QTimer::timeout, this, &EngineBridge::tick);
}

EngineBridge::~EngineBridge() { stop(); }

void EngineBridge::start()
{
    m_live.start();
    m_timer.start();
}

void EngineBridge::stop()
{
    m_timer.stop();
    m_live.stop();
}

void EngineBridge::post(engine::Command command) { m_live.post(std::move(command)); }

std::optional<engine::Recording> EngineBridge::recording() const { return m_live.recording(); }

void EngineBridge::setDisplayMs(double displayMs) { m_live.set_display_ms(displayMs); }

void EngineBridge::tick()
{
    if (const auto frame = m_live.take_frame()) {
        deliver(*frame);
    }
}

void EngineBridge::deliver(const engine::Frame& frame)
{
    m_status = frame.status;
    if (frame.history) {
        takeSession(frame);
    }
    for (const engine::Notice& message : frame.notices) {
        Q_EMIT notice(message);
    }
    Q_EMIT frameReady(frame);
}

void EngineBridge::takeSession(const engine::Frame& frame)
{
    const bool newSession = !m_document || frame.session != m_session;
    const bool newSweep = !newSession && frame.sweep != m_sweep;
    const bool newValues
        = newSession || frame.document.shared_experiment() != m_document->shared_experiment();
    m_document = frame.document;
    m_session = frame.session;
    m_sweep = frame.sweep;
    if (newSession) {
        Q_EMIT sessionChanged(frame);
    } else if (newSweep) {
        Q_EMIT sweepChanged(frame);
    }
    if (newValues) {
        Q_EMIT documentChanged(*m_document);
    }
}

} // namespace ui
