#pragma once

#include "engine/config/preset_document.hpp"
#include "engine/frame.hpp"

#include <QObject>
#include <QString>
#include <QTimer>

#include <optional>

namespace ui {

class EngineBridge;

/// The preset that is open: where it is from, as it was opened, and as a person has changed it
/// since. What the preset's own events change while it runs is no change of the preset.
class OpenedPreset : public QObject {
    Q_OBJECT

public:
    explicit OpenedPreset(EngineBridge& bridge, QObject* parent = nullptr);

    /// Asks the engine to run it. It becomes the opened one when its network is there. `file` is
    /// empty where it has none yet; `unsaved` where closing it would lose something.
    void open(
        const engine::config::PresetDocument& document, const QString& file, bool unsaved = false);
    /// It stands in this file now.
    void setSaved(const engine::config::PresetDocument& document, const QString& file);

    const QString& file() const { return m_file; }
    /// Where its file references are looked up; empty where it has no file.
    QString folder() const;
    /// As it was opened.
    const std::optional<engine::config::PresetDocument>& reference() const { return m_reference; }
    /// As it would be saved.
    const std::optional<engine::config::PresetDocument>& working() const { return m_working; }
    bool isChanged() const;
    /// Title for people, never empty.
    QString title() const;

Q_SIGNALS:
    /// Another preset is running now.
    void opened(const engine::config::PresetDocument& document);
    /// File, title or whether it is changed may be another now; at most ten times a second.
    void stateChanged();

private:
    void sessionChanged(const engine::Frame& frame);
    void frameReady(const engine::Frame& frame);
    bool isAwaited(const engine::config::PresetDocument& document) const;

    struct Awaited {
        engine::config::PresetDocument document;
        QString file;
        bool unsaved = false;
    };

    EngineBridge& m_bridge;
    QTimer m_gather;
    std::uint64_t m_sweep = 0;
    bool m_eventful = false; ///< the present sweep has had events
    std::optional<Awaited> m_awaited;
    QString m_file;
    std::optional<engine::config::PresetDocument> m_reference;
    std::optional<engine::config::PresetDocument>
        m_saved; ///< what the file holds; missing: nothing
    std::optional<engine::config::PresetDocument> m_working;
};

} // namespace ui
