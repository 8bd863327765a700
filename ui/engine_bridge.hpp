#pragma once

#include "engine/live_simulation.hpp"

#include <QObject>
#include <QTimer>

#include <optional>

namespace ui {

/// The only place of the window that touches the engine: owns the live simulation, takes its frames
/// on one timer and hands them on as signals. Lives in the window's thread.
class EngineBridge : public QObject {
    Q_OBJECT

public:
    explicit EngineBridge(engine::LiveOptions options = {}, QObject* parent = nullptr);
    ~EngineBridge() override;

    void start();
    void stop();
    void post(engine::Command command);

    /// Latest document and status that the engine has told; no document before the first frame.
    const std::optional<engine::config::PresetDocument>& document() const { return m_document; }
    const engine::Status& status() const { return m_status; }
    std::optional<engine::Recording> recording() const;
    void setDisplayMs(double displayMs);
    /// Hands a frame on as if the engine had just given it: the way of every frame, and of a run
    /// that was made without the live engine (the picture of `spikescope run --screenshot`).
    void deliver(const engine::Frame& frame);

Q_SIGNALS:
    /// Another network: forget everything shown. Followed by frameReady with the same frame.
    void sessionChanged(const engine::Frame& frame);
    /// A new sweep has begun. Followed by frameReady.
    void sweepChanged(const engine::Frame& frame);
    void frameReady(const engine::Frame& frame);
    /// The values of the document have changed (slider accepted, event, reset, opened).
    void documentChanged(const engine::config::PresetDocument& document);
    void notice(const engine::Notice& notice);

private:
    void tick();
    /// A frame without a history tells of a first build only: there is no session yet.
    void takeSession(const engine::Frame& frame);

    engine::LiveSimulation m_live;
    QTimer m_timer;
    std::optional<engine::config::PresetDocument> m_document;
    engine::Status m_status;
    std::uint64_t m_session = 0;
    std::uint64_t m_sweep = 0;
};

} // namespace ui
